import { UploadError } from '../../../core/errors.ts';
import { type ByteStream, streamOf } from '../../bytes.ts';
import type { ObjectFacts, ObjectHeaders, Storage } from '../../storage.ts';
import { type Client, type Refused, refusal } from './client.ts';
import { type Place, encodeKey } from './place.ts';
import { eraseVersions } from './versions.ts';
import { textOf } from './xml.ts';

export const headersOf = ({ type, disposition, cacheControl }: ObjectHeaders): Record<string, string> => ({
  'content-type': type,
  ...(disposition === undefined ? {} : { 'content-disposition': disposition }),
  ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
});
export const unquoted = (etag: string | null): string => (etag ?? '').replaceAll('"', '');

type Objects = Pick<Storage, 'head' | 'read' | 'promote'> & {
  put(key: string, body: Uint8Array<ArrayBuffer>, headers: ObjectHeaders, signal?: AbortSignal): Promise<ObjectFacts>;
};

/** Whole objects: one request each, where the store allows it. */
export function objectsOf(client: Client, place: Place): Objects {
  const head: Storage['head'] = async (key, signal) => {
    const answer = await client.text({ operation: 'HeadObject', method: 'HEAD', key, signal });
    if (answer.ok) return factsFrom(answer.headers, answer.headers.get('content-length'));
    if (answer.status !== 404) throw refusal(answer);
    // an answer to HEAD has no body: only a GET tells a missing object from a missing bucket
    const first = await read(key, { end: 1, signal });
    await first?.body.cancel();
    return first === null ? null : { size: first.size, type: first.type, etag: first.etag };
  };

  const read: Storage['read'] = async (key, { start = 0, end = Infinity, signal } = {}) => {
    if (end <= start) return empty(await head(key, signal));
    const isPart = start > 0 || end !== Infinity;
    const range = `bytes=${start}-${end === Infinity ? '' : end - 1}`;
    const headers: Record<string, string> = isPart ? { range } : {};
    const answer = await client.stream({ operation: 'GetObject', method: 'GET', key, headers, signal });
    if (!answer.ok) {
      if (isMissing(answer)) return null;
      if (answer.status !== 416) throw refusal(answer);
      // nothing lies in that range: the object is shorter, or even empty
      const whole = await client.stream({ operation: 'GetObject', method: 'GET', key, signal });
      if (!whole.ok) {
        if (isMissing(whole)) return null;
        throw refusal(whole);
      }
      await whole.body.cancel();
      const facts = factsFrom(whole.headers, whole.headers.get('content-length'));
      // replaced in between: facts and bytes must be of one moment
      return facts.size > start ? read(key, { start, end, signal }) : empty(facts);
    }
    const total = answer.status === 206 ? /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] : undefined;
    if (isPart && total === undefined) {
      await answer.body.cancel();
      throw new UploadError('bad-response', { status: answer.status }, { message: 'the store ignores ranges' });
    }
    return { ...factsFrom(answer.headers, total ?? answer.headers.get('content-length')), body: answer.body };
  };

  return {
    head,
    read,
    async put(key, body, headers, signal) {
      const call = { operation: 'PutObject', method: 'PUT', key, headers: headersOf(headers), body, signal } as const;
      const answer = await client.text(call);
      if (!answer.ok) throw refusal(answer);
      return { size: body.length, type: headers.type, etag: unquoted(answer.headers.get('etag')) };
    },
    async promote(from, to, { etag, signal, ...headers }) {
      const answer = await client.text({
        operation: 'CopyObject',
        method: 'PUT',
        key: to,
        headers: {
          ...headersOf(headers),
          'x-amz-copy-source': `/${place.bucket}/${encodeKey(from)}`,
          'x-amz-copy-source-if-match': `"${etag}"`,
          'x-amz-metadata-directive': 'REPLACE',
        },
        signal,
      });
      if (!answer.ok) {
        if (answer.code === 'PreconditionFailed' || answer.status === 412) return 'changed';
        if (isMissing(answer)) return 'missing';
        throw refusal(answer);
      }
      // Under a key of its owner a store encrypts each copy anew, and no two have one etag.
      const isOwnKey = (answer.headers.get('x-amz-server-side-encryption') ?? '').startsWith('aws:kms');
      const copied = unquoted(textOf(answer.body, 'ETag')) || ((await head(to, signal))?.etag ?? '');
      if (isOwnKey || copied === etag) return 'done';
      // a store that overlooks the condition has copied other bytes
      await eraseVersions(client, to, signal);
      return 'changed';
    },
  };
}

/** The object is not there, and the store that says so is the right one. */
const isMissing = ({ status, code }: Refused): boolean => status === 404 && code === 'NoSuchKey';

const empty = (facts: ObjectFacts | null): (ObjectFacts & { body: ByteStream }) | null =>
  facts === null ? null : { ...facts, body: streamOf(new Uint8Array()) };

function factsFrom(headers: Headers, size: string | null): ObjectFacts {
  return {
    size: Number(size ?? Number.NaN),
    type: headers.get('content-type') ?? '',
    etag: unquoted(headers.get('etag')),
  };
}
