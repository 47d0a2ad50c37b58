import type { RenderPlan } from './plan.ts';
import type { Decoded } from './render.ts';

/** The browser's own image decoder, asked for a smaller scale. Null where it cannot be trusted or does not help. */
export async function decodeScaled(file: Blob, plan: RenderPlan): Promise<Decoded | null> {
  if (plan.scaled === null || !(await scalesRightly())) return null;
  const frame = await decodeFrame(file, plan.type, plan.scaled);
  if (frame === null) return null;
  const { displayWidth: width, displayHeight: height } = frame;
  const { picture, cut, output } = plan;
  const enough =
    (width / picture.width) * cut.width >= output.width - 1 &&
    (height / picture.height) * cut.height >= output.height - 1;
  if (enough) {
    const pixels = (part: Part): Promise<Uint8ClampedArray | null> => copyPart(frame, part);
    return { image: frame, width, height, pixels: isUpright(frame) ? pixels : undefined, close: () => frame.close() };
  }
  frame.close();
  return null;
}

async function decodeFrame(
  file: Blob,
  type: string,
  wish: { width: number; height: number },
): Promise<VideoFrame | null> {
  const data = await file.arrayBuffer();
  const decoder = new ImageDecoder({
    data,
    transfer: [data],
    type,
    desiredWidth: wish.width,
    desiredHeight: wish.height,
  });
  try {
    return (await decoder.decode()).image;
  } catch {
    // the next decoder tries, and says what is wrong if it cannot either
    return null;
  } finally {
    decoder.close();
  }
}

/** Without crop or resize arguments: with them browsers cut turned photos at the wrong place. */
export async function decodeWhole(file: Blob, plan: RenderPlan): Promise<Decoded | null> {
  try {
    const image = await createImageBitmap(new Blob([file], { type: plan.type }));
    return { image, width: image.width, height: image.height, close: () => image.close() };
  } catch {
    return null;
  }
}

type Part = { x: number; y: number; width: number; height: number };

/** A frame knows how it is to be turned; one that does not say so is drawn instead. */
const isUpright = (frame: VideoFrame & { rotation?: number; flip?: boolean }): boolean =>
  frame.rotation === 0 && frame.flip === false && frame.codedWidth === frame.displayWidth;

async function copyPart(frame: VideoFrame, rect: Part): Promise<Uint8ClampedArray | null> {
  try {
    const pixels = new Uint8ClampedArray(rect.width * rect.height * 4);
    // a newer option; a browser that does not know it would hand over another format, of another size
    const options: VideoFrameCopyToOptions & { format: string } = { rect, format: 'RGBA' };
    if (frame.allocationSize(options) !== pixels.length) return null;
    await frame.copyTo(pixels, options);
    return pixels;
  } catch {
    return null;
  }
}

let scaling: Promise<boolean> | undefined;

/** Asks the pixels, once: a small turned JPEG, decoded at half its scale, must come out upright. */
const scalesRightly = (): Promise<boolean> => (scaling ??= askPixels().catch(() => false));

async function askPixels(): Promise<boolean> {
  if (typeof ImageDecoder === 'undefined') return false;
  const canvas = new OffscreenCanvas(32, 16);
  const context = canvas.getContext('2d');
  if (context === null) return false;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 32, 16);
  context.fillStyle = '#000';
  context.fillRect(0, 0, 16, 16);
  const upright = await canvas.convertToBlob({ type: 'image/jpeg' });
  const onItsSide = new Blob([upright.slice(0, 2), orientation6, upright.slice(2)]);
  const frame = await decodeFrame(onItsSide, 'image/jpeg', { width: 16, height: 8 });
  if (frame === null) return false;
  const rightSize = frame.displayWidth === 8 && frame.displayHeight === 16;
  context.drawImage(frame, 0, 0);
  frame.close();
  const brightness = (y: number): number => context.getImageData(4, y, 1, 1).data[0] ?? 0;
  return rightSize && brightness(4) < 64 && brightness(12) > 192;
}

/** An EXIF segment that says: turn 90° clockwise. */
const orientation6 = Uint8Array.from(
  'ffe1002245786966000049492a000800000001001201030001000000060000000000000000'.match(/../g) ?? [],
  (byte) => parseInt(byte, 16),
).subarray(0, 36);
