import { type Bytes, join, text } from './bytes.ts';

const trailer = 0x3b;

/** Drops comments and applications' own data, but for the one that says how often a film runs. */
export function stripGif(bytes: Bytes): Bytes {
  let at = 13 + tableSize(bytes[10] ?? 0);
  const parts: (Bytes | number[])[] = [bytes.subarray(0, at)];
  while (at < bytes.length && bytes[at] !== trailer) {
    const from = at;
    const label = bytes[at + 1];
    const isExtension = bytes[at] === 0x21;
    if (!isExtension && bytes[at] !== 0x2c) break;
    at = endOfBlocks(bytes, isExtension ? at + 2 : at + 11 + tableSize(bytes[at + 9] ?? 0));
    const loops = label === 0xff && ['NETSCAPE2.0', 'ANIMEXTS1.0'].includes(text(bytes, from + 3, 11));
    if (!isExtension || label === 0xf9 || loops) parts.push(bytes.subarray(from, at));
  }
  return join([...parts, [trailer]]);
}

const tableSize = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

function endOfBlocks(bytes: Bytes, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
  return at + 1;
}
