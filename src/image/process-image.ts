import { UploadError } from '../core/errors.ts';
import { type Inspection } from '../core/inspect.ts';
import { refuseHeader } from '../core/inspect/guard.ts';
import { inspectFile } from '../core/inspect/read.ts';
import { extensionFor, extensionOf, typeByName } from '../core/media.ts';
import type { ProcessOptions, ProcessedImage } from './options.ts';
import { planRender } from './plan.ts';
import type { Rendered } from './render.ts';
import { runPlan } from './run.ts';

/**
 * From a picture to the bytes to send: cropped, resized, turned upright and without metadata, off the main thread.
 * What needs no new pixels keeps its bytes and only loses what tells about its maker.
 *
 * Rejects with an `UploadError`: `not-an-image`, `too-many-pixels`, `corrupt`, `no-decoder`, `animated`,
 * `too-small`, `output-too-large`, `file-unreadable`; with the signal's reason when aborted.
 */
export async function processImage(file: Blob, options: ProcessOptions = {}): Promise<ProcessedImage> {
  const { signal } = options;
  const found = await inspectPicture(file, options);
  if (found.animated === true && options.animated === 'reject') {
    throw new UploadError('animated', undefined, { at: 'prepare', message: 'the file has more than one frame' });
  }
  const untouched = found.animated === true && options.animated === 'passthrough';
  if (untouched || isAsWished(file, found, options)) return await passThrough(file, found, options);
  const plan = planRender(found, options);
  try {
    const { blob, width, height } =
      found.type === 'image/svg+xml' ? await drawSvg(file, plan, signal) : await runPlan(file, plan, options);
    const dressed = await withMetadata(blob, file, found, options);
    return {
      file: named(dressed, blob.type, file),
      width,
      height,
      type: blob.type,
      crop: options.crop === undefined ? null : plan.crop,
    };
  } catch (error) {
    if (options.decode === undefined || !(error instanceof UploadError) || error.code !== 'no-decoder') throw error;
    const readable = await options.decode(file, { signal });
    return await processImage(named(readable, readable.type, file), { ...options, decode: undefined });
  }
}

/** Inspects a file and refuses, before any decode, what is no picture or too much of one. */
export async function inspectPicture(
  file: Blob,
  { svg, signal }: Pick<ProcessOptions, 'svg' | 'signal'>,
): Promise<Inspection> {
  const found = await inspectFile(file, signal);
  const refusal = refuseHeader(found);
  if (refusal !== null) throw refusal;
  if (found.type === 'image/svg+xml' && svg !== 'rasterise') {
    const message = "SVG can hold scripts; allow it with svg: 'rasterise'";
    throw new UploadError('not-an-image', { type: found.type }, { at: 'prepare', message });
  }
  return found;
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

/** A re-encoded picture has lost its metadata; only who asks for it gets it back. */
async function withMetadata(
  blob: Blob,
  file: Blob,
  { type }: Inspection,
  { metadata = 'strip' }: ProcessOptions,
): Promise<Blob> {
  if (metadata === 'strip' || type !== 'image/jpeg' || blob.type !== 'image/jpeg') return blob;
  const { carryExif } = await import('./strip.ts');
  const [from, to] = await Promise.all([file.arrayBuffer(), blob.arrayBuffer()]);
  return new Blob([carryExif(new Uint8Array(from), new Uint8Array(to), metadata)], { type: blob.type });
}

/** No worker can draw one. */
async function drawSvg(
  file: Blob,
  plan: Parameters<typeof runPlan>[1],
  signal: AbortSignal | undefined,
): Promise<Rendered> {
  const { renderOnPage } = await import('./on-page.ts');
  return await renderOnPage(file, plan, signal);
}

/** The user's own name with the extension of what is really in the file. */
function named(blob: Blob, type: string, source: Blob): File {
  const name = source instanceof File ? source.name : 'image';
  const extension = extensionOf(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length - 1);
  const right = typeByName(name) === type ? name : `${stem}.${extensionFor(type)}`;
  const lastModified = source instanceof File ? source.lastModified : undefined;
  return new File([blob], right, { type, ...(lastModified === undefined ? {} : { lastModified }) });
}
