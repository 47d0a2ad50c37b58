import type { Strictness } from '../strip.ts';
import { type Bytes, ascii, join, little, littleBytes, text } from './bytes.ts';
import { cleanExif } from './exif.ts';

const exifFlag = 0x08;
const xmpFlag = 0x04;
const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

export function stripWebp(bytes: Bytes, strictness: Strictness): Bytes {
  const parts: (Bytes | number[])[] = [];
  let header: Bytes | null = null;
  let exif: Bytes | null = null;
  const end = Math.min(bytes.length, little(bytes, 4, 4) + 8);
  for (let at = 12; at + 8 <= end;) {
    const size = little(bytes, at + 4, 4);
    const type = text(bytes, at, 4);
    const next = at + 8 + size + (size % 2);
    if (type === 'VP8X') {
      header = bytes.slice(at, next);
      parts.push(header);
    } else if (kept.has(type)) parts.push(bytes.subarray(at, Math.min(next, end)));
    else if (type === 'EXIF') exif = bytes.slice(at + 8, at + 8 + size);
    at = next;
  }
  if (header !== null) {
    const block = strictness === 'strip-gps' && exif !== null ? placeless(exif) : null;
    header[8] = ((header[8] ?? 0) & ~(exifFlag | xmpFlag)) | (block === null ? 0 : exifFlag);
    if (block !== null)
      parts.push([...ascii('EXIF'), ...littleBytes(block.length, 4), ...block, ...(block.length % 2 === 1 ? [0] : [])]);
  }
  const size = parts.reduce((sum, part) => sum + part.length, 4);
  return join([ascii('RIFF'), littleBytes(size, 4), ascii('WEBP'), ...parts]);
}

const placeless = (exif: Bytes): number[] => [
  ...cleanExif(text(exif, 0, 4) === 'Exif' ? exif.slice(6) : exif, null, false),
];
