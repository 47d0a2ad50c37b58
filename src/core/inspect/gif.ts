import type { Facts } from './facts.ts';
import type { Reader } from './reader.ts';

/** Only a second frame proves an animation, so a still GIF is read to its end. */
export function readGif(bytes: Reader, facts: Facts): void {
  facts.storedWidth = bytes.uint(6, 2, true);
  facts.storedHeight = bytes.uint(8, 2, true);
  let at = 13 + colourTable(bytes.u8(10));
  for (let frames = 0; ;) {
    const block = bytes.u8(at);
    if (block === 0x21) {
      if (bytes.u8(at + 1) === 0xf9 && (bytes.u8(at + 3) & 1) === 1) facts.alpha ??= true;
      at = endOfData(bytes, at + 2);
    } else if (block === 0x2c) {
      frames += 1;
      if (frames === 2) break;
      const covers =
        bytes.uint(at + 5, 2, true) >= facts.storedWidth && bytes.uint(at + 7, 2, true) >= facts.storedHeight;
      facts.alpha ??= !covers;
      at = endOfData(bytes, at + 11 + colourTable(bytes.u8(at + 9)));
    } else {
      facts.animated = false;
      return;
    }
  }
  facts.animated = true;
}

const colourTable = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

function endOfData(bytes: Reader, from: number): number {
  let at = from;
  for (let size = bytes.u8(at); size > 0; size = bytes.u8(at)) at += size + 1;
  return at + 1;
}
