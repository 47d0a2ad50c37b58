/** How a bucket is addressed: as the first segment of the path, or as the first part of the host name. */
export type AddressStyle = 'path' | 'virtual-host';

/** A bucket's addresses. */
export interface Place {
  region: string;
  host: string;
  bucket: string;
  bucketUrl: string;
  objectUrl(key: string): string;
}

export interface PlaceOptions {
  endpoint: string;
  bucket: string;
  region?: string | undefined;
  style: AddressStyle;
}

/** Reads the options; throws at once, with the cure, on what no request could mend. */
export function placeOf({ endpoint, bucket, region: given, style }: PlaceOptions): Place {
  const url = parsed(endpoint);
  if (!/^[a-z0-9A-Z][a-zA-Z0-9._-]{1,62}$/.test(bucket)) {
    throw new TypeError(`s3: ${JSON.stringify(bucket)} is no name of a bucket`);
  }
  if (url.hostname.startsWith(`${bucket}.`)) {
    throw new TypeError('s3: `endpoint` begins with the bucket. Leave it out: it is the host that all buckets share');
  }
  const region = given ?? regionIn(url.hostname);
  if (region === null) {
    throw new TypeError(
      `s3: \`region\` is missing, and ${url.hostname} does not tell it (s3.<region>.backblazeb2.com would)`,
    );
  }
  const host = style === 'path' ? url.host : `${bucket}.${url.host}`;
  const bucketUrl = `${url.protocol}//${host}/${style === 'path' ? bucket : ''}`;
  const root = style === 'path' ? `${bucketUrl}/` : bucketUrl;
  return { region, host: url.host, bucket, bucketUrl, objectUrl: (key) => `${root}${encodeKey(key)}` };
}

function parsed(endpoint: string): URL {
  const full = endpoint.includes('://') ? endpoint : `https://${endpoint}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '' || url.username) {
    throw new TypeError('s3: `endpoint` must be a host, such as s3.us-west-004.backblazeb2.com, and nothing more');
  }
  return url;
}

/** Only where the host is known to carry it; a guess would sign for the wrong place. */
export function regionIn(hostname: string): string | null {
  return /^s3[.-]([a-z0-9-]+)\.(?:backblazeb2\.com|amazonaws\.com(?:\.cn)?)$/.exec(hostname)?.[1] ?? null;
}

/**
 * A key as a path. No client can send a segment `.` or `..`, since every URL parser resolves them; such a segment
 * gets a `~` at its end, and so does one that looks like the result: no two keys meet.
 */
export const encodeKey = (key: string): string =>
  key
    .split('/')
    .map((segment) => encodeStrictly(/^\.\.?~*$/.test(segment) ? `${segment}~` : segment))
    .join('/');

/** A key as the store's own lists name it. */
export const storedKey = (key: string): string => decodeURIComponent(encodeKey(key));

const encodeStrictly = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`,
  );
