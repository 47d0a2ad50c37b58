import { UploadError } from '../core/errors.ts';
import { type ByteStream, chunksOf, joined } from './bytes.ts';

/** Most bytes of a JSON body. */
export const mostJson: number = 64 * 1024;
const deadline = 30_000;

/** The body as JSON, counted while it is read: a larger one is left before its end. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json') {
    throw new UploadError('bad-request', { reason: 'content-type' }, { message: 'send the body as application/json' });
  }
  const bytes = await readBytes(request, mostJson);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new UploadError('bad-request', { reason: 'json' }, { message: 'the body is no JSON in UTF-8' });
  }
}

/** At most `most` bytes, within 30 seconds. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > most) throw new UploadError('too-large', { size: declared, maxSize: most });
  if (request.body === null) return new Uint8Array();
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(timely(request.body, deadline))) {
    size += chunk.length;
    if (size > most) throw new UploadError('too-large', { size, maxSize: most });
    kept.push(chunk);
  }
  return joined(kept);
}

/**
 * The same stream, which fails when it is not at its end in time, or stands still for 30 seconds while somebody
 * waits for it. Cancelling it ends the clocks as well.
 */
export function timely(body: ByteStream, milliseconds: number): ByteStream {
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let still: ReturnType<typeof setTimeout> | undefined;
  const failAfter = (controller: ReadableStreamDefaultController<Uint8Array>, patience: number) =>
    setTimeout(() => {
      clearTimeout(timer);
      clearTimeout(still);
      const error = new UploadError('timeout', { seconds: patience / 1000, step: 'body' });
      controller.error(error);
      reader.cancel(error).catch(() => undefined); // the error above is the one to tell
    }, patience);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      timer = failAfter(controller, milliseconds);
    },
    async pull(controller) {
      still = failAfter(controller, deadline);
      try {
        const step = await reader.read().finally(() => clearTimeout(still));
        if (!step.done) return controller.enqueue(step.value);
        clearTimeout(timer);
        controller.close();
      } catch (error) {
        clearTimeout(timer);
        controller.error(error);
      }
    },
    async cancel(reason) {
      clearTimeout(timer);
      clearTimeout(still);
      await reader.cancel(reason);
    },
  });
}
