import type { Facts } from './facts.ts';
import type { Reader } from './reader.ts';

/**
 * The three ways a WebP can begin: lossy, lossless, or extended with a canvas of its own. Its EXIF, which comes
 * after the pixels, turns nothing in browsers, so it turns nothing here.
 */
export function readWebp(bytes: Reader, facts: Facts): void {
  facts.animated = false;
  const kind = bytes.text(12, 4);
  if (kind === 'VP8 ') {
    facts.storedWidth = bytes.uint(26, 2, true) & 0x3fff;
    facts.storedHeight = bytes.uint(28, 2, true) & 0x3fff;
    facts.alpha = false;
  } else if (kind === 'VP8L') {
    const bits = bytes.uint(21, 4, true);
    facts.storedWidth = (bits & 0x3fff) + 1;
    facts.storedHeight = ((bits >>> 14) & 0x3fff) + 1;
    facts.alpha = ((bits >>> 28) & 1) === 1;
  } else if (kind === 'VP8X') {
    const flags = bytes.u8(20);
    facts.storedWidth = bytes.uint(24, 3, true) + 1;
    facts.storedHeight = bytes.uint(27, 3, true) + 1;
    facts.alpha = (flags & 0x10) !== 0;
    facts.animated = (flags & 0x02) !== 0;
  }
}
