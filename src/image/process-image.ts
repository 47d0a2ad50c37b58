import { UploadError } from '../core/errors.ts';
import type { Inspection } from '../core/inspect.ts';
import { drawAnew, inspectPicture, named } from './draw-anew.ts';
import type { ProcessOptions, ProcessedImage } from './options.ts';

/**
 * From a picture to the bytes to send: cropped, resized, turned upright and without metadata, off the main thread.
 * What needs no new pixels keeps its bytes and only loses what tells about its maker.
 *
 * Rejects with an `UploadError`: `not-an-image`, `too-many-pixels`, `corrupt`, `no-decoder`, `animated`,
 * `too-small`, `output-too-large`, `file-unreadable`; with the signal's reason when aborted.
 */
export async function processImage(file: Blob, options: ProcessOptions = {}): Promise<ProcessedImage> {
  const found = await inspectPicture(file, options);
  if (found.animated === true && options.animated === 'reject') {
    throw new UploadError('animated', undefined, { at: 'prepare', message: 'the file has more than one frame' });
  }
  const untouched = found.animated === true && options.animated === 'passthrough';
  if (untouched || isAsWished(file, found, options)) return await passThrough(file, found, options);
  return await drawAnew(file, found, options);
}

/** No option asks for other pixels. */
function isAsWished(file: Blob, { type, width, height }: Inspection, options: ProcessOptions): boolean {
  if (type === 'image/svg+xml' || width === null || height === null) return false;
  const { crop, mask = false, quality, maxBytes = Infinity, upscale = false, background } = options;
  if (crop !== undefined || mask || quality !== undefined || background !== undefined || file.size > maxBytes)
    return false;
  if (options.type !== undefined && options.type !== type) return false;
  if (type !== null && !sendable.includes(type)) return false;
  const fits = (wish: number | undefined, length: number): boolean =>
    wish === undefined || (upscale ? wish === length : wish >= length);
  const cuts = options.width !== undefined && options.height !== undefined && options.fit !== 'contain';
  const sameShape = !cuts || Math.abs(width / height - options.width! / options.height!) < 1e-3;
  return (
    sameShape &&
    fits(options.width, width) &&
    fits(options.height, height) &&
    width <= (options.maxWidth ?? Infinity) &&
    height <= (options.maxHeight ?? Infinity) &&
    width >= (options.minOutput?.width ?? 0) &&
    height >= (options.minOutput?.height ?? 0)
  );
}

/** What browsers show and we can strip without a re-encode; anything else is written anew. */
const sendable = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'];

async function passThrough(
  file: Blob,
  found: Inspection,
  { metadata = 'strip' }: ProcessOptions,
): Promise<ProcessedImage> {
  const { width, height } = found;
  const type = found.type ?? file.type;
  const facts = { width: width ?? 0, height: height ?? 0, type, crop: null };
  if (metadata === 'keep') return { file: named(file, type, file), ...facts };
  const { stripMetadata } = await import('./strip.ts');
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { file: named(new Blob([stripMetadata(bytes, metadata)]), type, file), ...facts };
}
