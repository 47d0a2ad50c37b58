// index.d.ts
export { Avatar, type AvatarProps } from './components/avatar/avatar.tsx';
export type { AnyUploader } from './core/uploader.ts';
export type { Register, RegisteredKinds } from './core/register.ts';
export { UploaderProvider, UploadProvider, type UploadProviderProps } from './react/upload-provider.tsx';
export { useUploader } from './react/use-uploader.ts';
export { useUpload, useUploadIds, useUploads, useUploadTotals, type UploaderOption } from './react/use-uploads.ts';
export { type UploadProgressOptions, useUploadProgress } from './react/use-upload-progress.ts';
export { type FileUrlOptions, useFileUrl } from './react/use-file-url.ts';
export { usePreview } from './react/use-preview.ts';
export { cropImage, type CropImageOptions } from './components/cropper/crop-image.tsx';
export { Cropper, type Cropped, type CropperProps } from './components/cropper/cropper.tsx';
export { CropperDialog, type CropperDialogProps } from './components/cropper/cropper-dialog.tsx';
export { CropperNumbers } from './components/cropper/cropper-numbers.tsx';
export { CropperAngle, CropperApply, CropperFlip, CropperGrid, CropperHandle, CropperImage, CropperReset, CropperRoot, CropperRotate, CropperStencil, CropperViewport, CropperZoom, useCropperContext, type CropperState, } from './components/cropper/cropper-parts.tsx';
export { type CropperApi, type CropperPartProps, type CropperMessages, type CropReason, type CropSource, useCropper, type UseCropperOptions, } from './react/use-cropper.ts';
export type { PartState } from './react/part.tsx';
export type { WheelPolicy } from './react/use-cropper/gestures.ts';
export type { CropFigures } from './react/use-cropper/paint.ts';
export type { LoadedPicture } from './react/use-cropper/store.ts';

// components/avatar/avatar.d.ts
import { type ReactNode } from 'react';
import type { OnUploaded } from '../../core/deliver.ts';
import type { AnyProvider } from '../../core/provider.ts';
import type { SavedFile } from '../../core/record.ts';
export interface AvatarProps {
    /** Default: the nearest `<UploadProvider>`'s. */
    provider?: AnyProvider | undefined;
    kind?: string | undefined;
    /** The picture that is saved already. */
    value?: SavedFile | null | undefined;
    /** Saves the new picture; awaited. */
    onUploaded?: OnUploaded | undefined;
    /** What the picture is of, for who cannot see it. */
    label?: string | undefined;
    /** Shown where there is no picture; initials, an icon. */
    fallback?: ReactNode;
}
/** A profile picture that can be changed: shows the new one at once, and the old one again if it could not be saved. */
export declare function Avatar({ provider, kind, value, onUploaded, label, fallback, }: AvatarProps): ReactNode;

// core/deliver.d.ts: see core.api.d.ts

// core/errors.d.ts: see core.api.d.ts

// core/ports.d.ts: see core.api.d.ts

// core/json.d.ts: see core.api.d.ts

// core/prepare.d.ts: see core.api.d.ts

// core/id.d.ts: see core.api.d.ts

// core/kinds.d.ts: see core.api.d.ts

// core/rules.d.ts: see core.api.d.ts

// core/size.d.ts: see core.api.d.ts

// core/standard-schema.d.ts: see core.api.d.ts

// core/provider.d.ts: see core.api.d.ts

// core/record.d.ts: see core.api.d.ts

// core/crop-state.d.ts: see core.api.d.ts

// core/send.d.ts: see core.api.d.ts

// core/uploader.d.ts: see core.api.d.ts

// core/item.d.ts: see core.api.d.ts

// core/store.d.ts: see core.api.d.ts

// core/progress.d.ts: see core.api.d.ts

// core/uploader-options.d.ts: see core.api.d.ts

// core/retry.d.ts: see core.api.d.ts

// core/watchdog.d.ts: see core.api.d.ts

// core/register.d.ts: see core.api.d.ts

// react/upload-provider.d.ts
import { type Provider, type ReactNode } from 'react';
import type { AnyProvider } from '../core/provider.ts';
import type { AnyUploader } from '../core/uploader.ts';
import type { EngineOptions } from '../core/uploader-options.ts';
import { type Harbour } from './harbour.ts';
export interface UploadProviderProps {
    /** Where files go, for every component below that is not given a provider of its own. */
    provider?: AnyProvider | undefined;
    /** Beats the `provider` props below too: for tests and stories. */
    override?: boolean | undefined;
    /** Options for every uploader below that does not say otherwise. */
    defaults?: Partial<Omit<EngineOptions, 'onUploaded' | 'onSettled' | 'onRejected' | 'onError'>> | undefined;
    /** BCP 47 tag for numbers, sizes and words. Default: `'en'`. */
    locale?: string | undefined;
    dir?: 'ltr' | 'rtl' | undefined;
    children?: ReactNode;
}
/** What components inherit. */
export interface UploadSetting {
    readonly provider: AnyProvider | null;
    readonly override: boolean;
    readonly defaults: NonNullable<UploadProviderProps['defaults']>;
    readonly locale: string;
    readonly dir: 'ltr' | 'rtl' | undefined;
    /** Where uploaders with a scope live. Null outside any provider: then they live with their component. */
    readonly harbour: Harbour | null;
}
/** Sets provider, language and defaults for everything below, and owns the uploaders that outlive their component. */
export declare function UploadProvider({ children, ...props }: UploadProviderProps): ReactNode;
export declare const useSetting: () => UploadSetting;
/** The uploader that the parts below belong to. */
export declare const UploaderProvider: Provider<AnyUploader | null>;
/** The given uploader, or the nearest one above. */
export declare function useNearestUploader(given: AnyUploader | undefined, caller: string): AnyUploader;

// react/harbour.d.ts
import type { AnyUploader } from '../core/uploader.ts';
/** Keeps uploaders by scope, beyond the life of the component that first asked for one. */
export interface Harbour {
    /** The uploader of this scope, made at the first call. */
    berth(scope: string, make: () => AnyUploader): AnyUploader;
    /** Called at zero mounts: an idle uploader is dropped, a running one goes on and is dropped when it is done. */
    release(scope: string): void;
}
export declare function createHarbour(): Harbour;

// react/use-uploader.d.ts
import type { KindMap, Provider } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import { type Uploader } from '../core/uploader.ts';
import type { EngineOptions, KindOption, MetadataOption } from '../core/uploader-options.ts';
interface Ownership {
    /** Lives in the nearest `<UploadProvider>` under this name, beyond this component. Without: dies with it. */
    scope?: string | undefined;
}
/** @internal */
type OwnOptions<T extends KindMap, K extends keyof T & string> = KindOption<T, K> & MetadataOption<T, K> & EngineOptions<Pick<T, K>> & Ownership;
/** With a provider of its own, whose kinds then check `kind` and `metadata` … */
export declare function useUploader<T extends KindMap, K extends keyof T & string = keyof T & string>(options: OwnOptions<T, K> & {
    provider: Provider<T>;
}): Uploader<Pick<T, K>>;
/** … or with the one of the nearest `<UploadProvider>`. */
export declare function useUploader<K extends keyof RegisteredKinds & string = keyof RegisteredKinds & string>(options?: OwnOptions<RegisteredKinds, K> & {
    provider?: undefined;
}): Uploader<Pick<RegisteredKinds, K>>;
export {};

// react/use-uploads.d.ts
import type { UploadId } from '../core/id.ts';
import type { UploadItem } from '../core/item.ts';
import type { KindMap } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import { type Totals } from '../core/store.ts';
import type { Uploader } from '../core/uploader.ts';
/** Which uploader; default: the nearest one above. */
export interface UploaderOption<T extends KindMap = RegisteredKinds> {
    uploader?: Uploader<T> | undefined;
}
/** The ids in their order. Renders again when the list changes, not when an item does: for long lists. */
export declare function useUploadIds<T extends KindMap = RegisteredKinds>(options?: UploaderOption<T>): readonly UploadId[];
/** All items in their order; renders again, at most ten times a second, when one of them changes. */
export declare function useUploads<T extends KindMap = RegisteredKinds>(options?: UploaderOption<T>): readonly UploadItem<T>[];
/** One item, or null once it has left the list. */
export declare function useUpload<T extends KindMap = RegisteredKinds>(options: UploaderOption<T> & {
    id: UploadId;
}): UploadItem<T> | null;
/** The list in numbers: counts by status, bytes, speed, time left. */
export declare function useUploadTotals<T extends KindMap = RegisteredKinds>(options?: UploaderOption<T>): Totals;

// react/use-upload-progress.d.ts
import { type RefObject } from 'react';
import type { UploadId } from '../core/id.ts';
import { type Progress } from '../core/progress.ts';
import type { KindMap } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import type { UploaderOption } from './use-uploads.ts';
export interface UploadProgressOptions<T extends KindMap = RegisteredKinds> extends UploaderOption<T> {
    id: UploadId;
    /**
     * Writes the share (0..1) to `--slipway-progress` of this element in every frame, and whole percents to its
     * `aria-valuenow`, without rendering anything. The hook then never renders again by itself.
     */
    ref?: RefObject<HTMLElement | null> | undefined;
}
/** How far one item is. */
export declare function useUploadProgress<T extends KindMap = RegisteredKinds>(options: UploadProgressOptions<T>): Progress;

// react/use-file-url.d.ts
import type { AnyProvider } from '../core/provider.ts';
import type { SavedFile } from '../core/record.ts';
export interface FileUrlOptions {
    file: SavedFile | null | undefined;
    /** Default: the nearest `<UploadProvider>`'s. */
    provider?: AnyProvider | undefined;
}
/**
 * An address to show a saved file by: its public one, or for a private file one that is asked of the provider and
 * renewed before it expires. Null until it is there. While a new one is fetched the old one stays.
 */
export declare function useFileUrl({ file, provider: own }: FileUrlOptions): string | null;

// react/use-preview.d.ts
/**
 * An address to show a picked file by, while the component is there; null on the server, before the first effect,
 * and for what is no picture. The address is released with the component or when the file changes.
 */
export declare function usePreview({ file }: {
    file: Blob | null | undefined;
}): string | null;

// components/cropper/crop-image.d.ts
import type { CropSource } from '../../react/use-cropper.ts';
import { type CropperDialogProps } from './cropper-dialog.tsx';
import type { Cropped } from './cropper.tsx';
export type CropImageOptions = Omit<CropperDialogProps, 'source' | 'open' | 'onOpenChange' | 'onCrop' | 'value'>;
/**
 * Opens the crop dialog and waits for the person: the cut file with its crop, or null where they closed it.
 * Works from any event handler under an `<UploadProvider>`.
 */
export declare function cropImage(source: CropSource, options?: CropImageOptions): Promise<Cropped | null>;

// react/use-cropper.d.ts
import { type HTMLAttributes, type ImgHTMLAttributes, type InputHTMLAttributes, type RefAttributes } from 'react';
import type { CropState } from '../core/crop-state.ts';
import type { UploadError } from '../core/errors.ts';
import { type CropMode, type Flip, type Handle } from '../image/geometry.ts';
import type { Point, Size } from '../image/matrix.ts';
import type { ProcessOptions, ProcessedImage } from '../image/options.ts';
import { type WheelPolicy } from './use-cropper/gestures.ts';
import type { CropSource } from './use-cropper/load.ts';
import { type CropFigures } from './use-cropper/paint.ts';
import { type CropReason, type LoadedPicture } from './use-cropper/store.ts';
import { type CropperMessages } from './use-cropper/words.ts';
export type { CropSource } from './use-cropper/load.ts';
export type { CropFigures } from './use-cropper/paint.ts';
export type { CropReason } from './use-cropper/store.ts';
export type { CropperMessages } from './use-cropper/words.ts';
export interface UseCropperOptions {
    /** The picture. A new one starts over; null waits for one. */
    source: CropSource | null;
    /** Width ÷ height. Default: 1 in a window, free in a box. */
    aspect?: number | null | undefined;
    /** `'round'` shows a circle; the file stays a rectangle unless `mask` is asked for. */
    shape?: 'rect' | 'round' | undefined;
    /** `'window'` (default): the picture moves under a fixed cut-out. `'box'`: the cut-out moves and changes size. */
    mode?: CropMode | undefined;
    /** The crop, where the host keeps it. */
    value?: CropState | null | undefined;
    /** Where to begin, e.g. a saved crop. */
    defaultValue?: CropState | null | undefined;
    /** Once at the end of each gesture. */
    onValueChange?: ((state: CropState, details: {
        reason: CropReason;
    }) => void) | undefined;
    /** The least cut-out in source pixels; bounds the zoom. */
    minOutput?: Partial<Size> | undefined;
    /** Default 10. */
    maxZoom?: number | undefined;
    /** A colour, or `'transparent'`: the frame may then reach beyond the picture. */
    background?: string | undefined;
    /** Which turns of the wheel zoom. Default `'when-focused'`, so that a page still scrolls. */
    wheel?: WheelPolicy | undefined;
    disabled?: boolean | undefined;
    svg?: ProcessOptions['svg'];
    decode?: ProcessOptions['decode'];
    workerUrl?: ProcessOptions['workerUrl'];
    messages?: Partial<CropperMessages> | undefined;
}
/** What a prop getter gives: attributes, a ref, and where there is one, the name of the handle. */
export type CropperPartProps<Element, Attributes> = Attributes & RefAttributes<Element> & {
    'data-handle'?: Handle;
};
export interface CropperApi {
    status: 'empty' | 'loading' | 'ready' | 'error';
    /** Why there is nothing to crop. */
    error: UploadError | null;
    /** At rest: unchanged while a gesture runs. */
    state: CropState | null;
    picture: LoadedPicture | null;
    zoom: number;
    canUndo: boolean;
    canRedo: boolean;
    mode: CropMode;
    shape: 'rect' | 'round';
    disabled: boolean;
    messages: CropperMessages;
    getRootProps: () => HTMLAttributes<HTMLElement>;
    /** Needs `position: relative`, a size, and `touch-action: none`. */
    getViewportProps: () => CropperPartProps<HTMLElement, HTMLAttributes<HTMLElement>>;
    getImageProps: () => ImgHTMLAttributes<HTMLImageElement>;
    getStencilProps: () => CropperPartProps<HTMLElement, HTMLAttributes<HTMLElement>>;
    getHandleProps: (handle: Handle) => CropperPartProps<HTMLElement, HTMLAttributes<HTMLElement>>;
    getZoomProps: () => CropperPartProps<HTMLInputElement, InputHTMLAttributes<HTMLInputElement>>;
    getAngleProps: () => CropperPartProps<HTMLInputElement, InputHTMLAttributes<HTMLInputElement>>;
    /** The polite live region that says what changed. */
    getAnnouncerProps: () => CropperPartProps<HTMLElement, HTMLAttributes<HTMLElement>>;
    /** The instructions the crop area points at. */
    getInstructionsProps: () => HTMLAttributes<HTMLElement>;
    moveBy: (step: Point) => void;
    zoomTo: (zoom: number, origin?: Point) => void;
    /** Quarter turns, clockwise. */
    rotate: (quarters: number) => void;
    /** Degrees, −45..45. */
    turnTo: (angle: number) => void;
    flip: (axis: Flip) => void;
    /** Any state; what breaks the limits is brought back. */
    setState: (state: CropState) => void;
    reset: () => void;
    undo: () => void;
    redo: () => void;
    /** The live figures, during a gesture too. Null before a picture is ready. */
    figures: () => CropFigures | null;
    /** Called in an animation frame whenever the live figures changed. */
    subscribe: (listener: () => void) => () => void;
    /** Cuts the file. Rejects as `processImage` does. */
    export: (options?: Omit<ProcessOptions, 'crop'>) => Promise<ProcessedImage>;
}
/** A cropper without any markup. Dragging writes CSS variables in animation frames and renders nothing. */
export declare function useCropper(options: UseCropperOptions): CropperApi;

// image/geometry.d.ts
/** Where a crop lies, how it moves and how it looks: pure, without DOM, in pixels of the source. */
export * from './geometry/contain.ts';
export * from './geometry/edit.ts';
export * from './geometry/frame.ts';
export * from './geometry/read-state.ts';
export * from './geometry/resize.ts';
export * from './geometry/view.ts';

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

// image/geometry/edit.d.ts
import type { CropState } from '../../core/crop-state.ts';
import type { Point, Size } from '../matrix.ts';
import { type CropLimits } from './contain.ts';
export type Flip = 'x' | 'y';
/** Moves the frame by a step of the cut-out as seen, in source pixels. */
export declare function moveBy(state: CropState, picture: Size, limits: CropLimits, step: Point): CropState;
/**
 * Zooms about a point of the cut-out that stays under the finger: −0.5..0.5 from the centre, as seen.
 * The point gives way only where the picture ends.
 */
export declare function zoomTo(state: CropState, picture: Size, limits: CropLimits, zoom: number, origin?: Point): CropState;
/**
 * Turns the picture to an angle under the frame of `start`. The frame shrinks about its centre as far as the corners
 * need and no further, so turning back within one gesture (always from the same `start`) gives it back.
 */
export declare function turnTo(start: CropState, picture: Size, limits: CropLimits, angle: number): CropState;
/** Quarter turns of what is seen, clockwise. The part of the picture stays; a fixed aspect keeps its zoom. */
export declare function quarterTurn(state: CropState, picture: Size, limits: CropLimits, quarters: number): CropState;
/** Mirrors what is seen; the part of the picture and the angle stay. */
export declare const flip: (state: CropState, axis: Flip) => CropState;
/** Keeps the centre and takes the largest frame of the new aspect inside the old one. */
export declare function setAspect(state: CropState, picture: Size, limits: CropLimits): CropState;

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

// image/geometry/resize.d.ts
import type { CropState } from '../../core/crop-state.ts';
import type { Point, Size } from '../matrix.ts';
import { type CropLimits } from './contain.ts';
/** Eight handles, named by the screen: `n` is the upper edge, whatever the language's direction. */
export declare const handles: readonly ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];
export type Handle = (typeof handles)[number];
/** −1, 0 or 1: which edges of the frame a handle moves. */
export declare const sideOf: (handle: Handle) => Point;
/**
 * Drags a handle by a step of the cut-out as seen, in source pixels. What lies opposite stays where it is.
 * With a free aspect the two axes go as far as each can, so that a drag along the picture's edge slides.
 */
export declare function resizeBy(state: CropState, picture: Size, limits: CropLimits, handle: Handle, step: Point): CropState;

// image/geometry/view.d.ts
import type { CropState } from '../../core/crop-state.ts';
import { type Matrix, type Size } from '../matrix.ts';
/** `'window'`: the cut-out stands still and the picture moves under it. `'box'`: the other way round. */
export type CropMode = 'window' | 'box';
/** How a state looks in a viewport, in its own layout pixels. */
export interface View {
    /** From pixels of the upright picture to the viewport: the CSS transform of the picture. */
    matrix: Matrix;
    stencil: {
        x: number;
        y: number;
    } & Size;
    /** Viewport pixels per source pixel. */
    scale: number;
}
/** Derived, never kept: state and viewport in, everything on the screen out. `inset` stays free on every side. */
export declare function viewOf(state: CropState, picture: Size, viewport: Size, mode: CropMode, inset?: number): View;

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

// react/use-cropper/gestures.d.ts
import type { CropStore } from './store.ts';
/** Which turns of a wheel zoom; the others scroll the page. A trackpad's pinch arrives as a wheel with Ctrl. */
export type WheelPolicy = 'always' | 'when-focused' | 'ctrl';
/** Room around the cut-out, for handles and shade. */
export declare const insetOf: (viewport: HTMLElement) => number;
/** Pointer and wheel on one viewport. Returns the undo of its listeners. */
export declare function listen(store: CropStore, viewport: HTMLElement, wheel: () => WheelPolicy): () => void;

// react/use-cropper/store.d.ts
import type { CropState } from '../../core/crop-state.ts';
import type { UploadError } from '../../core/errors.ts';
import { type CropLimits, type CropMode } from '../../image/geometry.ts';
import type { Size } from '../../image/matrix.ts';
/** Why a state was committed. */
export type CropReason = 'moved' | 'zoomed' | 'resized' | 'turned' | 'flipped' | 'aspect' | 'reset' | 'undone' | 'redone';
export interface CropSettings {
    mode: CropMode;
    limits: CropLimits;
    onCommit: (state: CropState, reason: CropReason) => void;
}
/** A picture that is ready to be cropped: its bytes, its size as seen, and something to show it by. */
export interface LoadedPicture {
    file: Blob;
    size: Size;
    url: string;
    /** Pixels of the preview, which may be a smaller copy. */
    shown: Size;
}
/** What React sees: changes at the end of a gesture, never during one. */
export type CropSnapshot = Picture & {
    canUndo: boolean;
    canRedo: boolean;
};
type Picture = {
    status: 'empty' | 'loading';
    picture: null;
    state: null;
    error: null;
} | {
    status: 'error';
    picture: null;
    state: null;
    error: UploadError;
} | {
    status: 'ready';
    picture: LoadedPicture;
    state: CropState;
    error: null;
};
/**
 * The cropper without React: a live state that paints in animation frames, and a committed one with a history.
 * Edits come in as functions of the state; this is the only place that changes it.
 */
export declare class CropStore {
    #private;
    constructor(settings: CropSettings);
    get settings(): CropSettings;
    /** The state under the finger; null until a picture is ready. */
    get live(): CropState | null;
    get picture(): Size | null;
    readonly getSnapshot: () => CropSnapshot;
    readonly subscribe: (listener: () => void) => (() => void);
    /** Called in an animation frame whenever the live state or the layout changed. */
    readonly subscribePaint: (painter: () => void) => (() => void);
    configure(settings: CropSettings): void;
    startLoading(): void;
    clear(): void;
    fail(error: UploadError): void;
    load(picture: LoadedPicture, saved: CropState | null): void;
    /** Takes over a state from outside, without history and without telling the outside. */
    adopt(state: CropState): void;
    /** Shows a state at once and remembers why; it is not committed yet. */
    show(reason: CropReason, edit: (state: CropState, picture: Size, limits: CropLimits) => CropState): void;
    /** Shows a state now and commits it when no more follow. */
    showThenCommit(reason: CropReason, edit: Parameters<CropStore['show']>[1]): void;
    edit(reason: CropReason, edit: Parameters<CropStore['show']>[1]): void;
    turn(angle: number): void;
    /** Ends a gesture: one entry of the history, one call of the host, one render. */
    commit(): void;
    undo(): void;
    redo(): void;
    reset(): void;
    repaint(): void;
    /** Nothing runs on: an open gesture is kept, timers and frames are not. */
    stop(): void;
}
/** How far one may zoom: by the limit, by the least output, and never to less than a few pixels. */
export declare function zoomRange(state: CropState, picture: Size, limits: CropLimits): {
    min: number;
    max: number;
};
export {};

// react/use-cropper/load.d.ts
import type { ProcessOptions, ProcessedImage } from '../../image/options.ts';
import type { Size } from '../../image/matrix.ts';
import type { CropState } from '../../core/crop-state.ts';
import type { LoadedPicture } from './store.ts';
/** A picture to crop: a file, an address, or anything that knows one. */
export type CropSource = Blob | string | {
    url: string | null;
};
export type LoadOptions = Pick<ProcessOptions, 'svg' | 'decode' | 'workerUrl'> & {
    minOutput: Size;
    signal: AbortSignal;
};
/** Reads and checks a picture and makes something to show it by. The caller revokes `url`. */
export declare function loadPicture(source: CropSource, options: LoadOptions): Promise<LoadedPicture>;
/** Cuts the file behind a loaded picture. */
export declare function cutPicture(file: Blob, crop: CropState, options: ProcessOptions): Promise<ProcessedImage>;

// react/use-cropper/paint.d.ts
import { type CropStore } from './store.ts';
/** Sliders that show the live state, as far as the host renders them. */
export interface CropElements {
    zoom: HTMLInputElement | null;
    angle: HTMLInputElement | null;
}
/** What a screen reader and a label say of the live state. */
export interface CropFigures {
    zoom: number;
    angle: number;
    width: number;
    height: number;
    left: number;
    top: number;
}
export declare function figuresOf(store: CropStore): CropFigures | null;
/** Writes the live state to CSS variables and to the sliders, past React. Reads layout sizes only, never transforms. */
export declare function paint(store: CropStore, viewport: HTMLElement, elements: CropElements, valueText: (figures: CropFigures) => CropTexts): void;
export interface CropTexts {
    zoom: string;
    angle: string;
}

// react/use-cropper/words.d.ts
import type { UploadError } from '../../core/errors.ts';
import type { Handle } from '../../image/geometry.ts';
import type { CropFigures } from './paint.ts';
/** Every word of the cropper. Entries with facts are functions, so that a language can order them. */
export interface CropperMessages {
    title: string;
    cropArea: string;
    cropAreaRole: string;
    instructions: string;
    boxInstructions: string;
    zoom: string;
    angle: string;
    rotateLeft: string;
    rotateRight: string;
    flipX: string;
    flipY: string;
    reset: string;
    apply: string;
    applying: string;
    cancel: string;
    loading: string;
    handle: (handle: Handle) => string;
    zoomValue: (zoom: number) => string;
    angleValue: (degrees: number) => string;
    /** Said after each change, once it rests. */
    changed: (figures: CropFigures) => string;
    exact: string;
    left: string;
    top: string;
    width: string;
    height: string;
    failed: (error: UploadError) => string;
}
export declare const cropperMessages: CropperMessages;

// components/cropper/cropper-dialog.d.ts
import { type ReactNode } from 'react';
import { type CropperProps } from './cropper.tsx';
export interface CropperDialogProps extends CropperProps {
    open: boolean;
    onOpenChange: (open: boolean) => void;
    title?: string | undefined;
}
/**
 * The cropper in a native dialog, rendered in place and shown in the top layer. Escape and Android's Back close it
 * alone; focus starts on its heading and returns to where it was.
 */
export declare function CropperDialog({ open, onOpenChange, title, onCrop, ...props }: CropperDialogProps): ReactNode;

// components/cropper/cropper.d.ts
import { type ReactNode } from 'react';
import type { CropState } from '../../core/crop-state.ts';
import { UploadError } from '../../core/errors.ts';
import type { ProcessOptions } from '../../image/options.ts';
import { type UseCropperOptions } from '../../react/use-cropper.ts';
/** A cut-out and how it was cut. */
export interface Cropped {
    file: File;
    state: CropState;
}
export interface CropperProps extends UseCropperOptions {
    /** Called with the cut file when Apply is pressed. Without it there is no Apply button. */
    onCrop?: ((cropped: Cropped) => void) | undefined;
    /** Called when the picture could not be cut. */
    onError?: ((error: UploadError) => void) | undefined;
    /** Size, type and the like of the file. */
    output?: Omit<ProcessOptions, 'crop' | 'signal'> | undefined;
    /** Beside Apply. */
    actions?: ReactNode;
    dir?: 'ltr' | 'rtl' | undefined;
    className?: string | undefined;
    id?: string | undefined;
}
/** A cropper with all its controls, made of the parts beside it. */
export declare function Cropper({ onCrop, onError, output, actions, dir, className, id, ...options }: CropperProps): ReactNode;

// components/cropper/cropper-numbers.d.ts
import { type ReactNode } from 'react';
/** The crop in figures, for who cannot or will not drag: fetched and shown on demand. */
export declare function CropperNumbers(): ReactNode;

// components/cropper/cropper-parts.d.ts
import { type Flip, type Handle } from '../../image/geometry.ts';
import { type ElementProps, type PartState } from '../../react/part.tsx';
import type { CropperApi } from '../../react/use-cropper.ts';
/** What every part of a cropper says about itself. */
export interface CropperState extends PartState {
    status: CropperApi['status'];
    mode: CropperApi['mode'];
    shape: CropperApi['shape'];
    disabled: boolean;
}
/** The cropper around this component: for parts of one's own. */
export declare function useCropperContext(): CropperApi;
export type CropperRootProps = ElementProps<'div', CropperState> & {
    cropper: CropperApi;
};
/** Holds the parts, the live region and the instructions. */
export declare const CropperRoot: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").HTMLAttributes<HTMLDivElement>, HTMLDivElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & {
    cropper: CropperApi;
} & import("react").RefAttributes<HTMLDivElement>>;
type DivProps = ElementProps<'div', CropperState>;
/** The stage: everything that can be dragged is inside. */
export declare const CropperViewport: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").HTMLAttributes<HTMLDivElement>, HTMLDivElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & import("react").RefAttributes<HTMLDivElement>>;
export declare const CropperImage: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").ImgHTMLAttributes<HTMLImageElement>, HTMLImageElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & import("react").RefAttributes<HTMLImageElement>>;
/** The crop area: the one focus stop of the stage. */
export declare const CropperStencil: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").HTMLAttributes<HTMLDivElement>, HTMLDivElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & import("react").RefAttributes<HTMLDivElement>>;
/** Lines at the thirds. */
export declare const CropperGrid: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").HTMLAttributes<HTMLDivElement>, HTMLDivElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & import("react").RefAttributes<HTMLDivElement>>;
export type CropperHandleProps = DivProps & {
    position: Handle;
};
export declare const CropperHandle: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").HTMLAttributes<HTMLDivElement>, HTMLDivElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & {
    position: Handle;
} & import("react").RefAttributes<HTMLDivElement>>;
export declare const CropperZoom: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").InputHTMLAttributes<HTMLInputElement>, HTMLInputElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & import("react").RefAttributes<HTMLInputElement>>;
export declare const CropperAngle: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").InputHTMLAttributes<HTMLInputElement>, HTMLInputElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & import("react").RefAttributes<HTMLInputElement>>;
/** Turns by quarters: to the right, or to the left with `quarters={-1}`. */
export declare const CropperRotate: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").ButtonHTMLAttributes<HTMLButtonElement>, HTMLButtonElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & {
    quarters?: number;
} & import("react").RefAttributes<HTMLButtonElement>>;
export declare const CropperFlip: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").ButtonHTMLAttributes<HTMLButtonElement>, HTMLButtonElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & {
    axis?: Flip;
} & import("react").RefAttributes<HTMLButtonElement>>;
export declare const CropperReset: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").ButtonHTMLAttributes<HTMLButtonElement>, HTMLButtonElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & import("react").RefAttributes<HTMLButtonElement>>;
/** Cuts and hands over; what happens then is its `onClick`. */
export declare const CropperApply: import("react").ForwardRefExoticComponent<Omit<Omit<import("react").DetailedHTMLProps<import("react").ButtonHTMLAttributes<HTMLButtonElement>, HTMLButtonElement>, "ref">, keyof import("../../react/part.tsx").PartProps<Readonly<Record<string, string | number | boolean | null | undefined>>>> & import("../../react/part.tsx").PartProps<CropperState> & import("react").RefAttributes<HTMLButtonElement>>;
export {};

// react/part.d.ts
import { type CSSProperties, type ElementType, type ForwardRefExoticComponent, type ReactElement, type ReactNode, type Ref, type RefAttributes } from 'react';
import { type AnyProps } from './merge-props.ts';
/** What a part says about itself: as `data-*` attributes, and to `className`, `style` and `render` functions. */
export type PartState = Readonly<Record<string, string | number | boolean | null | undefined>>;
/** What every part takes beside its element's own attributes. */
export interface PartProps<State extends PartState> {
    className?: string | ((state: State) => string | undefined) | undefined;
    style?: CSSProperties | ((state: State) => CSSProperties | undefined) | undefined;
    /** Another element in place of ours, or a function that makes one of the props and the state. */
    render?: ReactElement | ((props: AnyProps, state: State) => ReactElement) | undefined;
}
/** The attributes of an element, but for those a part understands in its own way. */
export type ElementProps<Tag extends ElementType, State extends PartState> = Omit<React.ComponentPropsWithoutRef<Tag>, keyof PartProps<PartState>> & PartProps<State>;
/** The one place that forwards refs: React 18 needs `forwardRef`, React 19 would take a prop. */
export declare function part<Props, Element>(name: string, component: (props: Props, ref: Ref<Element>) => ReactNode): ForwardRefExoticComponent<React.PropsWithoutRef<Props> & RefAttributes<Element>>;
interface PartDescription<State extends PartState, Element> {
    tag: keyof React.JSX.IntrinsicElements;
    /** The value of `data-part`. */
    name: string;
    state: State;
    /** Ours: props the part cannot work without. */
    own?: object;
    /** The user's. */
    given: PartProps<State>;
    refs: readonly [Ref<Element> | undefined, Ref<Element> | undefined];
}
/** One part is one element: joins props, writes the state as attributes, and lets `render` have its way. */
export declare function usePart<State extends PartState, Element>(description: PartDescription<State, Element>): ReactElement;
export {};

// react/merge-props.d.ts
/** Props as bags: what a part needs and what its user gives meet here, before React types them. */
export type AnyProps = Record<string, unknown>;
/**
 * Joins a part's own props with those of its user. Handlers run one after the other, the user's first, and ours not
 * at all when the user prevented the default. Class names and styles add up; everything else is the user's.
 */
export declare function mergeProps<Own extends object>(own: Own, given: object): Own;
