import { type Bytes, big, bigBytes, little, littleBytes } from './bytes.ts';

/** A TIFF block that says nothing but how to turn the picture. */
export const orientationOnly = (orientation: number): number[] => {
  const head = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0];
  const entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0];
  return [...head, ...entry, 0, 0, 0, 0];
};

const orientationTag = 0x0112;
const gpsTag = 0x8825;
const exifTag = 0x8769;
/** Makers write what they like in here, places too. */
const makerNoteTag = 0x927c;
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** The same block with the place overwritten by zeros, its maker's notes too; `orientation` set where given. */
export function cleanExif(block: Bytes, orientation: number | null, keepPlace: boolean): Bytes {
  const bytes = block.slice();
  const isLittle = bytes[0] === 0x49;
  const read = isLittle ? little : big;
  const walk = (start: number, visit: (tag: number, entry: number) => void): void => {
    const count = start + 2 <= bytes.length ? read(bytes, start, 2) : 0;
    for (let entry = start + 2; entry < Math.min(start + 2 + count * 12, bytes.length - 11); entry += 12) {
      visit(read(bytes, entry, 2), entry);
    }
  };
  const wipe = (entry: number): void => {
    const size = (sizes[read(bytes, entry + 2, 2)] ?? 1) * read(bytes, entry + 4, 4);
    const at = read(bytes, entry + 8, 4);
    if (size > 4) bytes.fill(0, at, at + size);
    bytes.fill(0, entry + 2, entry + 12);
  };
  walk(read(bytes, 4, 4), (tag, entry) => {
    const at = read(bytes, entry + 8, 4);
    if (tag === orientationTag && orientation !== null) {
      bytes.set([...(isLittle ? littleBytes : bigBytes)(orientation, 2), 0, 0], entry + 8);
    }
    if (keepPlace) return;
    if (tag === gpsTag) {
      walk(at, (_, inner) => wipe(inner));
      bytes.fill(0, at, at + 2);
      wipe(entry);
    }
    if (tag === exifTag) walk(at, (inner, innerEntry) => inner === makerNoteTag && wipe(innerEntry));
  });
  return bytes;
}
