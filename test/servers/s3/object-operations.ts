import type { Bucket, StoredObject } from './bucket.ts';
import type { Incoming } from './incoming.ts';
import { type Reply, plain, xml } from './reply.ts';
import { S3Error, noSuchKey } from './s3-error.ts';

const quoted = (etag: string): string => `"${etag}"`;
const unquoted = (etag: string): string => etag.replaceAll('"', '');
const kept = /^(content-type|content-disposition|cache-control|x-amz-meta-.+)$/;

/** The headers of a request that are stored with its object. */
export const keptHeaders = ({ headers }: Incoming): StoredObject['headers'] => ({
  'content-type': 'binary/octet-stream',
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => kept.test(name))),
});

export function putObject(bucket: Bucket, request: Incoming, body: Buffer): Reply {
  if (request.headers['if-none-match'] === '*' && bucket.current(request.key) !== null) {
    throw new S3Error(412, 'PreconditionFailed');
  }
  const { etag } = bucket.put(request.key, body, keptHeaders(request));
  return plain(200, { etag: quoted(etag) });
}

/** The source must still be what the copier looked at. */
export function copyObject(bucket: Bucket, request: Incoming): Reply {
  const { headers, key } = request;
  const [, from = '', sourceKey = ''] = /^\/?([^/]+)\/(.+)$/s.exec(headers['x-amz-copy-source'] ?? '') ?? [];
  if (decodeURIComponent(from) !== request.bucket) throw new S3Error(404, 'NoSuchBucket');
  const source = bucket.current(decodeURIComponent(sourceKey));
  if (source === null) throw noSuchKey();
  const wanted = headers['x-amz-copy-source-if-match'];
  if (wanted !== undefined && unquoted(wanted) !== source.etag) throw new S3Error(412, 'PreconditionFailed');
  const isReplaced = headers['x-amz-metadata-directive'] === 'REPLACE';
  const { etag, modified } = bucket.put(key, source.bytes, isReplaced ? keptHeaders(request) : source.headers);
  return xml([
    'CopyObjectResult',
    [
      ['LastModified', modified.toISOString()],
      ['ETag', quoted(etag)],
    ],
  ]);
}

export function getObject(bucket: Bucket, { key, headers, query }: Incoming): Reply {
  const object = bucket.current(key);
  if (object === null) throw noSuchKey();
  const { bytes, etag, modified } = object;
  const wanted = headers['if-match'];
  if (wanted !== undefined && unquoted(wanted) !== etag) throw new S3Error(412, 'PreconditionFailed');
  const asked = Object.fromEntries(
    ['content-type', 'content-disposition', 'cache-control'].flatMap((name) => {
      const value = query.get(`response-${name}`);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const told = {
    ...object.headers,
    ...asked,
    etag: quoted(etag),
    'last-modified': modified.toUTCString(),
    'accept-ranges': 'bytes',
  };
  const { range } = headers;
  if (range === undefined) return plain(200, told, bytes);
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const start = Number(first);
  const end = Math.min(last === '' ? Infinity : Number(last) + 1, bytes.length);
  if (first === '' || start >= bytes.length || end <= start) throw new S3Error(416, 'InvalidRange');
  const contentRange = `bytes ${start}-${end - 1}/${bytes.length}`;
  return plain(206, { ...told, 'content-range': contentRange }, bytes.subarray(start, end));
}

export function deleteObject(bucket: Bucket, { key, query }: Incoming): Reply {
  bucket.delete(key, query.get('versionId'));
  return plain(204);
}
