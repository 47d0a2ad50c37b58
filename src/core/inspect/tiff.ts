import { type Facts, toOrientation } from './facts.ts';
import type { Reader } from './reader.ts';

const orientation = 274;

/** A TIFF file. The same directory, inside other formats, is EXIF. */
export function readTiff(bytes: Reader, facts: Facts): void {
  const tags = readDirectory(bytes);
  facts.storedWidth = tags.get(256) ?? null;
  facts.storedHeight = tags.get(257) ?? null;
  facts.orientation = toOrientation(tags.get(orientation) ?? 1);
  facts.animated = false;
}

export function readExif(bytes: Reader, facts: Facts): void {
  facts.orientation = toOrientation(readDirectory(bytes).get(orientation) ?? 1);
}

/** The short and long numbers of the first directory, by tag. */
function readDirectory(bytes: Reader): Map<number, number> {
  const little = bytes.has(0, 'II');
  const tags = new Map<number, number>();
  if ((!little && !bytes.has(0, 'MM')) || bytes.uint(2, 2, little) !== 42) return tags;
  const start = bytes.uint(4, 4, little);
  const count = bytes.uint(start, 2, little);
  for (let entry = start + 2; entry < start + 2 + count * 12; entry += 12) {
    const tag = bytes.uint(entry, 2, little);
    const type = bytes.uint(entry + 2, 2, little);
    // browsers turn a picture only by a short, and what they show is what counts
    const size = type === 3 ? 2 : type === 4 && tag !== orientation ? 4 : 0;
    if (size > 0) tags.set(tag, bytes.uint(entry + 8, size, little));
  }
  return tags;
}
