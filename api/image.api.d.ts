// image/index.d.ts
export { inspect, type Inspection, type Orientation } from '../core/inspect.ts';
export { inspectFile } from '../core/inspect/read.ts';
export { type CropLimits, initialCrop, isContained, zoomOf } from './geometry/contain.ts';
export { type SourceRegion, toSourceRegion } from './geometry/frame.ts';
export { readCropState } from './geometry/read-state.ts';
export type { Matrix, Point, Size } from './matrix.ts';
export type { ProcessOptions, ProcessedImage } from './options.ts';
export { processImage } from './process-image.ts';

// core/inspect.d.ts: see core.api.d.ts

// core/inspect/facts.d.ts: see core.api.d.ts

// core/inspect/read.d.ts
import { type Inspection } from '../inspect.ts';
/** Inspects a file, reading as little of it as its format allows. Rejects with `file-unreadable` when it is gone. */
export declare function inspectFile(file: Blob, signal?: AbortSignal): Promise<Inspection>;

// image/geometry/contain.d.ts: see index.api.d.ts

// core/crop-state.d.ts: see core.api.d.ts

// image/matrix.d.ts: see index.api.d.ts

// image/geometry/frame.d.ts: see index.api.d.ts

// image/geometry/read-state.d.ts: see index.api.d.ts

// image/options.d.ts: see index.api.d.ts

// image/process-image.d.ts
import type { ProcessOptions, ProcessedImage } from './options.ts';
/**
 * From a picture to the bytes to send: cropped, resized, turned upright and without metadata, off the main thread.
 * What needs no new pixels keeps its bytes and only loses what tells about its maker.
 *
 * Rejects with an `UploadError`: `not-an-image`, `too-many-pixels`, `corrupt`, `no-decoder`, `animated`,
 * `too-small`, `output-too-large`, `file-unreadable`; with the signal's reason when aborted.
 */
export declare function processImage(file: Blob, options?: ProcessOptions): Promise<ProcessedImage>;
