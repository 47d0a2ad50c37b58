import { afterEach, expect, it, vi } from 'vitest';
import { processImage } from '../../../src/image/index.ts';
import { jpegOf, mapOfPlaces, pixelsOf } from './pictures.ts';

afterEach(() => vi.unstubAllGlobals());

it('where a browser says only later that it forbids the worker, the page does the work', async () => {
  const forbidden = vi.fn(function refuse() {
    const worker = new EventTarget();
    setTimeout(() => worker.dispatchEvent(new Event('error')));
    return worker;
  });
  vi.stubGlobal('Worker', forbidden);
  const { file } = await processImage(await jpegOf(mapOfPlaces(480, 320), 6), { width: 48, type: 'image/png' });
  expect(forbidden).toHaveBeenCalled();
  const pixels = await pixelsOf(file);
  expect([pixels.width, pixels.height]).toEqual([48, 32]);
});
