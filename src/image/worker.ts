import { decodeScaled, decodeWhole } from './decoders.ts';
import { isRenderFailure } from './render-failure.ts';
import { type Surroundings, render } from './render.ts';
import type { Answer, Job } from './worker-messages.ts';

const here: Surroundings<OffscreenCanvas> = {
  canvas: (width, height) => new OffscreenCanvas(width, height),
  encode: (canvas, type, quality) => canvas.convertToBlob({ type, quality }),
  decoders: [decodeScaled, decodeWhole],
  breathe: () => null,
};

const answer = (message: Answer): void => self.postMessage(message);

async function run({ file, plan }: Job): Promise<Answer> {
  try {
    return { done: await render(file, plan, here) };
  } catch (error) {
    return { failed: isRenderFailure(error) ? error : String(error) };
  }
}

/** False where this file was imported by anything but a worker; it then does nothing. */
export const serves: boolean = 'WorkerGlobalScope' in globalThis;

if (serves) {
  self.addEventListener('message', ({ data }: MessageEvent<Job>) => void run(data).then(answer));
  answer('ready');
}
