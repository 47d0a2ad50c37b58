import { inspect } from '../core/inspect.ts';
import { stripGif } from './strip/gif.ts';
import { stripHeif } from './strip/heif.ts';
import { carryExif, stripJpeg } from './strip/jpeg.ts';
import { stripPng } from './strip/png.ts';
import { stripWebp } from './strip/webp.ts';

/** `'strip'` leaves pixels, colour profile and orientation; `'strip-gps'` leaves EXIF too, without its place. */
export type Strictness = 'strip' | 'strip-gps';
type Bytes = Uint8Array<ArrayBuffer>;

export { carryExif };

/**
 * Takes metadata out of a picture without touching its pixels. Comments, thumbnails, XMP, anything behind the end of
 * the picture (a film, a second picture with a place of its own) and, unless only the place has to go, EXIF.
 * A file that is not built as it should be comes back cut at the fault, never with metadata left in.
 */
export function stripMetadata(bytes: Bytes, strictness: Strictness = 'strip'): Bytes {
  const { type, orientation } = inspect(bytes);
  if (type === 'image/jpeg') return stripJpeg(bytes, orientation, strictness);
  if (type === 'image/png') return stripPng(bytes, orientation, strictness);
  if (type === 'image/webp') return stripWebp(bytes, strictness);
  if (type === 'image/gif') return stripGif(bytes);
  if (type === 'image/avif' || type === 'image/heic' || type === 'image/heif') return stripHeif(bytes);
  return bytes;
}
