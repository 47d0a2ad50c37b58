import { readBmp } from './inspect/bmp.ts';
import type { Facts, Orientation } from './inspect/facts.ts';
import { readGif } from './inspect/gif.ts';
import { heifType, readHeif } from './inspect/heif.ts';
import { readJpeg } from './inspect/jpeg.ts';
import { readPng } from './inspect/png.ts';
import { Reader, ShortOfBytes } from './inspect/reader.ts';
import { isSvg, readSvg } from './inspect/svg.ts';
import { readTiff } from './inspect/tiff.ts';
import { readWebp } from './inspect/webp.ts';

export type { Orientation } from './inspect/facts.ts';

/** What the first bytes of a file say, whatever its name and its declared type claim. */
export interface Inspection {
  /** A picture's type or `'application/pdf'`, by magic bytes; null for anything else. */
  type: string | null;
  /** As a person sees the picture: the orientation is applied. Null where unknown; 0 where the header says so. */
  width: number | null;
  height: number | null;
  /** As the file holds the pixels. */
  storedWidth: number | null;
  storedHeight: number | null;
  orientation: Orientation;
  /** More than one frame; null while it cannot be told. */
  animated: boolean | null;
  /** May have see-through pixels; null while it cannot be told. */
  alpha: boolean | null;
  /** How many bytes, from the start of the file, would tell more; null where nothing is missing. */
  needed: number | null;
}

/** Enough for the header of almost every file; `needed` asks for more where it is not. */
export const inspectedBytes = 64 * 1024;

/**
 * Reads type, size, orientation, animation and transparency from the first bytes of a file, without decoding it.
 * Pure; never throws, and never looks past what it was given.
 */
export function inspect(bytes: Uint8Array): Inspection {
  const facts: Facts = { storedWidth: null, storedHeight: null, orientation: 1, animated: null, alpha: null };
  const reader = new Reader(bytes);
  let type: string | null = null;
  let needed: number | null = null;
  try {
    type = typeOf(reader);
    readFacts[type ?? '']?.(reader, facts);
  } catch (error) {
    if (!(error instanceof ShortOfBytes)) throw error;
    needed = error.needed === Infinity ? null : error.needed;
  }
  const { storedWidth, storedHeight, orientation, animated, alpha } = facts;
  const [width, height] = orientation >= 5 ? [storedHeight, storedWidth] : [storedWidth, storedHeight];
  return { type, width, height, storedWidth, storedHeight, orientation, animated, alpha, needed };
}

const readFacts: Readonly<Record<string, (bytes: Reader, facts: Facts) => void>> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/gif': readGif,
  'image/webp': readWebp,
  'image/avif': readHeif,
  'image/heic': readHeif,
  'image/heif': readHeif,
  'image/bmp': readBmp,
  'image/tiff': readTiff,
  'image/svg+xml': readSvg,
};

/** The longest beginning that any of the types is known by. */
const longestMagic = 16;

function typeOf(bytes: Reader): string | null {
  const begins = (magic: string, at = 0): boolean => bytes.has(at, magic);
  if (begins('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (begins('\u0089PNG\r\n\u001a\n')) return 'image/png';
  if (begins('GIF87a') || begins('GIF89a')) return 'image/gif';
  if (begins('RIFF') && begins('WEBP', 8)) return 'image/webp';
  if (begins('II*\0') || begins('MM\0*')) return 'image/tiff';
  if (begins('BM') && begins('\0\0\0\0', 6)) return 'image/bmp';
  if (begins('%PDF-')) return 'application/pdf';
  if (begins('ftyp', 4)) return heifType(bytes);
  if (bytes.length < longestMagic) throw new ShortOfBytes(longestMagic);
  return isSvg(bytes) ? 'image/svg+xml' : null;
}
