import { UploadError } from '../../../core/errors.ts';
import type { Multipart, StoredPart } from '../../storage.ts';
import { type Client, type Refused, refusal } from './client.ts';
import { headersOf } from './objects.ts';
import { pagesOf } from './pages.ts';
import { storedKey } from './place.ts';
import { elements, escaped, textOf } from './xml.ts';

interface ListedPart extends StoredPart {
  etag: string;
}

const isGone = ({ code }: Refused): boolean => code === 'NoSuchUpload';
const mostAborts = 5;

/** Uploads in parts. ETags never leave this file: what the store lists is what is completed. */
export function multipartOf(client: Client, { from, partSize }: Pick<Multipart, 'from' | 'partSize'>): Multipart {
  const listed = async (key: string, uploadId: string, signal?: AbortSignal): Promise<ListedPart[] | null> => {
    const parts: ListedPart[] = [];
    const call = { operation: 'ListParts', method: 'GET', key, query: { uploadId }, signal } as const;
    const list = pagesOf(client, call, { 'part-number-marker': 'NextPartNumberMarker' }, isGone);
    for (;;) {
      const page = await list.next();
      if (page.done) return page.value === null ? parts : null;
      for (const part of elements(page.value, 'Part')) {
        const [number, size] = [Number(textOf(part, 'PartNumber')), Number(textOf(part, 'Size'))];
        parts.push({ number, size, etag: textOf(part, 'ETag') ?? '' });
      }
    }
  };

  const parts: Multipart['parts'] = async (key, uploadId, signal) =>
    (await listed(key, uploadId, signal))?.map(({ number, size }) => ({ number, size })) ?? null;

  return {
    from,
    partSize,
    parts,
    async create(key, headers, signal) {
      const call = { operation: 'CreateMultipartUpload', method: 'POST', key, query: { uploads: '' } } as const;
      const answer = await client.text({ ...call, headers: headersOf(headers), signal });
      if (!answer.ok) throw refusal(answer);
      const uploadId = textOf(answer.body, 'UploadId');
      if (uploadId === null) throw new UploadError('bad-response', { status: answer.status });
      return uploadId;
    },
    async complete(key, uploadId, wanted, signal) {
      const found = await listed(key, uploadId, signal);
      if (found === null) return 'missing';
      const byNumber = new Map(found.map((part) => [part.number, part]));
      const numbers = wanted
        .filter(({ number, size }) => byNumber.get(number)?.size !== size)
        .map(({ number }) => number);
      if (numbers.length > 0) throw new UploadError('not-uploaded', { numbers });
      const body = wanted
        .toSorted((a, b) => a.number - b.number)
        .map(({ number }) => {
          const etag = escaped(byNumber.get(number)?.etag ?? '');
          return `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`;
        })
        .join('');
      const answer = await client.text({
        operation: 'CompleteMultipartUpload',
        method: 'POST',
        key,
        query: { uploadId },
        headers: { 'content-type': 'application/xml' },
        body: new TextEncoder().encode(`<CompleteMultipartUpload>${body}</CompleteMultipartUpload>`),
        signal,
      });
      if (answer.ok) return 'done';
      if (isGone(answer)) return 'missing';
      throw refusal(answer);
    },
    async abort(key, uploadId, signal) {
      const call = { operation: 'AbortMultipartUpload', method: 'DELETE', key, query: { uploadId }, signal } as const;
      // a part under way may land after an abort: once more, until the store lists nothing
      for (let round = 0; round < mostAborts; round += 1) {
        const answer = await client.text(call);
        if (!answer.ok && !isGone(answer)) throw refusal(answer);
        if ((await parts(key, uploadId, signal)) === null) return;
      }
      throw new UploadError(
        'unavailable',
        { retryAfter: null },
        { message: 'the store still lists an aborted upload' },
      );
    },
    async open(key, signal) {
      const name = storedKey(key);
      const call = {
        operation: 'ListMultipartUploads',
        method: 'GET',
        query: { uploads: '', prefix: name },
        signal,
      } as const;
      const open: string[] = [];
      for await (const page of pagesOf(client, call, {
        'key-marker': 'NextKeyMarker',
        'upload-id-marker': 'NextUploadIdMarker',
      })) {
        for (const upload of elements(page, 'Upload')) {
          const uploadId = textOf(upload, 'UploadId');
          if (textOf(upload, 'Key') === name && uploadId !== null) open.push(uploadId);
        }
      }
      return open;
    },
  };
}
