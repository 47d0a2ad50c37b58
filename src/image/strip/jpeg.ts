import type { Strictness } from '../strip.ts';
import { type Bytes, ascii, big, bigBytes, join, text } from './bytes.ts';
import { cleanExif, orientationOnly } from './exif.ts';

const exifHead = 'Exif\0\0';

/** Keeps what decoding needs: frames, tables, scans, JFIF, Adobe's colour note and the colour profile. */
export function stripJpeg(bytes: Bytes, orientation: number, strictness: Strictness): Bytes {
  const parts: (Bytes | number[])[] = [[0xff, 0xd8]];
  const exif = exifOf(bytes);
  if (strictness === 'strip-gps' && exif !== null) parts.push(exifSegment([...cleanExif(exif, null, false)]));
  else if (orientation !== 1) parts.push(exifSegment(orientationOnly(orientation)));
  for (const { marker, from, to } of segments(bytes)) {
    const body = text(bytes, from + 4, 12);
    const keep =
      (marker < 0xe0 && marker !== 0xfe) ||
      (marker === 0xe0 && body.startsWith('JFIF')) ||
      (marker === 0xe2 && body.startsWith('ICC_PROFILE')) ||
      (marker === 0xee && body.startsWith('Adobe'));
    if (keep) parts.push(bytes.subarray(from, to));
  }
  return join(parts);
}

/** Puts the EXIF of one JPEG into another one, upright by now, with its place or without. */
export function carryExif(from: Bytes, to: Bytes, metadata: 'keep' | 'strip-gps'): Bytes {
  const exif = exifOf(from);
  if (exif === null) return to;
  const block = cleanExif(exif, 1, metadata === 'keep');
  return join([to.subarray(0, 2), exifSegment([...block]), to.subarray(2)]);
}

const exifSegment = (tiff: readonly number[]): number[] => [
  0xff,
  0xe1,
  ...bigBytes(2 + exifHead.length + tiff.length, 2),
  ...ascii(exifHead),
  ...tiff,
];

function exifOf(bytes: Bytes): Bytes | null {
  for (const { marker, from, to } of segments(bytes)) {
    if (marker === 0xe1 && text(bytes, from + 4, 6) === exifHead) return bytes.slice(from + 10, to);
  }
  return null;
}

interface Segment {
  marker: number;
  from: number;
  to: number;
}

/** Up to and with the end of the picture; a scan's data belongs to its segment. */
function* segments(bytes: Bytes): Generator<Segment> {
  let at = 2;
  while (at + 1 < bytes.length) {
    const from = bytes.indexOf(0xff, at);
    if (from < 0) return;
    const marker = bytes[from + 1] ?? 0;
    if (marker === 0xff) {
      at = from + 1;
      continue;
    }
    if (marker === 0xd9) {
      yield { marker, from, to: from + 2 };
      return;
    }
    const bare = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    let to = bare ? from + 2 : Math.min(from + 2 + Math.max(2, big(bytes, from + 2, 2)), bytes.length);
    if (marker === 0xda) to = endOfScan(bytes, to);
    yield { marker, from, to };
    at = to;
  }
}

/** The next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Bytes, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
