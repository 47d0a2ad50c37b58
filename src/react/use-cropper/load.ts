import { UploadError, isUploadError } from '../../core/errors.ts';
import type { Inspection } from '../../core/inspect.ts';
import { drawAnew, inspectPicture } from '../../image/draw-anew.ts';
import { planRender } from '../../image/plan.ts';
import { runPlan } from '../../image/run.ts';
import type { ProcessOptions, ProcessedImage } from '../../image/options.ts';
import type { Size } from '../../image/matrix.ts';
import type { CropState } from '../../core/crop-state.ts';
import type { LoadedPicture } from './store.ts';

/** A picture to crop: a file, an address, or anything that knows one. */
export type CropSource = Blob | string | { url: string | null };

export type LoadOptions = Pick<ProcessOptions, 'svg' | 'decode' | 'workerUrl'> & {
  minOutput: Size;
  signal: AbortSignal;
};

/** A longer side than this is never put into the page: a phone would decode all of it. */
const longestPreview = 2048;
const showable = ['image/jpeg', 'image/png', 'image/webp'];

/** Reads and checks a picture and makes something to show it by. The caller revokes `url`. */
export async function loadPicture(source: CropSource, options: LoadOptions): Promise<LoadedPicture> {
  try {
    return await show(await fileOf(source, options.signal), options);
  } catch (cause) {
    options.signal.throwIfAborted();
    if (isUploadError(cause)) throw cause;
    throw new UploadError('prepare-failed', { step: 'crop' }, { at: 'prepare', cause });
  }
}

async function show(file: Blob, options: LoadOptions): Promise<LoadedPicture> {
  const found = await inspectPicture(file, options);
  const size = { width: Math.round(found.width ?? 0), height: Math.round(found.height ?? 0) };
  const { width, height } = options.minOutput;
  if (size.width < width || size.height < height) {
    throw new UploadError('too-small', { ...size, minWidth: width, minHeight: height }, { at: 'prepare' });
  }
  try {
    const { blob, shown } = await previewOf(file, found, size, options);
    return { file, size, shown, url: URL.createObjectURL(blob) };
  } catch (error) {
    if (options.decode === undefined || !isUploadError(error, 'no-decoder')) throw error;
    return await show(await options.decode(file, { signal: options.signal }), { ...options, decode: undefined });
  }
}

/** The file itself where it is small enough; else a draft, made in the worker. */
async function previewOf(
  file: Blob,
  found: Inspection,
  size: Size,
  { workerUrl, signal }: LoadOptions,
): Promise<{ blob: Blob; shown: Size }> {
  const small = Math.max(size.width, size.height) <= longestPreview;
  if (small && found.animated !== true && showable.includes(found.type ?? '')) return { blob: file, shown: size };
  const type = found.alpha === false ? 'image/jpeg' : 'image/png';
  const wish = { maxWidth: longestPreview, maxHeight: longestPreview, type, quality: 0.9 };
  const { blob, ...shown } = await runPlan(file, planRender(found, wish, true), { workerUrl, signal });
  return { blob, shown };
}

async function fileOf(source: CropSource, signal: AbortSignal): Promise<Blob> {
  if (source instanceof Blob) return source;
  const url = typeof source === 'string' ? source : source.url;
  if (url === null)
    throw new UploadError('file-unreadable', undefined, { at: 'prepare', message: 'it has no address' });
  const response = await fetch(url, { mode: 'cors', signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    const details = { origin: new URL(url, location.href).origin };
    const message = 'the picture was not delivered: its host must answer with Access-Control-Allow-Origin';
    throw new UploadError('cors-or-network', details, { at: 'prepare', cause, message });
  });
  if (!response.ok) throw new UploadError('bad-response', { status: response.status }, { at: 'prepare' });
  return await response.blob();
}

/** Cuts the file behind a loaded picture. */
export async function cutPicture(file: Blob, crop: CropState, options: ProcessOptions): Promise<ProcessedImage> {
  return await drawAnew(file, await inspectPicture(file, options), { ...options, crop });
}
