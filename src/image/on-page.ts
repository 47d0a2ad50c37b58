import { decodeScaled, decodeWhole } from './decoders.ts';
import type { RenderPlan } from './plan.ts';
import { type Decoded, type Rendered, type Surroundings, render } from './render.ts';

/** The same work on the page, in steps that let it breathe, for browsers and policies without workers. */
export function renderOnPage(file: Blob, plan: RenderPlan, signal?: AbortSignal): Promise<Rendered> {
  const page: Surroundings<HTMLCanvasElement> = {
    canvas: (width, height) => Object.assign(document.createElement('canvas'), { width, height }),
    encode,
    decoders: plan.type === 'image/svg+xml' ? [decodeElement] : [decodeScaled, decodeWhole, decodeElement],
    breathe: async () => {
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      signal?.throwIfAborted();
    },
  };
  return render(file, plan, page);
}

const encode = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const done = (blob: Blob | null): void =>
      blob === null ? reject(new Error('the canvas is too large')) : resolve(blob);
    canvas.toBlob(done, type, quality);
  });

/** What an `<img>` can show, we can draw. An SVG gets the size its header told, since not all have one of their own. */
async function decodeElement(file: Blob, plan: RenderPlan): Promise<Decoded | null> {
  const address = URL.createObjectURL(new Blob([file], { type: plan.type }));
  try {
    const image = new Image(plan.picture.width, plan.picture.height);
    image.src = address;
    await image.decode();
    const size =
      plan.type === 'image/svg+xml' ? plan.picture : { width: image.naturalWidth, height: image.naturalHeight };
    return { image: plan.type === 'image/svg+xml' ? atSize(image, size) : image, ...size, close: () => undefined };
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function atSize(image: HTMLImageElement, { width, height }: { width: number; height: number }): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  return canvas;
}
