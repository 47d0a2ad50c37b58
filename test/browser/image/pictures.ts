import { bytesOf } from '../../images/bytes.ts';
import { exifSegment } from '../../images/headers.ts';

/** Red grows to the right and green downwards, so each colour says where it comes from. */
export function mapOfPlaces(width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      image.data.set([((x + 0.5) / width) * 255, ((y + 0.5) / height) * 255, 128, 255], (y * width + x) * 4);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** How each orientation stores a picture: the canvas transform from what is seen to what is kept. */
const storing: Record<number, (w: number, h: number) => [number, number, number, number, number, number]> = {
  1: () => [1, 0, 0, 1, 0, 0],
  2: (w) => [-1, 0, 0, 1, w, 0],
  3: (w, h) => [-1, 0, 0, -1, w, h],
  4: (_w, h) => [1, 0, 0, -1, 0, h],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (w) => [0, -1, 1, 0, 0, w],
  7: (w, h) => [0, -1, -1, 0, h, w],
  8: (_w, h) => [0, 1, -1, 0, h, 0],
};

/** A JPEG that is seen as the given picture, but stored and marked in another orientation. */
export async function jpegOf(seen: OffscreenCanvas, orientation = 1, gps = ''): Promise<File> {
  const swapped = orientation >= 5;
  const stored = new OffscreenCanvas(swapped ? seen.height : seen.width, swapped ? seen.width : seen.height);
  const context = stored.getContext('2d')!;
  context.setTransform(...storing[orientation]!(seen.width, seen.height));
  context.drawImage(seen, 0, 0);
  const blob = await stored.convertToBlob({ type: 'image/jpeg', quality: 0.98 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const marked = bytesOf(bytes.slice(0, 2), exifSegment(orientation, gps), bytes.slice(2));
  return new File([marked], 'map.jpg', { type: 'image/jpeg' });
}

export async function pixelsOf(file: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(file);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

export function colourAt({ data, width }: ImageData, x: number, y: number): number[] {
  const at = (Math.floor(y) * width + Math.floor(x)) * 4;
  return Array.from(data.slice(at, at + 4));
}
