import type { Facts } from './facts.ts';
import { type Reader, ifIntact } from './reader.ts';
import { readExif } from './tiff.ts';

const startOfScan = 0xda;
const endOfImage = 0xd9;
const exif = 'Exif\0\0';

/** Walks the segments up to the first scan: the frame header gives the size, the first EXIF block the orientation. */
export function readJpeg(bytes: Reader, facts: Facts): void {
  facts.animated = false;
  facts.alpha = false;
  let exifSeen = false;
  let at = 2;
  for (;;) {
    while (bytes.u8(at) !== 0xff) at += 1;
    while (bytes.u8(at) === 0xff) at += 1;
    const marker = bytes.u8(at);
    at += 1;
    if (marker === startOfScan || marker === endOfImage) return;
    if (hasNoBody(marker)) continue;
    const size = bytes.uint(at, 2);
    if (size < 2) return;
    if (isFrame(marker)) {
      facts.storedHeight = bytes.uint(at + 3, 2);
      facts.storedWidth = bytes.uint(at + 5, 2);
    } else if (marker === 0xe1 && !exifSeen && size > 8) {
      const segment = bytes.part(at + 2, size - 2);
      exifSeen = segment.has(0, exif);
      if (exifSeen) ifIntact(() => readExif(segment.part(exif.length, size - 2 - exif.length), facts));
    }
    at += size;
  }
}

const hasNoBody = (marker: number): boolean => marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** SOF0 to SOF15; three codes of that range mean other things. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
