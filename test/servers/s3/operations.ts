import type { Bucket } from './bucket.ts';
import { getCors, listUploads, listVersions, putCors } from './bucket-operations.ts';
import type { Incoming } from './incoming.ts';
import { abortUpload, completeUpload, createUpload, listParts, uploadPart } from './multipart-operations.ts';
import { copyObject, deleteObject, getObject, putObject } from './object-operations.ts';
import type { Reply } from './reply.ts';
import { notImplemented } from './s3-error.ts';

interface Operation {
  name: string;
  method: string;
  on: 'bucket' | 'object';
  /** Query parameters that must be there, and those that may be. */
  needs: readonly string[];
  takes: readonly string[];
  isCopy?: boolean;
  run(bucket: Bucket, request: Incoming, body: Buffer, options: { minPart: number }): Reply;
}

const overrides = ['response-content-type', 'response-content-disposition', 'response-cache-control'];
const pages = ['prefix', 'key-marker'];
const row = (
  [method, on, name]: [string, Operation['on'], string],
  needs: readonly string[],
  takes: readonly string[],
  run: Operation['run'],
): Operation => ({ method, on, name, needs, takes, run });

const operations: readonly Operation[] = [
  row(['PUT', 'object', 'PutObject'], [], [], putObject),
  { ...row(['PUT', 'object', 'CopyObject'], [], [], copyObject), isCopy: true },
  row(['GET', 'object', 'GetObject'], [], overrides, getObject),
  row(['HEAD', 'object', 'HeadObject'], [], [], getObject),
  row(['DELETE', 'object', 'DeleteObject'], [], ['versionId'], deleteObject),
  row(['POST', 'object', 'CreateMultipartUpload'], ['uploads'], [], createUpload),
  row(['PUT', 'object', 'UploadPart'], ['partNumber', 'uploadId'], [], uploadPart),
  row(['GET', 'object', 'ListParts'], ['uploadId'], ['max-parts', 'part-number-marker'], listParts),
  row(['POST', 'object', 'CompleteMultipartUpload'], ['uploadId'], [], (bucket, request, body, { minPart }) =>
    completeUpload(bucket, request, body, minPart),
  ),
  row(['DELETE', 'object', 'AbortMultipartUpload'], ['uploadId'], [], abortUpload),
  row(['GET', 'bucket', 'ListObjectVersions'], ['versions'], [...pages, 'max-keys', 'version-id-marker'], listVersions),
  row(
    ['GET', 'bucket', 'ListMultipartUploads'],
    ['uploads'],
    [...pages, 'max-uploads', 'upload-id-marker'],
    listUploads,
  ),
  row(['PUT', 'bucket', 'PutBucketCors'], ['cors'], [], (bucket, _, body) => putCors(bucket, body)),
  row(['GET', 'bucket', 'GetBucketCors'], ['cors'], [], getCors),
];

const everywhere = /^(x-id|X-Amz-.+)$/;
const known =
  /^x-amz-(date|content-sha256|user-agent|meta-.+|copy-source|copy-source-if-match|metadata-directive|checksum-.+|sdk-checksum-algorithm)$/;

/** The operation a request asks for; an unknown parameter or header makes it one that is not known here. */
export function operationFor({ method, key, query, headers }: Incoming): Operation {
  const names = [...query.keys()].filter((name) => !everywhere.test(name));
  const strange = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !known.test(name));
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  const found = operations.find(
    (operation) =>
      operation.method === method &&
      operation.on === (key === '' ? 'bucket' : 'object') &&
      (operation.isCopy ?? false) === isCopy &&
      operation.needs.every((name) => query.has(name)) &&
      names.every((name) => operation.needs.includes(name) || operation.takes.includes(name)),
  );
  if (found === undefined || strange !== undefined) {
    throw notImplemented(`${method} ${key === '' ? 'bucket' : 'object'} ${strange ?? names.join(' ')}`);
  }
  return found;
}
