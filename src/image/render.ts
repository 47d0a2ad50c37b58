import { type Matrix, type Size, inOrder, invert, scale } from './matrix.ts';
import { type Span, resample } from './lanczos.ts';
import { resampleFast } from './simd.ts';
import type { RenderFailure } from './render-failure.ts';
import type { RenderPlan } from './plan.ts';

/** What a picture can be drawn from, once decoded. */
export interface Decoded extends Size {
  image: CanvasImageSource;
  /** RGBA of a part, past any canvas; null where that cannot be had. The part lies inside the picture. */
  pixels?: ((part: { x: number; y: number } & Size) => Promise<Uint8ClampedArray | null>) | undefined;
  close(): void;
}

type Canvas = OffscreenCanvas | HTMLCanvasElement;
type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** What differs between a worker and a page. */
export interface Surroundings<C extends Canvas = Canvas> {
  canvas(width: number, height: number): C;
  encode(canvas: C, type: string, quality: number): Promise<Blob>;
  /** Tried in order; null passes on to the next. */
  decoders: readonly ((file: Blob, plan: RenderPlan) => Promise<Decoded | null>)[];
  /** Called between steps of the long loops. */
  breathe(): Promise<void> | null;
}

export interface Rendered extends Size {
  blob: Blob;
}

/** Decodes, cuts, resamples and writes one picture. Whatever it allocates is released, also when it fails. */
export async function render<C extends Canvas>(
  file: Blob,
  plan: RenderPlan,
  where: Surroundings<C>,
): Promise<Rendered> {
  const decoded = await decode(file, plan, where);
  const result = await toSize(await cutOut(decoded, plan, where), plan, where);
  const context = contextOf(result);
  if (plan.mask) maskOut(context, plan);
  try {
    return { blob: await write(result, plan, where), ...plan.output };
  } finally {
    release(result);
  }
}

async function decode(file: Blob, plan: RenderPlan, { decoders }: Surroundings): Promise<Decoded> {
  for (const decoder of decoders) {
    const decoded = await decoder(file, plan);
    if (decoded !== null) return decoded;
  }
  const failure: RenderFailure = { failure: 'corrupt', details: { type: plan.type } };
  throw failure;
}

interface CutOut {
  /** Where it had to be drawn, or the pixels where they could be taken as they are. */
  from: Canvas | Uint8ClampedArray;
  x: Span;
  y: Span;
}

/** Draws the cut-out, upright and unturned, at about twice the wished size; the filter does the rest. */
async function cutOut<C extends Canvas>(decoded: Decoded, plan: RenderPlan, where: Surroundings<C>): Promise<CutOut> {
  try {
    const { cut, output, picture } = plan;
    const given = { x: scaleGiven(decoded.width, picture.width), y: scaleGiven(decoded.height, picture.height) };
    const share = Math.min((given.x * cut.width) / output.width, (given.y * cut.height) / output.height);
    // a picture decoded whole is halved by the browser first, as often as leaves twice the wished size
    const halvings = plan.draft ? 0 : Math.max(0, Math.floor(Math.log2(share / 2)));
    const even = Math.min(given.x, given.y) / 2 ** halvings;
    const factor = plan.draft ? { x: output.width / cut.width, y: output.height / cut.height } : { x: even, y: even };
    const exact = inOrder(scale(1 / given.x, 1 / given.y), invert(plan.matrix), scale(factor.x, factor.y));
    const whole = halvings === 0 && isAligned(exact) ? snapped(exact) : exact;
    const width = Math.max(1, Math.round(cut.width * factor.x));
    const height = Math.max(1, Math.round(cut.height * factor.y));
    const x = { length: width, from: whole[4] - exact[4], size: cut.width * factor.x, target: output.width };
    const y = { length: height, from: whole[5] - exact[5], size: cut.height * factor.y, target: output.height };
    const pixels = whole === exact ? null : await asTheyAre(decoded, whole, x, y);
    if (pixels !== null) return { from: pixels, x, y };
    const canvas = where.canvas(width, height);
    const context = contextOf(canvas);
    if (plan.background !== null) {
      context.fillStyle = plan.background;
      context.fillRect(0, 0, width, height);
    }
    context.imageSmoothingQuality = 'high';
    context.setTransform(...whole);
    context.drawImage(decoded.image, 0, 0);
    return { from: canvas, x, y };
  } finally {
    decoded.close();
  }
}

/** An upright part of an upright picture needs no canvas. */
async function asTheyAre(
  decoded: Decoded,
  [a, b, c, d, e, f]: Matrix,
  x: Span,
  y: Span,
): Promise<Uint8ClampedArray | null> {
  const upright = a === 1 && b === 0 && c === 0 && d === 1;
  const inside = e <= 0 && f <= 0 && x.length - e <= decoded.width && y.length - f <= decoded.height;
  if (!upright || !inside || decoded.pixels === undefined) return null;
  return await decoded.pixels({ x: -e, y: -f, width: x.length, height: y.length });
}

/** JPEG decoders scale by eighths and round the size up, so the size alone would be a little off. */
function scaleGiven(decoded: number, length: number): number {
  const eighths = Math.round((8 * decoded) / length);
  return Math.ceil((length * eighths) / 8) === decoded ? eighths / 8 : decoded / length;
}

/** One pixel of the decoded picture is one of the canvas: no turn but quarter turns, no scale. */
const isAligned = ([a, b, c, d]: Matrix): boolean =>
  [a, b, c, d].every((value) => Math.abs(Math.abs(value) - Math.round(Math.abs(value))) < 1e-9);

/** Moved to whole pixels, so that drawing copies instead of blurring. The filter carries the rest. */
const snapped = ([a, b, c, d, e, f]: Matrix): Matrix => {
  const clean = Math.round;
  return [clean(a), clean(b), clean(c), clean(d), clean(e), clean(f)];
};

async function toSize<C extends Canvas>({ from, x, y }: CutOut, plan: RenderPlan, where: Surroundings<C>): Promise<C> {
  const { width, height } = plan.output;
  const isDrawn = !(from instanceof Uint8ClampedArray);
  const same = x.length === width && y.length === height && Math.abs(x.from) + Math.abs(y.from) < 0.01;
  if (same && isDrawn) return from as C;
  const pixels = isDrawn ? contextOf(from).getImageData(0, 0, x.length, y.length).data : from;
  if (isDrawn) release(from);
  const made =
    (await resampleFast(pixels, x, y, plan.alpha)) ?? (await inSteps(resample(pixels, x, y, plan.alpha), where));
  const result = where.canvas(width, height);
  contextOf(result).putImageData(new ImageData(made, width, height), 0, 0);
  return result;
}

async function inSteps<Result>(
  steps: Generator<void, Result, void>,
  { breathe }: Pick<Surroundings, 'breathe'>,
): Promise<Result> {
  let turn = steps.next();
  for (; turn.done !== true; turn = steps.next()) await breathe();
  return turn.value;
}

function maskOut(context: Context, { output, background, types }: RenderPlan): void {
  const [x, y] = [output.width / 2, output.height / 2];
  context.globalCompositeOperation = 'destination-in';
  context.beginPath();
  context.ellipse(x, y, x, y, 0, 0, 2 * Math.PI);
  context.fill();
  if (types[0] === 'image/jpeg') {
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = background ?? '#fff';
    context.fillRect(0, 0, output.width, output.height);
  }
}

const tries = 4;
const leastQuality = 0.3;

/** The wished type if the browser really writes it, and, under `maxBytes`, the best quality that fits in four tries. */
async function write<C extends Canvas>(canvas: C, plan: RenderPlan, where: Surroundings<C>): Promise<Blob> {
  const { types, quality, maxBytes } = plan;
  let blob = await where.encode(canvas, types[0] ?? 'image/png', quality);
  let type = types[0] ?? 'image/png';
  if (blob.type !== type && types[1] !== undefined) {
    type = types[1];
    if (blob.type !== type) blob = await where.encode(canvas, type, quality);
  }
  if (maxBytes === null || blob.size <= maxBytes) return blob;
  let smallest = blob.size;
  let best: Blob | null = null;
  let [low, high] = [leastQuality, quality];
  for (let left = type === 'image/png' ? 0 : tries - 1; left > 0; left -= 1) {
    // the last chance without a hit is the lowest quality there is
    const middle: number = left === 1 && best === null ? leastQuality : (low + high) / 2;
    const tried = await where.encode(canvas, type, middle);
    smallest = Math.min(smallest, tried.size);
    if (tried.size <= maxBytes) [best, low] = [tried, middle];
    else high = middle;
  }
  if (best !== null) return best;
  const failure: RenderFailure = { failure: 'output-too-large', details: { size: smallest, maxBytes } };
  throw failure;
}

function contextOf(canvas: Canvas): Context {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2d context');
  return context;
}

/** iOS counts a canvas until it is collected, unless it is made small first. */
function release(canvas: Canvas): void {
  canvas.width = 1;
  canvas.height = 1;
}
