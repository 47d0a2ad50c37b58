import { afterEach, expect, it, vi } from 'vitest';
import { processImage } from '../../../src/image/index.ts';
import workerUrl from '../../../src/image/worker.ts?worker&url';
import { jpegOf, mapOfPlaces } from './pictures.ts';

afterEach(() => vi.unstubAllGlobals());

it('a page that forbids blob: workers may give the address of one', async () => {
  const asked: string[] = [];
  class Watched extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      asked.push(String(url));
      super(url, options);
    }
  }
  vi.stubGlobal('Worker', Watched);
  const result = await processImage(await jpegOf(mapOfPlaces(480, 320)), { width: 48, workerUrl });
  expect(result.width).toBe(48);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('worker');
  expect(asked[0]?.startsWith('blob:')).toBe(false);
});
