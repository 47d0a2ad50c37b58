import { type Size, toBytes } from '../../../core/size.ts';
import type { Storage } from '../../storage.ts';
import { addressesOf } from './addresses.ts';
import { createClient } from './client.ts';
import { multipartOf } from './multipart.ts';
import { objectsOf } from './objects.ts';
import { type AddressStyle, encodeKey, placeOf } from './place.ts';
import { type Credentials, createSigner } from './signer.ts';
import { eraseVersions } from './versions.ts';
import { writerFor } from './write.ts';

export interface S3Options extends Credentials {
  bucket: string;
  /** The host that all buckets share, such as `s3.us-west-004.backblazeb2.com`; with or without `https://`. */
  endpoint: string;
  /** Needed unless the endpoint's host is known to carry it. */
  region?: string | undefined;
  /** `path` by default: one host for every bucket, in a content security policy too. */
  style?: AddressStyle | undefined;
  /** What the bucket is: B2 opens whole buckets, never single objects. `private` by default. */
  visibility?: 'private' | 'public' | undefined;
  /** Put before every key: a folder of this app in a bucket that others use too. */
  prefix?: string | undefined;
  /** Where anyone reads a public bucket (`https://f004.backblazeb2.com/file/<bucket>`, a CDN); its S3 form by default. */
  publicBaseUrl?: string | undefined;
  /** Files of `from` and more go in parts of `partSize`: 64 MiB and 16 MiB by default; at least 5 MiB, `from` at most 5 GB. */
  multipart?: { from: Size; partSize: Size } | undefined;
  /** Milliseconds that a call may take, beside a minute for each 4 MB it sends: 30 seconds by default. */
  timeout?: number | undefined;
  /** Makes each request; the runtime's own by default. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
}

const leastPart = 5 * 2 ** 20;
/** The most that one PUT or one copy may carry. */
const mostAtOnce = 5e9;

/**
 * Bytes in a bucket of S3, Backblaze B2 or whatever speaks like them. Throws at creation on options that cannot
 * work. A call that the store is too busy for is tried three times; `Retry-After` is obeyed.
 */
export function s3(options: S3Options): Storage {
  const { accessKeyId, secretAccessKey, sessionToken, visibility = 'private', timeout = 30_000 } = options;
  for (const name of ['accessKeyId', 'secretAccessKey', 'bucket', 'endpoint'] as const) {
    if (!options[name]) throw new TypeError(`s3: \`${name}\` is missing`);
  }
  const place = placeOf({ ...options, style: options.style ?? 'path' });
  const prefix = (options.prefix ?? '').replace(/(?<!\/)$/, options.prefix ? '/' : '');
  const parts = {
    from: toBytes(options.multipart?.from ?? 64 * 2 ** 20),
    partSize: toBytes(options.multipart?.partSize ?? 16 * 2 ** 20),
  };
  if (parts.partSize < leastPart || parts.from > mostAtOnce || parts.partSize > mostAtOnce) {
    throw new TypeError('s3: `multipart.partSize` is 5 MiB (5242880) or more, and `multipart.from` 5 GB or less');
  }
  const signer = createSigner({ accessKeyId, secretAccessKey, sessionToken }, place.region);
  const fetchOne = options.fetch ?? ((request: Request) => fetch(request));
  const client = createClient({ place, signer, timeout, fetch: fetchOne });
  const { put, ...objects } = objectsOf(client, place);
  const multipart = multipartOf(client, parts);
  const publicBase = options.publicBaseUrl?.replace(/\/*$/, '');
  return {
    id: `s3:${place.host}/${place.bucket}/${prefix}`,
    visibility,
    prefix,
    addresses: addressesOf(place, signer),
    multipart,
    ...(visibility === 'public' && {
      publicUrl: (key: string) => (publicBase === undefined ? place.objectUrl(key) : `${publicBase}/${encodeKey(key)}`),
    }),
    ...objects,
    write: writerFor(client, { put, head: objects.head, multipart }),
    erase: (key, signal) => eraseVersions(client, key, signal),
  };
}
