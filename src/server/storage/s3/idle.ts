import { UploadError } from '../../../core/errors.ts';
import type { ByteStream } from '../../bytes.ts';
import { withDeadline } from '../../deadline.ts';

/** The same bytes, as long as each chunk comes within that many milliseconds; then the source is let go. */
export function unlessIdle(body: ByteStream, milliseconds: number, step: string): ByteStream {
  const reader = body.getReader();
  const late = (): UploadError => new UploadError('timeout', { seconds: milliseconds / 1000, step });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await withDeadline(milliseconds, late, () => reader.read());
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          // not awaited: what hangs in reading may hang in cancelling too
          reader.cancel(error).catch(() => undefined);
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
