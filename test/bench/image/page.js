import { processImage } from '../../../src/image/index.ts';
import { pngHeader } from '../../images/headers.ts';
import { makePhoto } from './picture.js';
import { reference, ssim } from './reference.js';
import { cropOf, routes, target } from './routes.js';

const sources = new Map();
let fresh = 0;
let longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: 'longtask' });

/** A file no cache has seen: other bytes behind the end of the picture. */
function coldCopy(name) {
  const tail = new Uint8Array(16);
  new DataView(tail.buffer).setUint32(0, (fresh += 1));
  return new File([sources.get(name).blob, tail], 'photo.jpg', { type: 'image/jpeg' });
}

/** 16000 × 16000 pixels of black in about 31 kB: the header alone says how much it would take. */
async function makeBomb() {
  const rows = new Blob([new Uint8Array(16_000 * 2001)]).stream().pipeThrough(new CompressionStream('deflate'));
  const data = new Uint8Array(await new Response(rows).arrayBuffer());
  return new File([pngHeader(16_000, 16_000, { colour: 0, data })], 'bomb.png');
}

globalThis.bench = {
  async refuse() {
    const file = await makeBomb();
    const times = [];
    let words = '';
    for (let round = 0; round < 9; round += 1) {
      const start = performance.now();
      await processImage(file, { width: target }).catch((error) => (words = error.message));
      times.push(performance.now() - start);
    }
    return { size: file.size, words, time: times.sort((a, b) => a - b)[4] };
  },
  async make(name, width, height) {
    const blob = await makePhoto(width, height);
    sources.set(name, { blob, width, height });
    return blob.size;
  },
  async run(name, route) {
    const { width, height } = sources.get(name);
    const file = coldCopy(name);
    await new Promise((resolve) => setTimeout(resolve, 150));
    longest = 0;
    const start = performance.now();
    const result = await routes[route](file, cropOf(width, height), 'image/jpeg');
    const time = performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 150));
    return { time, longest, bytes: result.size };
  },
  /** Of the pixels, before JPEG adds its own losses. */
  async likeness(name, route) {
    const { blob, width, height } = sources.get(name);
    const result = await routes[route](blob, cropOf(width, height), 'image/png');
    const { x, y, side } = cropOf(width, height);
    const bitmap = await createImageBitmap(blob);
    const whole = new OffscreenCanvas(side, side).getContext('2d');
    whole.drawImage(bitmap, -x, -y);
    const wanted = reference(whole.getImageData(0, 0, side, side).data, side, target);
    const made = new OffscreenCanvas(target, target).getContext('2d');
    made.drawImage(await createImageBitmap(result), 0, 0);
    return ssim(wanted, made.getImageData(0, 0, target, target).data, target);
  },
};
