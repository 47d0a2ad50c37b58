import { UploadError } from '../../../core/errors.ts';
import { exactly, joined } from '../../bytes.ts';
import type { Multipart, ObjectFacts, Storage, StoredPart } from '../../storage.ts';
import { type Client, refusal } from './client.ts';

type Put = (
  key: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Parameters<Storage['write']>[2],
  signal?: AbortSignal,
) => Promise<ObjectFacts>;

/**
 * Bytes carried by this server. No runtime agrees with another on a stream's length in a request, so a part's worth
 * is held in memory: a file that fits goes in one request, a larger one in parts that only a whole file completes.
 */
export function writerFor(
  client: Client,
  { put, head, multipart }: { put: Put; head: Storage['head']; multipart: Multipart },
): Storage['write'] {
  const { partSize } = multipart;
  const sendPart = async (
    [key, uploadId, number]: [string, string, number],
    body: Uint8Array<ArrayBuffer>,
    signal?: AbortSignal,
  ): Promise<void> => {
    const query = { partNumber: String(number), uploadId };
    const answer = await client.text({ operation: 'UploadPart', method: 'PUT', key, query, body, signal });
    if (!answer.ok) throw refusal(answer);
  };
  return async (key, body, headers, signal) => {
    const { size } = headers;
    const blocks = blocksOf(exactly(body, size), partSize);
    if (size <= partSize) {
      let whole: Uint8Array<ArrayBuffer> = new Uint8Array();
      for await (const block of blocks) whole = block;
      return put(key, whole, headers, signal);
    }
    const uploadId = await multipart.create(key, headers, signal);
    try {
      const parts: StoredPart[] = [];
      for await (const block of blocks) {
        const number = parts.length + 1;
        await sendPart([key, uploadId, number], block, signal);
        parts.push({ number, size: block.length });
      }
      const outcome = await multipart.complete(key, uploadId, parts, signal);
      const facts = await head(key, signal);
      if (facts?.size === size) return facts;
      throw new UploadError('unavailable', { retryAfter: null }, { message: `completion: ${outcome}, no such object` });
    } catch (error) {
      // the caller's signal may be the reason why we are here; what cannot be aborted now, a sweep finds
      await multipart.abort(key, uploadId).catch(() => undefined);
      throw error;
    }
  };
}

/** The same bytes in blocks of that size; the last one may be shorter. */
async function* blocksOf(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.subarray(at, at + size - length);
      kept.push(piece);
      length += piece.length;
      at += piece.length;
      if (length < size) continue;
      yield joined(kept);
      kept = [];
      length = 0;
    }
  }
  if (length > 0) yield joined(kept);
}
