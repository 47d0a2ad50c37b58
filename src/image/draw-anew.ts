import { UploadError, isUploadError } from '../core/errors.ts';
import type { Inspection } from '../core/inspect.ts';
import { extensionFor, extensionOf, typeByName } from '../core/media.ts';
import type { ProcessOptions, ProcessedImage } from './options.ts';
import { planRender } from './plan.ts';
import { runPlan } from './run.ts';

/** Inspects a file and refuses, before any decode, what is no picture or too much of one. */
export async function inspectPicture(
  file: Blob,
  { svg, signal }: Pick<ProcessOptions, 'svg' | 'signal'>,
): Promise<Inspection> {
  // the intake has it already; a cropper need not carry it a second time
  const { inspectFile, refuseHeader } = await import('./inspection.ts');
  const found = await inspectFile(file, signal);
  const refusal = refuseHeader(found);
  if (refusal !== null) throw refusal;
  if (found.type === 'image/svg+xml' && svg !== 'rasterise') {
    const message = "SVG can hold scripts; allow it with svg: 'rasterise'";
    throw new UploadError('not-an-image', { type: found.type }, { at: 'prepare', message });
  }
  return found;
}

/** Makes new pixels: the part, the size and the type that are asked for. */
export async function drawAnew(file: Blob, found: Inspection, options: ProcessOptions): Promise<ProcessedImage> {
  const plan = planRender(found, options);
  try {
    const { blob, width, height } = await runPlan(file, plan, options);
    const dressed = await withMetadata(blob, file, found, options);
    const crop = options.crop === undefined ? null : plan.crop;
    return { file: named(dressed, blob.type, file), width, height, type: blob.type, crop };
  } catch (error) {
    const { decode, signal } = options;
    if (decode === undefined || !isUploadError(error, 'no-decoder')) throw error;
    const readable = named(await decode(file, { signal }), '', file);
    return await drawAnew(readable, await inspectPicture(readable, options), { ...options, decode: undefined });
  }
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

/** The user's own name with the extension of what is really in the file. */
export function named(blob: Blob, type: string, source: Blob): File {
  const { name, lastModified } = source instanceof File ? source : { name: 'image', lastModified: undefined };
  const extension = extensionOf(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length - 1);
  const right = type === '' || typeByName(name) === type ? name : `${stem}.${extensionFor(type)}`;
  return new File([blob], right, { type, ...(lastModified === undefined ? {} : { lastModified }) });
}
