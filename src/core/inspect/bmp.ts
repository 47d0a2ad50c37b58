import type { Facts } from './facts.ts';
import type { Reader } from './reader.ts';

export function readBmp(bytes: Reader, facts: Facts): void {
  facts.animated = false;
  const header = bytes.uint(14, 4, true);
  if (header === 12) {
    facts.storedWidth = bytes.uint(18, 2, true);
    facts.storedHeight = bytes.uint(20, 2, true);
    facts.alpha = false;
    return;
  }
  facts.storedWidth = Math.abs(bytes.uint(18, 4, true) | 0);
  // a negative height means that the rows run from the top
  facts.storedHeight = Math.abs(bytes.uint(22, 4, true) | 0);
  facts.alpha = header >= 56 && bytes.uint(28, 2, true) === 32;
}
