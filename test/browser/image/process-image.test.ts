import { describe, expect, it } from 'vitest';
import type { CropState } from '../../../src/core/crop-state.ts';
import {
  cutToPicture,
  frameOf,
  initialCrop,
  noLimits,
  quarterTurn,
  turnTo,
  zoomTo,
} from '../../../src/image/geometry.ts';
import { processImage } from '../../../src/image/index.ts';
import { apply } from '../../../src/image/matrix.ts';
import { colourAt, jpegOf, mapOfPlaces, pixelsOf } from './pictures.ts';

const seen = { width: 480, height: 320 };
const map = mapOfPlaces(seen.width, seen.height);

/** The worst distance, in colour steps, between each checked pixel and the place it should show. */
async function worstMistake(file: Blob, state: CropState): Promise<number> {
  const pixels = await pixelsOf(file);
  const frame = frameOf(state, seen);
  const matrix = cutToPicture(state, seen);
  let worst = 0;
  for (let u = 0.1; u < 1; u += 0.2) {
    for (let v = 0.1; v < 1; v += 0.2) {
      const x = Math.floor(u * pixels.width);
      const y = Math.floor(v * pixels.height);
      const place = apply(matrix, {
        x: ((x + 0.5) / pixels.width) * frame.width,
        y: ((y + 0.5) / pixels.height) * frame.height,
      });
      const [red = 0, green = 0] = colourAt(pixels, x, y);
      worst = Math.max(
        worst,
        Math.abs(red - (place.x / seen.width) * 255),
        Math.abs(green - (place.y / seen.height) * 255),
      );
    }
  }
  return worst;
}

const limits = { ...noLimits, aspect: 1 };
const centre = initialCrop(seen, 1);
const corner = {
  ...zoomTo(centre, seen, limits, 2),
  rect: { ...zoomTo(centre, seen, limits, 2).rect, x: 0.02, y: 0.05 },
};
const crops: [name: string, state: CropState][] = [
  ['the middle', centre],
  ['a corner', corner],
  ['a corner, mirrored', { ...corner, flipX: true }],
  ['a corner, upside down', { ...corner, flipY: true }],
  ['a quarter turned', quarterTurn(corner, seen, limits, 1)],
  ['three quarters turned and mirrored', quarterTurn({ ...corner, flipX: true }, seen, limits, 3)],
  ['turned by 17°', turnTo(zoomTo(centre, seen, limits, 1.6), seen, limits, 17)],
  [
    'turned by −31°, on its side and mirrored twice',
    {
      ...turnTo(quarterTurn(centre, seen, limits, 1), seen, limits, -31),
      flipX: true,
      flipY: true,
    },
  ],
];

describe('the file shows exactly what the crop says', () => {
  describe.each([1, 2, 3, 4, 5, 6, 7, 8])('a photo of orientation %d', (orientation) => {
    it.each(crops)('%s', async (_name, state) => {
      const result = await processImage(await jpegOf(map, orientation), { crop: state, width: 96, type: 'image/png' });
      expect([result.width, result.height]).toEqual([96, 96]);
      expect(result.crop).toEqual(state);
      expect(await worstMistake(result.file, state)).toBeLessThan(4);
    });
  });

  it.each(['image/png', 'image/webp'])('a %s too, which no decoder scales', async (type) => {
    const file = await map.convertToBlob({ type, quality: 1 });
    const result = await processImage(file, { crop: corner, width: 40, type: 'image/png' });
    expect(await worstMistake(result.file, corner)).toBeLessThan(5);
  });

  it('at its native size, enlarged, and as a whole', async () => {
    const file = await jpegOf(map, 6);
    const native = await processImage(file, { crop: corner, type: 'image/png' });
    expect(native.width).toBe(Math.round(frameOf(corner, seen).width));
    expect(await worstMistake(native.file, corner)).toBeLessThan(4);
    const large = await processImage(file, { crop: corner, width: 400, upscale: true, type: 'image/png' });
    expect(large.width).toBe(400);
    expect(await worstMistake(large.file, corner)).toBeLessThan(4);
    expect((await processImage(file, { crop: corner, width: 400 })).width).toBe(native.width);
  });
});

describe('sizes', () => {
  it.each([
    [{ width: 240 }, [240, 160]],
    [{ height: 80 }, [120, 80]],
    [{ width: 100, height: 100 }, [100, 100]],
    [{ width: 100, height: 100, fit: 'contain' as const }, [100, 67]],
    [{ maxWidth: 100 }, [100, 67]],
    [{ maxWidth: 1000, type: 'image/png' }, [480, 320]],
    [{ width: 960 }, [480, 320]],
    [{ width: 960, upscale: true }, [960, 640]],
  ])('%j gives %j', async (options, size) => {
    const { width, height, file } = await processImage(await jpegOf(map), options);
    expect([width, height]).toEqual(size);
    const pixels = await pixelsOf(file);
    expect([pixels.width, pixels.height]).toEqual(size);
  });

  it('a frame of fewer pixels than the least is refused with the numbers', async () => {
    const options = { crop: corner, minOutput: { width: 400, height: 400 } };
    await expect(processImage(await jpegOf(map), options)).rejects.toMatchObject({
      code: 'too-small',
      details: { width: 160, height: 160, minWidth: 400, minHeight: 400 },
    });
  });

  it('maxBytes lowers the quality until it fits, or says that it cannot', async () => {
    const noise = new OffscreenCanvas(300, 300);
    const context = noise.getContext('2d')!;
    const image = context.createImageData(300, 300);
    for (let at = 0; at < image.data.length; at += 1) image.data[at] = at % 4 === 3 ? 255 : (at * 7919) % 251;
    context.putImageData(image, 0, 0);
    const file = await jpegOf(noise);
    const whole = await processImage(file, { width: 290 });
    const small = await processImage(file, { width: 290, maxBytes: Math.round(whole.file.size * 0.7) });
    expect(small.file.size).toBeLessThanOrEqual(Math.round(whole.file.size * 0.7));
    await expect(processImage(file, { width: 290, maxBytes: 500 })).rejects.toMatchObject({ code: 'output-too-large' });
  });
});

describe('types and see-through pixels', () => {
  const half = new OffscreenCanvas(100, 100);
  half.getContext('2d')!.fillRect(0, 0, 50, 100);

  it('a see-through picture stays so, and its edges do not darken', async () => {
    const pixels = await pixelsOf((await processImage(await half.convertToBlob(), { width: 50 })).file);
    expect(colourAt(pixels, 10, 25)).toEqual([0, 0, 0, 255]);
    expect(colourAt(pixels, 40, 25)[3]).toBe(0);
  });

  it('as JPEG it stands on white, or on the colour one asks for', async () => {
    const png = await half.convertToBlob();
    const onWhite = await processImage(png, { type: 'image/jpeg' });
    expect(onWhite.file.name).toBe('image.jpg');
    expect(colourAt(await pixelsOf(onWhite.file), 80, 50).every((value) => value > 250)).toBe(true);
    const onRed = await pixelsOf((await processImage(png, { type: 'image/jpeg', background: 'rgb(255 0 0)' })).file);
    expect(colourAt(onRed, 80, 50)[1]).toBeLessThan(10);
  });

  it('mask cuts a circle out of the file, in a type that can be see-through', async () => {
    const result = await processImage(await jpegOf(map), { crop: centre, width: 64, mask: true });
    expect(result.type).toBe('image/webp');
    const pixels = await pixelsOf(result.file);
    expect(colourAt(pixels, 1, 1)[3]).toBe(0);
    expect(colourAt(pixels, 32, 32)[3]).toBe(255);
  });

  it('what the browser cannot write becomes JPEG, and both type and name say so', async () => {
    const { type, file } = await processImage(await jpegOf(map), { width: 64, type: 'image/avif' });
    expect([type, file.type, file.name]).toEqual(['image/jpeg', 'image/jpeg', 'map.jpg']);
  });

  it('a photo that ends before the picture does shows its background there', async () => {
    const wide: CropState = { ...centre, rect: { x: 0, y: -0.25, width: 1, height: 1.5 } };
    const options = { crop: wide, width: 60, background: 'rgb(0 0 255)', type: 'image/png' };
    const pixels = await pixelsOf((await processImage(await jpegOf(map), options)).file);
    expect(colourAt(pixels, 1, 1)).toEqual([0, 0, 255, 255]);
    expect(colourAt(pixels, 30, 20)[2]).toBeLessThan(140);
  });
});
