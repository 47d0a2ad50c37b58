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

interface Weights {
  first: Int32Array;
  count: Int32Array;
  /** `stride` numbers per target pixel. */
  values: Float32Array;
  stride: number;
}

const lobes = 3;

const kernel = (x: number): number => {
  if (x === 0) return 1;
  const at = Math.PI * x;
  return Math.abs(x) < lobes ? (lobes * Math.sin(at) * Math.sin(at / lobes)) / (at * at) : 0;
};

function weightsOf({ length, from, size, target }: Span): Weights {
  const ratio = size / target;
  const stretch = Math.max(1, ratio);
  const support = lobes * stretch;
  const stride = Math.ceil(support) * 2 + 2;
  const weights = {
    first: new Int32Array(target),
    count: new Int32Array(target),
    values: new Float32Array(target * stride),
    stride,
  };
  for (let index = 0; index < target; index += 1) {
    const centre = (index + 0.5) * ratio - 0.5 + from;
    const first = Math.min(length - 1, Math.max(0, Math.ceil(centre - support)));
    const last = Math.max(first, Math.min(length - 1, Math.floor(centre + support)));
    let sum = 0;
    for (let tap = first; tap <= last; tap += 1) sum += kernel((tap - centre) / stretch);
    for (let tap = first; tap <= last; tap += 1) {
      weights.values[index * stride + tap - first] = sum === 0 ? 1 : kernel((tap - centre) / stretch) / sum;
    }
    weights.first[index] = first;
    weights.count[index] = last - first + 1;
  }
  return weights;
}

/** Rows between two chances to breathe. */
const step = 64;

/**
 * Resamples RGBA pixels by a separable Lanczos filter, on sRGB values; with `alpha` colours are weighed by it.
 * Yields now and then, so that a page may stay alive; a worker just runs it through.
 */
export function* resample(
  source: Uint8ClampedArray,
  x: Span,
  y: Span,
  alpha: boolean,
): Generator<void, Uint8ClampedArray<ArrayBuffer>, void> {
  const across = weightsOf(x);
  const down = weightsOf(y);
  const channels = alpha ? 4 : 3;
  const row = x.target * channels;
  const narrow = new Float32Array(row * y.length);
  for (let line = 0; line < y.length; line += 1) {
    if (alpha) narrowWithAlpha(source, line * x.length * 4, narrow, line * row, across);
    else narrowOpaque(source, line * x.length * 4, narrow, line * row, across);
    if (line % step === step - 1) yield;
  }
  const result = new Uint8ClampedArray(x.target * y.target * 4);
  const sums = new Float32Array(row);
  for (let line = 0; line < y.target; line += 1) {
    sums.fill(0);
    const first = down.first[line] ?? 0;
    for (let tap = 0; tap < (down.count[line] ?? 0); tap += 1) {
      addRow(sums, narrow, (first + tap) * row, down.values[line * down.stride + tap] ?? 0);
    }
    if (alpha) writeWithAlpha(sums, result, line * x.target * 4);
    else writeOpaque(sums, result, line * x.target * 4);
    if (line % step === step - 1) yield;
  }
  return result;
}

/* The loops below are the hot ones: typed arrays only, indexes always in range, hence the assertions. */

function narrowOpaque(from: Uint8ClampedArray, start: number, to: Float32Array, at: number, weights: Weights): void {
  const { first, count, values, stride } = weights;
  for (let index = 0; index < first.length; index += 1) {
    let [red, green, blue] = [0, 0, 0];
    let pixel = start + first[index]! * 4;
    const end = index * stride + count[index]!;
    for (let tap = index * stride; tap < end; tap += 1) {
      const weight = values[tap]!;
      red += weight * from[pixel]!;
      green += weight * from[pixel + 1]!;
      blue += weight * from[pixel + 2]!;
      pixel += 4;
    }
    to[at + index * 3] = red;
    to[at + index * 3 + 1] = green;
    to[at + index * 3 + 2] = blue;
  }
}

function narrowWithAlpha(from: Uint8ClampedArray, start: number, to: Float32Array, at: number, weights: Weights): void {
  const { first, count, values, stride } = weights;
  for (let index = 0; index < first.length; index += 1) {
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    let pixel = start + first[index]! * 4;
    const end = index * stride + count[index]!;
    for (let tap = index * stride; tap < end; tap += 1) {
      const weight = values[tap]! * from[pixel + 3]!;
      red += weight * from[pixel]!;
      green += weight * from[pixel + 1]!;
      blue += weight * from[pixel + 2]!;
      alpha += weight;
      pixel += 4;
    }
    to[at + index * 4] = red;
    to[at + index * 4 + 1] = green;
    to[at + index * 4 + 2] = blue;
    to[at + index * 4 + 3] = alpha;
  }
}

function addRow(sums: Float32Array, rows: Float32Array, at: number, weight: number): void {
  for (let index = 0; index < sums.length; index += 1) sums[index]! += weight * rows[at + index]!;
}

function writeOpaque(sums: Float32Array, to: Uint8ClampedArray, at: number): void {
  let pixel = at;
  for (let index = 0; index < sums.length; index += 3) {
    to[pixel] = sums[index]!;
    to[pixel + 1] = sums[index + 1]!;
    to[pixel + 2] = sums[index + 2]!;
    to[pixel + 3] = 255;
    pixel += 4;
  }
}

function writeWithAlpha(sums: Float32Array, to: Uint8ClampedArray, at: number): void {
  for (let index = 0; index < sums.length; index += 4) {
    const alpha = sums[index + 3]!;
    if (alpha <= 0) continue;
    to[at + index] = sums[index]! / alpha;
    to[at + index + 1] = sums[index + 1]! / alpha;
    to[at + index + 2] = sums[index + 2]! / alpha;
    to[at + index + 3] = alpha;
  }
}
