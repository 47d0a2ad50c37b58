import { UploadError } from '../core/errors.ts';

export type ByteStream = ReadableStream<Uint8Array>;

export const streamOf = (bytes: Uint8Array): ByteStream =>
  new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes.slice());
      controller.close();
    },
  });

/** The chunks of a stream; leaving the loop early cancels it. */
export async function* chunksOf(body: ByteStream): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel().catch(() => undefined); // it broke by itself: that error is on its way already
  }
}

/** The same chunks, as long as they are exactly `size` bytes together; an error at the first byte too many. */
export async function* exactly(body: ByteStream, size: number): AsyncGenerator<Uint8Array> {
  let stored = 0;
  for await (const chunk of chunksOf(body)) {
    stored += chunk.length;
    if (stored > size) break;
    yield chunk;
  }
  if (stored !== size) throw new UploadError('size-mismatch', { declared: size, stored });
}

export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const kept: Uint8Array[] = [];
  for await (const chunk of chunks) kept.push(chunk);
  return joined(kept);
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** In lower-case hex. */
export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
