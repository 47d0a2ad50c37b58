import { afterEach, expect, it, vi } from 'vitest';
import { processImage } from '../../../src/image/index.ts';
import { jpegOf, mapOfPlaces, pixelsOf } from './pictures.ts';

afterEach(() => vi.unstubAllGlobals());

it('where a policy forbids every worker, the page does the work', async () => {
  const forbidden = vi.fn(function refuse() {
    throw new DOMException('no workers here', 'SecurityError');
  });
  vi.stubGlobal('Worker', forbidden);
  const { file } = await processImage(await jpegOf(mapOfPlaces(480, 320), 6), { width: 48, type: 'image/png' });
  expect(forbidden).toHaveBeenCalled();
  const pixels = await pixelsOf(file);
  expect([pixels.width, pixels.height]).toEqual([48, 32]);
});
