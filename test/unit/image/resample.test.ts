import { describe, expect, it } from 'vitest';
import { type Span, resample } from '../../../src/image/lanczos.ts';
import { resampleFast } from '../../../src/image/simd.ts';

let state = 5;
const roll = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;

function pixelsOf(width: number, height: number, alpha: boolean): Uint8ClampedArray {
  const pixels = Uint8ClampedArray.from({ length: width * height * 4 }, () => roll() * 256);
  for (let at = 3; at < pixels.length; at += 4) if (!alpha) pixels[at] = 255;
  return pixels;
}

function inOne(pixels: Uint8ClampedArray, x: Span, y: Span, alpha: boolean): Uint8ClampedArray {
  const steps = resample(pixels.slice(), x, y, alpha);
  let turn = steps.next();
  while (turn.done !== true) turn = steps.next();
  return turn.value;
}

const span = (length: number, target: number, from = 0, size = length): Span => ({ length, from, size, target });

describe('resampling', () => {
  it.each([
    ['down', span(97, 31), span(64, 20)],
    ['up', span(20, 61), span(11, 40)],
    ['to an odd width, from between pixels', span(50, 7, 0.4, 48.7), span(50, 9, -0.3, 49.9)],
    ['to one pixel', span(40, 1), span(30, 1)],
    ['of one pixel', span(1, 5), span(1, 4)],
  ])('%s is the same with SIMD and without, to the last bit', async (_name, x, y) => {
    for (const alpha of [false, true]) {
      const pixels = pixelsOf(x.length, y.length, alpha);
      const fast = await resampleFast(pixels.slice(), x, y, alpha);
      expect(fast).not.toBeNull();
      expect(fast).toEqual(inOne(pixels, x, y, alpha));
    }
  });

  it('a plain colour stays what it is', () => {
    const plain = Uint8ClampedArray.from({ length: 90 * 70 * 4 }, (_, index) => [12, 200, 255, 255][index % 4] ?? 0);
    const made = inOne(plain, span(90, 33), span(70, 24), false);
    expect(new Set(Array.from({ length: 33 * 24 }, (_, at) => made.slice(at * 4, at * 4 + 4).join()))).toEqual(
      new Set(['12,200,255,255']),
    );
  });

  it('lies within a level of the same filter in plain floating point', () => {
    const x = span(61, 17, 0.25, 60.5);
    const pixels = pixelsOf(61, 1, false);
    const made = inOne(pixels, x, span(1, 1), false);
    const ratio = x.size / x.target;
    const lanczos = (at: number): number =>
      at === 0
        ? 1
        : Math.abs(at) < 3
          ? (3 * Math.sin(Math.PI * at) * Math.sin((Math.PI * at) / 3)) / (Math.PI * at) ** 2
          : 0;
    for (let index = 0; index < 17; index += 1) {
      const weights = Array.from({ length: 61 }, (_, tap) =>
        lanczos((tap - ((index + 0.5) * ratio - 0.5 + 0.25)) / ratio),
      );
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const exact = weights.reduce((total, weight, tap) => total + (weight / sum) * (pixels[tap * 4] ?? 0), 0);
      expect(Math.abs((made[index * 4] ?? 0) - Math.min(255, Math.max(0, exact)))).toBeLessThan(1);
    }
  });
});
