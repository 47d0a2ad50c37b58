import { randomUUID } from 'node:crypto';
import { type Bucket, type OpenUpload, md5 } from './bucket.ts';
import type { Incoming } from './incoming.ts';
import { keptHeaders } from './object-operations.ts';
import { type Reply, plain, xml } from './reply.ts';
import { S3Error } from './s3-error.ts';
import { insideOf, textsOf } from './xml.ts';

export function createUpload(bucket: Bucket, request: Incoming): Reply {
  const { key } = request;
  const uploadId = randomUUID();
  bucket.uploads.set(uploadId, { uploadId, key, headers: keptHeaders(request), parts: new Map() });
  return xml([
    'InitiateMultipartUploadResult',
    [
      ['Bucket', request.bucket],
      ['Key', key],
      ['UploadId', uploadId],
    ],
  ]);
}

export function uploadPart(bucket: Bucket, request: Incoming, body: Buffer): Reply {
  const number = Number(request.query.get('partNumber'));
  if (!(Number.isInteger(number) && number >= 1 && number <= 10_000)) throw new S3Error(400, 'InvalidArgument');
  const etag = md5(body);
  openUpload(bucket, request).parts.set(number, { bytes: body, etag });
  return plain(200, { etag: `"${etag}"` });
}

/** A page of parts, at most a thousand. */
export function listParts(bucket: Bucket, request: Incoming): Reply {
  const { query } = request;
  const upload = openUpload(bucket, request);
  const after = Number(query.get('part-number-marker') ?? 0);
  const most = Math.min(1000, Number(query.get('max-parts') ?? 1000));
  const rest = [...upload.parts].filter(([number]) => number > after).toSorted(([a], [b]) => a - b);
  const page = rest.slice(0, most);
  return xml([
    'ListPartsResult',
    [
      ['Key', request.key],
      ['UploadId', upload.uploadId],
      ['NextPartNumberMarker', page.at(-1)?.[0] ?? 0],
      ['IsTruncated', rest.length > page.length],
      ...page.map(
        ([number, { bytes, etag }]) =>
          [
            'Part',
            [
              ['PartNumber', number],
              ['ETag', `"${etag}"`],
              ['Size', bytes.length],
            ],
          ] as const,
      ),
    ],
  ]);
}

export function completeUpload(bucket: Bucket, request: Incoming, body: Buffer, minPart: number): Reply {
  const upload = openUpload(bucket, request);
  const listed = insideOf(body.toString(), 'Part').map((part) => ({
    number: Number(textsOf(part, 'PartNumber')[0]),
    etag: (textsOf(part, 'ETag')[0] ?? '').replaceAll('"', ''),
  }));
  if (listed.length === 0) throw new S3Error(400, 'MalformedXML');
  const parts = listed.map(({ number, etag }, index) => {
    if (index > 0 && number <= (listed[index - 1]?.number ?? 0)) throw new S3Error(400, 'InvalidPartOrder');
    const part = upload.parts.get(number);
    if (part === undefined || part.etag !== etag) throw new S3Error(400, 'InvalidPart');
    if (index < listed.length - 1 && part.bytes.length < minPart) throw new S3Error(400, 'EntityTooSmall');
    return part;
  });
  const digests = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
  const whole = Buffer.concat(parts.map(({ bytes }) => bytes));
  const { etag } = bucket.put(request.key, whole, upload.headers, `${md5(digests)}-${parts.length}`);
  bucket.uploads.delete(upload.uploadId);
  return xml([
    'CompleteMultipartUploadResult',
    [
      ['Bucket', request.bucket],
      ['Key', request.key],
      ['ETag', `"${etag}"`],
    ],
  ]);
}

export function abortUpload(bucket: Bucket, request: Incoming): Reply {
  bucket.uploads.delete(openUpload(bucket, request).uploadId);
  return plain(204);
}

function openUpload(bucket: Bucket, { query, key }: Incoming): OpenUpload {
  const upload = bucket.uploads.get(query.get('uploadId') ?? '');
  if (upload?.key !== key) throw new S3Error(404, 'NoSuchUpload', 'The specified upload does not exist.');
  return upload;
}
