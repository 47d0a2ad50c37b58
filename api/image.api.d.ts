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

// image/geometry/contain.d.ts
import type { CropState } from '../../core/crop-state.ts';
import type { Size } from '../matrix.ts';
/** What a crop may not overstep. */
export interface CropLimits {
    /** Width ÷ height of the cut-out; null lets it be any. */
    aspect: number | null;
    /** The least cut-out, in pixels of the source. */
    minOutput: Size;
    maxZoom: number;
    /** The frame may be larger than the picture: what is outside shows the background. */
    letterbox: boolean;
}
export declare const noLimits: CropLimits;
/** The largest centred frame of the aspect; the whole picture where the aspect is free. */
export declare function initialCrop(picture: Size, aspect: number | null): CropState;
/** Whether all four turned corners lie in the picture. */
export declare function isContained(state: CropState, picture: Size, slack?: number): boolean;
/**
 * The nearest state that keeps the limits: its size first, then its place. A state that keeps them already
 * comes back as it is, so that saving and restoring never drifts.
 */
export declare function contain(state: CropState, picture: Size, limits: CropLimits): CropState;
/** Whether there is nothing for `contain` to do. */
export declare function keepsLimits(state: CropState, picture: Size, limits: CropLimits): boolean;
/** Scales a frame, ratio kept, until it is neither too large for the picture nor too small for the limits. */
export declare function allowedSize(size: Size, state: CropState, picture: Size, limits: CropLimits): Size;
/** By the least output and by the greatest zoom, whichever is more. */
export declare function leastWidth(ratio: number, state: CropState, picture: Size, limits: CropLimits): number;
/** 1 for the largest frame of the crop's own ratio at angle 0; 2 shows half of its width. */
export declare function zoomOf(state: CropState, picture: Size): number;

// core/crop-state.d.ts: see core.api.d.ts

// image/matrix.d.ts
/** An affine map as canvas and CSS write it: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
export interface Point {
    x: number;
    y: number;
}
export interface Size {
    width: number;
    height: number;
}
export declare const move: (x: number, y: number) => Matrix;
export declare const scale: (x: number, y?: number) => Matrix;
/** Clockwise on a screen, where y runs down. */
export declare function turn(degrees: number): Matrix;
/** Exact at the quarter turns, where the library's cosine of 90° is not quite 0. */
export declare function directionOf(degrees: number): {
    cos: number;
    sin: number;
};
/** The map that does `steps` in order, the first one first. */
export declare const inOrder: (...steps: Matrix[]) => Matrix;
export declare function invert([a, b, c, d, e, f]: Matrix): Matrix;
export declare const apply: ([a, b, c, d, e, f]: Matrix, { x, y }: Point) => Point;

// image/geometry/frame.d.ts
import type { CropState } from '../../core/crop-state.ts';
import { type Matrix, type Point, type Size } from '../matrix.ts';
/** The crop's rectangle in pixels of the quarter-turned picture, by its centre. */
export interface Frame extends Size {
    x: number;
    y: number;
}
/** The picture after its quarter turns. `picture` is always the size as a person sees the untouched file. */
export declare const turnedSize: (picture: Size, { quarterTurns }: Pick<CropState, 'quarterTurns'>) => Size;
export declare function frameOf(state: CropState, picture: Size): Frame;
export declare function withFrame(state: CropState, picture: Size, frame: Frame): CropState;
/** Half the width and height of the box around a frame that is turned by `angle`. */
export declare function reachOf({ width, height }: Size, angle: number): Point;
/** The largest frame of a ratio that a picture holds at an angle. */
export declare function largestFrame(turned: Size, ratio: number, angle?: number): Size;
/** The smallest frame of a ratio that holds the whole picture at an angle. */
export declare function smallestAround(turned: Size, ratio: number, angle?: number): Size;
/** A step on the screen as a step in the quarter-turned picture, scale apart: undoes the flips, then the angle. */
export declare function toPictureStep({ flipX, flipY, angle }: CropState, step: Point): Point;
/**
 * The one matrix behind preview, export and server: from pixels of the cut-out (0..frame width, 0..frame height,
 * as a person sees it) to pixels of the upright picture.
 */
export declare function cutToPicture(state: CropState, picture: Size): Matrix;
/** Where a crop lies in the upright picture, for a server that cuts the original itself. */
export interface SourceRegion extends Size {
    /** From pixels of the cut-out to pixels of the upright picture. */
    matrix: Matrix;
    /** Top left, top right, bottom right, bottom left of the cut-out, in the upright picture. */
    corners: [Point, Point, Point, Point];
    /** The box around the corners. */
    bounds: {
        x: number;
        y: number;
    } & Size;
}
export declare function toSourceRegion(state: CropState, picture: Size): SourceRegion;

// image/geometry/read-state.d.ts
import type { CropState } from '../../core/crop-state.ts';
/** A saved crop, checked: it may come from a database or from someone else's version. Null for anything else. */
export declare function readCropState(value: unknown): CropState | null;

// image/options.d.ts
import type { CropState } from '../core/crop-state.ts';
import type { Size } from './matrix.ts';
/** What to make of a picture. Nothing given: the same picture without its metadata, byte for byte where possible. */
export interface ProcessOptions {
    /** The part to take; all of it by default. */
    crop?: CropState | undefined;
    /** Pixels. One of the two leaves the other to the frame. */
    width?: number | undefined;
    height?: number | undefined;
    /** Upper bounds where no exact size is asked for. */
    maxWidth?: number | undefined;
    maxHeight?: number | undefined;
    /** With both `width` and `height`: fill them and cut the rest (default), or fit inside them. */
    fit?: 'cover' | 'contain' | undefined;
    /** Allows more pixels than the frame has. */
    upscale?: boolean | undefined;
    /** Cuts the file to an ellipse; the type is then one that can be see-through. */
    mask?: boolean | undefined;
    /** A frame with fewer source pixels is refused as `too-small`. */
    minOutput?: Partial<Size> | undefined;
    /** `'image/jpeg'`, `'image/webp'` or `'image/png'`; the source's own by default. What the browser cannot write becomes JPEG or PNG. */
    type?: string | undefined;
    /** 0..1, default 0.85. */
    quality?: number | undefined;
    /** Lowers the quality, in at most four tries, until the file is no larger. */
    maxBytes?: number | undefined;
    /** What becomes of EXIF, XMP, comments and places. `'strip'` unless told. */
    metadata?: 'strip' | 'strip-gps' | 'keep' | undefined;
    /** A CSS colour under see-through pixels and beyond the picture. White in a JPEG. */
    background?: string | undefined;
    /** Films: their first frame (default), a refusal, or the untouched file. */
    animated?: 'first-frame' | 'reject' | 'passthrough' | undefined;
    /** SVG can hold scripts, so it is refused; `'rasterise'` draws it. */
    svg?: 'refuse' | 'rasterise' | undefined;
    /** Turns what the browser cannot read (HEIC outside Safari) into a picture that it can. */
    decode?: ((file: Blob, options: {
        signal: AbortSignal | undefined;
    }) => Promise<Blob>) | undefined;
    /** The worker's own address, for pages whose policy forbids `blob:` workers. See `slipway/image/worker`. */
    workerUrl?: string | URL | undefined;
    signal?: AbortSignal | undefined;
}
export interface ProcessedImage extends Size {
    file: File;
    type: string;
    /** What was really cut out; null where the whole picture was taken. */
    crop: CropState | null;
}

// image/process-image.d.ts
import { type Inspection } from '../core/inspect.ts';
import type { ProcessOptions, ProcessedImage } from './options.ts';
/**
 * From a picture to the bytes to send: cropped, resized, turned upright and without metadata, off the main thread.
 * What needs no new pixels keeps its bytes and only loses what tells about its maker.
 *
 * Rejects with an `UploadError`: `not-an-image`, `too-many-pixels`, `corrupt`, `no-decoder`, `animated`,
 * `too-small`, `output-too-large`, `file-unreadable`; with the signal's reason when aborted.
 */
export declare function processImage(file: Blob, options?: ProcessOptions): Promise<ProcessedImage>;
/** Inspects a file and refuses, before any decode, what is no picture or too much of one. */
export declare function inspectPicture(file: Blob, { svg, signal }: Pick<ProcessOptions, 'svg' | 'signal'>): Promise<Inspection>;
