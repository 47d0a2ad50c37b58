import { describe, expect, it, vi } from 'vitest';
import { processImage } from '../../../src/image/index.ts';
import { runPlan } from '../../../src/image/run.ts';
import { renderOnPage } from '../../../src/image/on-page.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { planRender } from '../../../src/image/plan.ts';
import { big, bytesOf } from '../../images/bytes.ts';
import { gifHeader, heifHeader, jpegHeader, pngHeader } from '../../images/headers.ts';
import { jpegOf, mapOfPlaces, pixelsOf } from './pictures.ts';

const map = mapOfPlaces(480, 320);
const fileOf = (...parts: BlobPart[]): File => new File(parts, 'photo.jpg', { type: 'image/jpeg' });

/** 16000 × 16000 black pixels in about 31 kB. */
async function bomb(): Promise<Uint8Array<ArrayBuffer>> {
  const rows = new Blob([new Uint8Array(16_000 * 2001)]).stream().pipeThrough(new CompressionStream('deflate'));
  const data = new Uint8Array(await new Response(rows).arrayBuffer());
  return bytesOf(pngHeader(16_000, 16_000, { colour: 0, data }));
}

describe('what is refused, and with which words', () => {
  it('a small file of 16000 × 16000 pixels, before anything is decoded', async () => {
    const decode = vi.spyOn(globalThis, 'createImageBitmap');
    const bytes = await bomb();
    expect(bytes.length).toBeLessThan(40_000);
    const refusal = await processImage(fileOf(bytes), { width: 100 }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'too-many-pixels',
      details: { width: 16_000, height: 16_000, maxPixels: 50_000_000 },
    });
    expect(String(refusal)).toContain('16000 × 16000');
    expect(decode).not.toHaveBeenCalled();
    decode.mockRestore();
  });

  it.each([
    ['a picture too long for a canvas', jpegHeader(20_000, 1000), 'too-many-pixels'],
    ['a picture as thin as a thread', jpegHeader(6000, 10), 'too-many-pixels'],
    ['a height of zero', jpegHeader(640, 0), 'corrupt'],
    ['a header with nothing behind it', jpegHeader(640, 480), 'corrupt'],
    ['a PNG without pixels', pngHeader(640, 480), 'corrupt'],
    [
      'text that calls itself a photo',
      new TextEncoder().encode('I am a photo, trust me. I really am.'),
      'not-an-image',
    ],
    ['a PDF', new TextEncoder().encode('%PDF-1.7 and then some more bytes'), 'not-an-image'],
    [
      'an SVG, as it can hold scripts',
      new TextEncoder().encode('<svg width="9" height="9"><script>1</script></svg>'),
      'not-an-image',
    ],
    ['a HEIC this browser cannot read', heifHeader('heic', 64, 48), 'no-decoder'],
    ['nothing at all', new Uint8Array(), 'not-an-image'],
  ])('%s', async (_name, bytes, code) => {
    await expect(processImage(fileOf(bytesOf(bytes)), { width: 32 })).rejects.toMatchObject({ code, at: 'prepare' });
  });

  it('a header that promises more than the file holds', async () => {
    const png = new Uint8Array(await (await map.convertToBlob()).arrayBuffer());
    png.set(big(4000, 4), 16);
    await expect(processImage(fileOf(png), { width: 32 })).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('an animation, where the host wants none', async () => {
    const file = fileOf(bytesOf(gifHeader(4, 4, { frames: 3 })));
    await expect(processImage(file, { animated: 'reject' })).rejects.toMatchObject({ code: 'animated' });
    const through = await processImage(file, { animated: 'passthrough', width: 2 });
    expect([through.type, through.file.name]).toEqual(['image/gif', 'photo.gif']);
  });

  it('an SVG is drawn where the host allows it', async () => {
    const svg = new File(
      ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path fill="#f00" d="M0 0h20v10H0z"/></svg>'],
      'a.svg',
    );
    const result = await processImage(svg, { svg: 'rasterise', width: 40, upscale: true, type: 'image/png' });
    expect([result.width, result.height, result.file.name]).toEqual([40, 20, 'a.png']);
    const { data } = await pixelsOf(result.file);
    expect(Array.from(data.slice(0, 4))).toEqual([255, 0, 0, 255]);
  });

  it('a decoder the host brings reads what the browser cannot', async () => {
    const heic = new File([bytesOf(heifHeader('heic', 480, 320))], 'beach.heic');
    const decode = vi.fn<(file: Blob) => Promise<Blob>>(() => jpegOf(map));
    const result = await processImage(heic, { width: 48, decode });
    expect([result.width, result.type, result.file.name]).toEqual([48, 'image/jpeg', 'beach.jpg']);
    expect(decode).toHaveBeenCalledOnce();
  });
});

describe('one job at a time, and none that nobody waits for', () => {
  it('an abort rejects with its reason and the next job is served', async () => {
    const file = await jpegOf(mapOfPlaces(2000, 1500));
    const controller = new AbortController();
    const first = processImage(file, { width: 1999, signal: controller.signal });
    const second = processImage(file, { width: 100 });
    setTimeout(() => controller.abort(new Error('never mind')), 5);
    await expect(first).rejects.toThrow('never mind');
    expect((await second).width).toBe(100);
  });

  it('many at once all come out right', async () => {
    const file = await jpegOf(map);
    const all = await Promise.all([10, 20, 30, 40].map((width) => processImage(file, { width })));
    expect(all.map(({ width }) => width)).toEqual([10, 20, 30, 40]);
  });

  it('without a worker the page makes the same pixels', async () => {
    const file = await jpegOf(map, 6);
    const plan = planRender(inspect(new Uint8Array(await file.arrayBuffer())), { width: 100, type: 'image/png' });
    const [here, there] = await Promise.all([renderOnPage(file, plan), runPlan(file, plan, {})]);
    const [a, b] = await Promise.all([pixelsOf(here.blob), pixelsOf(there.blob)]);
    expect(a.data).toEqual(b.data);
  });
});
