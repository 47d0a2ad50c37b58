import type { Facts } from './facts.ts';
import { type Reader, ifIntact } from './reader.ts';
import { readExif } from './tiff.ts';

/** Everything that matters stands before the first pixel data. */
export function readPng(bytes: Reader, facts: Facts): void {
  let at = 8;
  for (;;) {
    const size = bytes.uint(at, 4);
    const type = bytes.text(at + 4, 4);
    const body = at + 8;
    if (type === 'IHDR') {
      facts.storedWidth = bytes.uint(body, 4);
      facts.storedHeight = bytes.uint(body + 4, 4);
      if ([4, 6].includes(bytes.u8(body + 9))) facts.alpha = true;
    } else if (type === 'tRNS') facts.alpha = true;
    else if (type === 'acTL') facts.animated = bytes.uint(body, 4) > 1;
    else if (type === 'eXIf') ifIntact(() => readExif(bytes.part(body, size), facts));
    else if (type === 'IDAT' || type === 'IEND') break;
    at = body + size + 4;
  }
  facts.alpha ??= false;
  facts.animated ??= false;
}
