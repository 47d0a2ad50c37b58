import type { CropState } from '../core/crop-state.ts';
import { UploadError } from '../core/errors.ts';
import type { Inspection } from '../core/inspect.ts';
import { contain, noLimits } from './geometry/contain.ts';
import { cutToPicture, frameOf, withFrame } from './geometry/frame.ts';
import { initialCrop } from './geometry/contain.ts';
import type { Matrix, Size } from './matrix.ts';
import type { ProcessOptions } from './options.ts';

/** One job for a worker: numbers only, nothing left to decide but what the browser turns out to support. */
export interface RenderPlan {
  /** By its bytes. */
  type: string;
  /** As a person sees it. */
  picture: Size;
  /** A smaller scale to decode at, in stored pixels; null decodes whole. */
  scaled: Size | null;
  /** Pixels of the source in the cut-out. */
  cut: Size;
  /** From the cut-out to the picture. */
  matrix: Matrix;
  output: Size;
  mask: boolean;
  /** Under everything; null keeps see-through pixels. */
  background: string | null;
  /** Some pixels of the result may be see-through. */
  alpha: boolean;
  /** In order of preference. */
  types: readonly string[];
  quality: number;
  maxBytes: number | null;
  /** A picture for the screen: good enough from half the pixels, in a fraction of the time. */
  draft: boolean;
}

/** iOS leaves larger canvases blank without an error. */
const largestCanvas = 16_777_216;
const encodable = ['image/jpeg', 'image/png', 'image/webp'];

/** The crop that will really be cut: contained, and trimmed to the wished shape. */
export function planCrop(picture: Size, options: ProcessOptions): CropState {
  const { crop, width, height, fit = 'cover', background } = options;
  const whole = crop ?? initialCrop(picture, null);
  const limits = { ...noLimits, minOutput: { width: 0, height: 0 }, letterbox: background !== undefined };
  const state = crop === undefined ? whole : contain(whole, picture, limits);
  if (width === undefined || height === undefined || fit === 'contain') return state;
  const frame = frameOf(state, picture);
  const ratio = width / height;
  const [w, h] = [Math.min(frame.width, frame.height * ratio), Math.min(frame.height, frame.width / ratio)];
  // a pixel's worth of rounding is no reason to cut
  if (frame.width - w < 0.5 && frame.height - h < 0.5) return state;
  return withFrame(state, picture, { ...frame, width: w, height: h });
}

/** Whole pixels of the result. Throws `too-small` where the frame holds less than the least. */
export function planSize(cut: Size, options: ProcessOptions): Size {
  const { minOutput, upscale = false } = options;
  const [minWidth, minHeight] = [minOutput?.width ?? 0, minOutput?.height ?? 0];
  const [width, height] = [Math.round(cut.width), Math.round(cut.height)];
  if (width < minWidth || height < minHeight) {
    const message = `the cut-out has ${width} × ${height} pixels, the least is ${minWidth} × ${minHeight}`;
    throw new UploadError('too-small', { width, height, minWidth, minHeight }, { at: 'prepare', message });
  }
  const wished = wishedScale(cut, options);
  const cap = Math.sqrt(largestCanvas / (cut.width * cut.height));
  const factor = Math.min(upscale ? wished : Math.min(wished, 1), cap);
  const side = (length: number): number => Math.max(1, Math.round(length * factor));
  return { width: side(cut.width), height: side(cut.height) };
}

function wishedScale(cut: Size, { width, height, fit = 'cover', maxWidth, maxHeight }: ProcessOptions): number {
  const across = width === undefined ? null : width / cut.width;
  const down = height === undefined ? null : height / cut.height;
  if (across !== null && down !== null) return fit === 'cover' ? Math.max(across, down) : Math.min(across, down);
  const bound = Math.min(1, (maxWidth ?? Infinity) / cut.width, (maxHeight ?? Infinity) / cut.height);
  return across ?? down ?? bound;
}

export function planRender(
  found: Inspection,
  options: ProcessOptions,
  draft = false,
): RenderPlan & { crop: CropState } {
  const picture = { width: found.width ?? 1, height: found.height ?? 1 };
  const stored = { width: found.storedWidth ?? 1, height: found.storedHeight ?? 1 };
  const crop = planCrop(picture, options);
  const { width, height } = frameOf(crop, picture);
  const cut = { width, height };
  const output = planSize(cut, options);
  const types = outputTypes(found, options);
  const opaqueType = types[0] === 'image/jpeg';
  const background = options.background ?? (opaqueType ? '#fff' : null);
  const [over, most] = draft ? [1, 8] : [2, 8];
  const eighths = Math.ceil(8 * over * Math.max(output.width / cut.width, output.height / cut.height) - 1e-9);
  const n = Math.min(most, Math.max(1, eighths));
  const scaled =
    found.type === 'image/jpeg' && n < 8
      ? { width: Math.ceil((stored.width * n) / 8), height: Math.ceil((stored.height * n) / 8) }
      : null;
  return {
    crop,
    type: found.type ?? '',
    picture,
    scaled,
    cut,
    matrix: cutToPicture(crop, picture),
    output,
    mask: options.mask ?? false,
    background,
    alpha: background === null && found.alpha !== false,
    types,
    quality: options.quality ?? 0.85,
    maxBytes: options.maxBytes ?? null,
    draft,
  };
}

/** The wished type first, then what every browser can write in its place. */
export function outputTypes({ type, alpha }: Inspection, options: ProcessOptions): string[] {
  const seeThrough = (options.mask ?? false) || (alpha !== false && options.background === undefined);
  const own = type !== null && encodable.includes(type) ? type : alpha === false ? 'image/jpeg' : 'image/webp';
  const first = options.type ?? (options.mask === true && own === 'image/jpeg' ? 'image/webp' : own);
  const spare = seeThrough && first !== 'image/jpeg' ? 'image/png' : 'image/jpeg';
  return first === spare ? [first] : [first, spare];
}
