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
  decode?: ((file: Blob, options: { signal: AbortSignal | undefined }) => Promise<Blob>) | undefined;
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
