import { AwsV4Signer } from 'aws4fetch';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}
export interface SignedRequest {
  url: string;
  headers: Headers;
}
export interface Signer {
  /** For a call of this server. */
  headers(method: string, url: string, headers: Record<string, string>): Promise<SignedRequest>;
  /** For somebody else, until then. Every header given is required of them. */
  query(
    method: string,
    url: string,
    given: { headers?: Record<string, string>; now: number; expiresAt: number },
  ): Promise<string>;
}

/** The longest that a signature in an address may live, in seconds. */
const week = 7 * 24 * 3600;

/** AWS Signature Version 4. Every header is signed, the type and the length of a body too. */
export function createSigner({ sessionToken, ...keys }: Credentials, region: string): Signer {
  const cache = new Map<string, ArrayBuffer>();
  const base = { ...keys, ...(sessionToken === undefined ? {} : { sessionToken }), service: 's3', region, cache };
  return {
    async headers(method, url, headers) {
      const signed = await new AwsV4Signer({ ...base, method, url, headers, allHeaders: true }).sign();
      return { url: signed.url.href, headers: signed.headers };
    },
    async query(method, url, { headers = {}, now, expiresAt }) {
      const seconds = Math.min(week, Math.max(1, Math.floor((expiresAt - now) / 1000)));
      const target = new URL(url);
      target.searchParams.set('X-Amz-Expires', String(seconds));
      // what is assumed anyway, said aloud as the AWS SDK does: its addresses are what stores are tried with
      target.searchParams.set('X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD');
      const datetime = new Date(now).toISOString().replaceAll(/[:-]|\.\d{3}/g, '');
      const options = { ...base, method, url: target.href, headers, datetime, signQuery: true, allHeaders: true };
      const signed = await new AwsV4Signer(options).sign();
      // a space as `+` means a plus sign to some stores
      return signed.url.href.replaceAll('+', '%20');
    },
  };
}
