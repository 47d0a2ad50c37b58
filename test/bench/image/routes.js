import Compressor from 'compressorjs';
import { Pica } from 'pica';
import { processImage } from '../../../src/image/index.ts';

export const target = 512;
const quality = 0.9;

/** The middle square of 80 % of the height, in pixels and as a crop state. */
export function cropOf(width, height) {
  const side = Math.round(height * 0.8);
  const [x, y] = [Math.round((width - side) / 2), Math.round((height - side) / 2)];
  const rect = { x: x / width, y: y / height, width: side / width, height: side / height };
  return { x, y, side, state: { version: 1, rect, quarterTurns: 0, angle: 0, flipX: false, flipY: false } };
}

async function load(file) {
  const image = new Image();
  const url = URL.createObjectURL(file);
  await new Promise((resolve, reject) => {
    image.addEventListener('load', resolve);
    image.addEventListener('error', reject);
    image.src = url;
  });
  URL.revokeObjectURL(url);
  return image;
}

const canvasOf = (width, height) => Object.assign(document.createElement('canvas'), { width, height });
const write = (canvas, type) => new Promise((resolve) => canvas.toBlob(resolve, type, quality));

let pica;

/** Each from a file to a JPEG of 512 × 512. */
export const routes = {
  /** What the web copies from a cropper's documentation: the whole picture on a canvas, the crop on a second, the size on a third. */
  'docs recipe': async (file, { x, y, side }, type) => {
    const image = await load(file);
    const whole = canvasOf(image.width, image.height);
    const context = whole.getContext('2d');
    context.translate(image.width / 2, image.height / 2);
    context.rotate(0);
    context.scale(1, 1);
    context.translate(-image.width / 2, -image.height / 2);
    context.drawImage(image, 0, 0);
    const cut = canvasOf(side, side);
    cut.getContext('2d').drawImage(whole, x, y, side, side, 0, 0, side, side);
    const small = canvasOf(target, target);
    small.getContext('2d').drawImage(cut, 0, 0, target, target);
    return await write(small, type);
  },
  slipway: async (file, { state }, type) =>
    (await processImage(file, { crop: state, width: target, type, quality })).file,
  pica: async (file, { x, y, side }, type) => {
    pica ??= new Pica();
    const image = await load(file);
    const cut = canvasOf(side, side);
    cut.getContext('2d').drawImage(image, x, y, side, side, 0, 0, side, side);
    const small = await pica.resize(cut, canvasOf(target, target), { filter: 'lanczos3' });
    return await pica.toBlob(small, type, quality);
  },
  /** Crops to the middle by itself, not to our square: time only. */
  compressorjs: (file) =>
    new Promise((resolve, reject) => {
      const options = { width: target, height: target, resize: 'cover', quality, mimeType: 'image/jpeg' };
      return new Compressor(file, { ...options, success: resolve, error: reject });
    }),
};
