import { expect, it } from 'vitest';
import { inspect } from '../../src/core/inspect.ts';
import { bytesOf } from '../images/bytes.ts';
import { bmpHeader, gifHeader, heifHeader, jpegHeader, pngHeader, tiffOf, webpHeader } from '../images/headers.ts';

const seeds = [
  jpegHeader(640, 480, { orientation: 6 }),
  pngHeader(640, 480, { colour: 6 }),
  gifHeader(640, 480, { frames: 2 }),
  webpHeader.lossy(640, 480),
  webpHeader.extended(640, 480, { flags: 0x18, orientation: 3 }),
  heifHeader('avif', 640, 480, { turns: 1, alpha: true }),
  heifHeader('heic', 640, 480, { mirror: 1 }),
  bmpHeader(640, 480),
  tiffOf({ 256: 640, 257: 480, 274: 5 }),
  new TextEncoder().encode('<?xml version="1.0"?><!-- a --><svg viewBox="0 0 4 3" width="4"></svg>'),
  new Uint8Array(64),
];

/** The same numbers on every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function broken(roll: (below: number) => number): Uint8Array {
  const bytes = Uint8Array.from(seeds[roll(seeds.length)] ?? []);
  for (let change = roll(8); change > 0; change -= 1) {
    bytes[roll(bytes.length)] = [0, 255, 1, 0x7f, 0x80, roll(256)][roll(6)] ?? 0;
  }
  return bytes.slice(0, roll(4) === 0 ? roll(bytes.length) : bytes.length);
}

it(
  '100,000 damaged headers end in an answer, which nothing beside the given bytes can change',
  { timeout: 120_000 },
  () => {
    const roll = dice(20_261_120);
    for (let round = 0; round < 100_000; round += 1) {
      const bytes = broken(roll);
      const found = inspect(bytes);
      // the same bytes as a window into a larger buffer: a look past either end would find these neighbours
      const among = bytesOf(seeds[0] ?? [], bytes, seeds[1] ?? []).subarray(
        seeds[0]?.length ?? 0,
        (seeds[0]?.length ?? 0) + bytes.length,
      );
      const again = inspect(among);
      expect(JSON.stringify(again)).toBe(JSON.stringify(found));
      expect(found.needed ?? Infinity).toBeGreaterThan(bytes.length);
    }
    expect(inspect(broken(roll))).toHaveProperty('type');
  },
);

it('a long row of comments, boxes or empty blocks takes no longer than its length', () => {
  const prologs = ['<!---->'.repeat(20_000), '<!DOCTYPE [<'.repeat(5000), '<?xml '.repeat(20_000), ' '.repeat(100_000)];
  for (const prolog of prologs) expect(inspect(new TextEncoder().encode(prolog)).type).toBeNull();
  const blocks = bytesOf(
    gifHeader(2, 2).slice(0, 19),
    new Uint8Array(20_000).map((_, index) => [0x21, 1, 0][index % 3] ?? 0),
  );
  expect(inspect(blocks)).toMatchObject({ type: 'image/gif', animated: null });
  const empty = bytesOf(
    [0, 0, 0, 16],
    'ftypavif',
    [0, 0, 0, 0],
    new Uint8Array(8000).map((_, i) => (i % 8 === 3 ? 8 : 65)),
  );
  expect(inspect(empty).type).toBe('image/avif');
});
