import type { IncomingMessage } from 'node:http';

/** One request, taken apart the way S3 does it. */
export interface Incoming {
  method: string;
  /** As it was sent, before any decoding. */
  rawPath: string;
  query: ReadonlyMap<string, string>;
  headers: Readonly<Record<string, string>>;
  bucket: string;
  key: string;
}

/** The bucket is in the host name (virtual-host style) or is the first segment of the path (path style). */
export function incomingOf({ method = '', url = '/', headers: given }: IncomingMessage, region: string): Incoming {
  const [rawPath = '/', search = ''] = url.split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );
  const inHost = new RegExp(`^(.+)\\.s3[.-]${region}\\.`).exec(headers['host'] ?? '')?.[1];
  const path = rawPath.slice(1);
  const slash = path.indexOf('/');
  const [first, rest] = slash < 0 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)];
  return {
    method,
    rawPath,
    query: queryOf(search),
    headers,
    bucket: inHost ?? decodeURIComponent(first),
    key: decodeURIComponent(inHost === undefined ? rest : path),
  };
}

// percent-encoding only: to S3 a plus sign in a query is a space, as in forms
const queryOf = (search: string): ReadonlyMap<string, string> =>
  new Map(
    search
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [name = '', value = ''] = pair.split(/=(.*)/s);
        const plain = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
        return [plain(name), plain(value)] as const;
      }),
  );
