import type { Bucket } from './bucket.ts';
import { rulesFrom, toElement } from './cors.ts';
import type { Incoming } from './incoming.ts';
import { type Reply, plain, xml } from './reply.ts';
import { S3Error } from './s3-error.ts';

/** A page of versions and delete markers, in S3's order, after the two markers. */
export function listVersions(bucket: Bucket, { query }: Incoming): Reply {
  const prefix = query.get('prefix') ?? '';
  const most = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  const all = bucket.versions().filter(({ key }) => key.startsWith(prefix));
  const rest = all.slice(
    after(all, query.get('key-marker'), query.get('version-id-marker'), ({ versionId }) => versionId),
  );
  const page = rest.slice(0, most);
  const last = page.at(-1);
  return xml([
    'ListVersionsResult',
    [
      ['IsTruncated', rest.length > page.length],
      ['NextKeyMarker', last?.key ?? ''],
      ['NextVersionIdMarker', last?.versionId ?? ''],
      ...page.map(
        ({ key, versionId, isLatest, content }) =>
          [
            content === 'hidden' ? 'DeleteMarker' : 'Version',
            [
              ['Key', key],
              ['VersionId', versionId],
              ['IsLatest', isLatest],
            ],
          ] as const,
      ),
    ],
  ]);
}

/** A page of open uploads, by key. */
export function listUploads(bucket: Bucket, { query }: Incoming): Reply {
  const prefix = query.get('prefix') ?? '';
  const most = Math.min(1000, Number(query.get('max-uploads') ?? 1000));
  const all = [...bucket.uploads.values()]
    .filter(({ key }) => key.startsWith(prefix))
    .toSorted((a, b) => (a.key === b.key ? (a.uploadId < b.uploadId ? -1 : 1) : a.key < b.key ? -1 : 1));
  const rest = all.slice(
    after(all, query.get('key-marker'), query.get('upload-id-marker'), ({ uploadId }) => uploadId),
  );
  const page = rest.slice(0, most);
  const last = page.at(-1);
  return xml([
    'ListMultipartUploadsResult',
    [
      ['IsTruncated', rest.length > page.length],
      ['NextKeyMarker', last?.key ?? ''],
      ['NextUploadIdMarker', last?.uploadId ?? ''],
      ...page.map(
        ({ key, uploadId }) =>
          [
            'Upload',
            [
              ['Key', key],
              ['UploadId', uploadId],
            ],
          ] as const,
      ),
    ],
  ]);
}

export function putCors(bucket: Bucket, body: Buffer): Reply {
  bucket.cors = rulesFrom(body.toString());
  if (bucket.cors.length === 0) throw new S3Error(400, 'MalformedXML');
  return plain();
}

export function getCors(bucket: Bucket): Reply {
  if (bucket.cors.length === 0) throw new S3Error(404, 'NoSuchCORSConfiguration');
  return xml(toElement(bucket.cors));
}

/** Where the page after these two markers begins. */
function after<T extends { key: string }>(
  all: readonly T[],
  key: string | undefined,
  id: string | undefined,
  idOf: (entry: T) => string,
): number {
  if (key === undefined || key === '') return 0;
  const exact = all.findIndex((entry) => entry.key === key && idOf(entry) === id);
  if (exact >= 0) return exact + 1;
  const next = all.findIndex((entry) => entry.key > key);
  return next < 0 ? all.length : next;
}
