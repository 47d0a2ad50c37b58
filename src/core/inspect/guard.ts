import { UploadError } from '../errors.ts';
import type { Inspection } from '../inspect.ts';

/** Bounds on what may be decoded at all, whatever a kind allows. */
export interface DecodeLimits {
  /** Width × height. */
  maxPixels: number;
  /** Of the longer side. Beyond 16384 a canvas stays blank without a word. */
  maxSide: number;
  /** Longer side ÷ shorter side. */
  maxAspect: number;
}

/** JPEG decodes to a smaller scale, so a large one costs little; everything else is decoded whole. */
export const decodeLimits = (type: string | null): DecodeLimits => ({
  maxPixels: type === 'image/jpeg' ? 100_000_000 : 50_000_000,
  maxSide: 16_384,
  maxAspect: 50,
});

/**
 * Refuses by the header alone, before a decoder allocates anything: a 31 kB PNG can ask for a gigabyte.
 * `maxPixels` in the error is what a picture of this very shape may have. Null means it may be decoded.
 */
export function refuseHeader(
  found: Inspection,
  limits: DecodeLimits = decodeLimits(found.type),
): UploadError<'too-many-pixels' | 'corrupt' | 'not-an-image'> | null {
  const { type, width, height } = found;
  const at = 'prepare';
  if (type === null || !type.startsWith('image/')) {
    const cause = type === null ? 'no known picture begins like this' : `it is ${type}`;
    return new UploadError('not-an-image', type === null ? undefined : { type }, { at, message: cause });
  }
  if (width === 0 || height === 0 || ((width === null || height === null) && type !== 'image/svg+xml')) {
    const message = `the header gives no usable size (${String(width)} × ${String(height)})`;
    return new UploadError('corrupt', { type }, { at, message });
  }
  if (width === null || height === null) return null;
  const [long, short] = width > height ? [width, height] : [height, width];
  const allowed = Math.floor(
    Math.min(limits.maxPixels, limits.maxSide ** 2 * (short / long), limits.maxAspect * short ** 2),
  );
  if (width * height <= allowed) return null;
  const message = `the header says ${width} × ${height} pixels; a picture of this shape may have ${allowed}`;
  return new UploadError('too-many-pixels', { width, height, maxPixels: allowed }, { at, message });
}
