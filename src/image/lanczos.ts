/** Where the part to resample lies in the source pixels, along one axis. */
export interface Span {
  /** Whole pixels at hand. */
  length: number;
  /** Where the wanted part begins and how long it is, in fractions of a pixel. */
  from: number;
  size: number;
  /** Pixels wanted. */
  target: number;
}

/** How much each source pixel adds to each target pixel, along one axis. */
export interface Weights {
  /** The first source pixel that adds to it. */
  first: Int32Array;
  /** Taps per target pixel; unused ones weigh nothing. */
  stride: number;
  values: Int32Array;
}

const lobes = 3;
/** Weights are whole numbers of this many bits, and rows between the two passes keep six bits of fraction. */
const weightBits = 14;
const fractionBits = 6;

const kernel = (x: number): number => {
  if (x === 0) return 1;
  const at = Math.PI * x;
  return Math.abs(x) < lobes ? (lobes * Math.sin(at) * Math.sin(at / lobes)) / (at * at) : 0;
};

export function weightsOf({ length, from, size, target }: Span): Weights {
  const ratio = size / target;
  const stretch = Math.max(1, ratio);
  const support = lobes * stretch;
  // a multiple of four, as the second pass takes four rows at a time
  const stride = Math.min(Math.ceil((2 * support + 1) / 4) * 4, Math.ceil(length / 4) * 4);
  const first = new Int32Array(target);
  const values = new Int32Array(target * stride);
  for (let index = 0; index < target; index += 1) {
    const centre = (index + 0.5) * ratio - 0.5 + from;
    const start = Math.min(length - 1, Math.max(0, Math.ceil(centre - support)));
    const end = Math.max(start, Math.min(length - 1, Math.floor(centre + support)));
    const taps = Array.from({ length: end - start + 1 }, (_, tap) => kernel((start + tap - centre) / stretch));
    first[index] = start;
    values.set(toWhole(taps), index * stride);
  }
  return { first, stride, values };
}

/** Adds up to one exactly, so that a plain colour stays what it is; the heaviest tap takes what rounding left. */
function toWhole(taps: readonly number[]): number[] {
  const one = 2 ** weightBits;
  const sum = taps.reduce((total, tap) => total + tap, 0);
  const whole = taps.map((tap) => Math.round((sum === 0 ? 1 / taps.length : tap / sum) * one));
  const heaviest = whole.indexOf(Math.max(...whole));
  whole[heaviest] = (whole[heaviest] ?? 0) + one - whole.reduce((total, tap) => total + tap, 0);
  return whole;
}

/** Rows between two chances to breathe. */
const step = 64;

/**
 * Resamples RGBA pixels by a separable Lanczos filter, on sRGB values, in whole numbers. With `alpha` colours are
 * weighed by it; `source` is then written to. Yields now and then, so that a page may stay alive.
 */
export function* resample(
  source: Uint8ClampedArray,
  x: Span,
  y: Span,
  alpha: boolean,
): Generator<void, Uint8ClampedArray<ArrayBuffer>, void> {
  if (alpha) premultiply(source);
  const across = weightsOf(x);
  const down = weightsOf(y);
  const channels = alpha ? 4 : 3;
  const row = x.target * channels;
  const narrow = new Int16Array(row * y.length);
  const narrowRow = alpha ? narrowFour : narrowThree;
  for (let line = 0; line < y.length; line += 1) {
    narrowRow(source, line * x.length * 4, narrow, line * row, across);
    if (line % step === step - 1) yield;
  }
  const result = new Uint8ClampedArray(x.target * y.target * 4);
  const sums = new Int32Array(row);
  for (let line = 0; line < y.target; line += 1) {
    sums.fill(1 << (weightBits + fractionBits - 1));
    for (let tap = line * down.stride; tap < (line + 1) * down.stride; tap += 4) {
      const above = down.first[line]! + tap - line * down.stride;
      addFourRows(sums, narrow, above, y.length - 1, down.values, tap);
    }
    write(sums, result, line * x.target * 4, channels);
    if (line % step === step - 1) yield;
  }
  if (alpha) divide(result);
  return result;
}

/* The loops below are the hot ones: typed arrays only, indexes always in range, hence the assertions. */

const half = 1 << (weightBits - fractionBits - 1);
const down1 = weightBits - fractionBits;

function narrowThree(from: Uint8ClampedArray, start: number, to: Int16Array, at: number, weights: Weights): void {
  const { first, stride, values } = weights;
  for (let index = 0; index < first.length; index += 1) {
    let red = half;
    let green = half;
    let blue = half;
    let pixel = start + first[index]! * 4;
    for (let tap = index * stride; tap < (index + 1) * stride; tap += 1) {
      const weight = values[tap]!;
      if (weight === 0) {
        pixel += 4;
        continue;
      }
      red = (red + weight * from[pixel]!) | 0;
      green = (green + weight * from[pixel + 1]!) | 0;
      blue = (blue + weight * from[pixel + 2]!) | 0;
      pixel += 4;
    }
    to[at] = red >> down1;
    to[at + 1] = green >> down1;
    to[at + 2] = blue >> down1;
    at += 3;
  }
}

function narrowFour(from: Uint8ClampedArray, start: number, to: Int16Array, at: number, weights: Weights): void {
  const { first, stride, values } = weights;
  for (let index = 0; index < first.length; index += 1) {
    for (let channel = 0; channel < 4; channel += 1) {
      let sum = half;
      let pixel = start + first[index]! * 4 + channel;
      for (let tap = index * stride; tap < (index + 1) * stride; tap += 1) {
        if (values[tap]! !== 0) sum = (sum + values[tap]! * from[pixel]!) | 0;
        pixel += 4;
      }
      to[at + index * 4 + channel] = sum >> down1;
    }
  }
}

function addFourRows(
  sums: Int32Array,
  rows: Int16Array,
  first: number,
  last: number,
  values: Int32Array,
  tap: number,
): void {
  const { length } = sums;
  const [w0, w1, w2, w3] = [values[tap]!, values[tap + 1]!, values[tap + 2]!, values[tap + 3]!];
  // rows past the last one weigh nothing, and have to be somewhere
  let r0 = Math.min(first, last) * length;
  let r1 = Math.min(first + 1, last) * length;
  let r2 = Math.min(first + 2, last) * length;
  let r3 = Math.min(first + 3, last) * length;
  for (let index = 0; index < length; index += 1) {
    sums[index] = (sums[index]! + w0 * rows[r0]! + w1 * rows[r1]! + w2 * rows[r2]! + w3 * rows[r3]!) | 0;
    r0 += 1;
    r1 += 1;
    r2 += 1;
    r3 += 1;
  }
}

function write(sums: Int32Array, to: Uint8ClampedArray, at: number, channels: number): void {
  const shift = weightBits + fractionBits;
  let pixel = at;
  for (let index = 0; index < sums.length; index += channels) {
    to[pixel] = sums[index]! >> shift;
    to[pixel + 1] = sums[index + 1]! >> shift;
    to[pixel + 2] = sums[index + 2]! >> shift;
    to[pixel + 3] = channels === 4 ? sums[index + 3]! >> shift : 255;
    pixel += 4;
  }
}

/** Colours as a canvas keeps them anyway: times their alpha. */
export function premultiply(pixels: Uint8ClampedArray): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!;
    if (alpha === 255) continue;
    pixels[at] = (pixels[at]! * alpha) / 255;
    pixels[at + 1] = (pixels[at + 1]! * alpha) / 255;
    pixels[at + 2] = (pixels[at + 2]! * alpha) / 255;
  }
}

/** The way back. */
export function divide(pixels: Uint8ClampedArray): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!;
    if (alpha === 255 || alpha === 0) continue;
    pixels[at] = (pixels[at]! * 255) / alpha;
    pixels[at + 1] = (pixels[at + 1]! * 255) / alpha;
    pixels[at + 2] = (pixels[at + 2]! * 255) / alpha;
  }
}
