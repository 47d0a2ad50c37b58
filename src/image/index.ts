export { inspect, type Inspection, type Orientation } from '../core/inspect.ts';
export { inspectFile } from '../core/inspect/read.ts';
export { type CropLimits, initialCrop, isContained, zoomOf } from './geometry/contain.ts';
export { type SourceRegion, toSourceRegion } from './geometry/frame.ts';
export { readCropState } from './geometry/read-state.ts';
export type { Matrix, Point, Size } from './matrix.ts';
export type { ProcessOptions, ProcessedImage } from './options.ts';
export { processImage } from './process-image.ts';
