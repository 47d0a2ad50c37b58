import type { Strictness } from '../strip.ts';
import { type Bytes, ascii, big, bigBytes, join, text } from './bytes.ts';
import { cleanExif, orientationOnly } from './exif.ts';

/** What decoding and colour need, and the frames of an animated one. */
const kept = new Set(
  'IHDR PLTE tRNS IDAT IEND gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP mDCV cLLI'.split(' '),
);

export function stripPng(bytes: Bytes, orientation: number, strictness: Strictness): Bytes {
  const parts: (Bytes | number[])[] = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const size = big(bytes, at, 4);
    const type = text(bytes, at + 4, 4);
    const end = at + 12 + size;
    if (kept.has(type)) parts.push(bytes.subarray(at, end));
    if (type === 'eXIf' && strictness === 'strip-gps') {
      parts.push(chunk('eXIf', [...cleanExif(bytes.slice(at + 8, end - 4), null, false)]));
    } else if (type === 'IHDR' && orientation !== 1 && strictness === 'strip') {
      parts.push(chunk('eXIf', orientationOnly(orientation)));
    }
    if (type === 'IEND') break;
    at = end;
  }
  return join(parts);
}

function chunk(type: string, body: readonly number[]): number[] {
  const named = [...ascii(type), ...body];
  return [...bigBytes(body.length, 4), ...named, ...bigBytes(checksum(named), 4)];
}

function checksum(bytes: readonly number[]): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
