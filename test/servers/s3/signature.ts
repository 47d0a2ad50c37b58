import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Incoming } from './incoming.ts';
import { S3Error } from './s3-error.ts';

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}
export interface Signed {
  /** What the signer said of the body: a SHA-256, or that it is not signed. */
  payloadHash: string;
}
interface Claim extends Signed {
  form: 'query' | 'header';
  credential: string;
  signedHeaders: string;
  signature: string;
  date: string;
  malformed: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const week = 7 * 24 * 3600;
const skew = 15 * 60_000;
const unsignedPayload = 'UNSIGNED-PAYLOAD';

/** Checks a signature in either form from the published rules alone. Throws what S3 would answer. */
export function verifySignature(request: Incoming, keys: Keys, now: number): Signed {
  const claim = request.query.has('X-Amz-Algorithm') ? fromQuery(request) : fromHeader(request);
  const [accessKeyId, day = '', region = '', service, terminator] = claim.credential.split('/');
  if (accessKeyId !== keys.accessKeyId) throw new S3Error(403, 'InvalidAccessKeyId');
  if (service !== 's3' || terminator !== 'aws4_request' || day !== claim.date.slice(0, 8)) {
    throw new S3Error(400, claim.malformed, 'Error parsing the credential scope');
  }
  if (region !== keys.region) {
    throw new S3Error(400, claim.malformed, `the region '${region}' is wrong`, { Region: keys.region });
  }
  checkTime(request, claim, now);
  checkCoverage(request, claim);
  const canonical = canonicalRequest(request, claim);
  const toSign = [algorithm, claim.date, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
  let key: string | Buffer = `AWS4${keys.secretAccessKey}`;
  for (const part of [day, region, 's3', 'aws4_request']) key = hmac(key, part);
  const [expected, given] = [hmac(key, toSign), Buffer.from(claim.signature, 'hex')];
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new S3Error(403, 'SignatureDoesNotMatch', 'The signature does not match.', { CanonicalRequest: canonical });
  }
  return { payloadHash: claim.payloadHash };
}

function fromQuery({ query }: Incoming): Claim {
  const malformed = 'AuthorizationQueryParametersError';
  const named = (name: string): string => {
    const value = query.get(`X-Amz-${name}`);
    if (value === undefined) throw new S3Error(400, malformed, `X-Amz-${name} is missing`);
    return value;
  };
  if (named('Algorithm') !== algorithm) throw new S3Error(400, malformed, 'unknown algorithm');
  const expires = Number(named('Expires'));
  if (!(expires >= 1 && expires <= week)) throw new S3Error(400, malformed, 'X-Amz-Expires is out of range');
  return {
    form: 'query',
    credential: named('Credential'),
    signedHeaders: named('SignedHeaders'),
    signature: named('Signature'),
    date: named('Date'),
    payloadHash: query.get('X-Amz-Content-Sha256') ?? unsignedPayload,
    malformed,
  };
}

function fromHeader({ headers }: Incoming): Claim {
  const { authorization } = headers;
  if (authorization === undefined) throw new S3Error(403, 'AccessDenied', 'Access Denied');
  const form = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, credential = '', signedHeaders = '', signature = ''] = form.exec(authorization) ?? [];
  const payloadHash = headers['x-amz-content-sha256'];
  if (signature === '' || payloadHash === undefined) throw new S3Error(400, 'InvalidRequest', 'Unsupported signature');
  const date = headers['x-amz-date'] ?? '';
  return {
    form: 'header',
    credential,
    signedHeaders,
    signature,
    date,
    payloadHash,
    malformed: 'AuthorizationHeaderMalformed',
  };
}

function checkTime({ query }: Incoming, { form, date, malformed }: Claim, now: number): void {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const [year, month, ...rest] = parts.map(Number);
  if (year === undefined || month === undefined) throw new S3Error(400, malformed, 'no date');
  const signedAt = Date.UTC(year, month - 1, ...rest);
  if (form === 'header') {
    if (Math.abs(now - signedAt) > skew) throw new S3Error(403, 'RequestTimeTooSkewed');
    return;
  }
  if (signedAt > now + skew) throw new S3Error(403, 'AccessDenied', 'Request is not valid yet');
  if (now > signedAt + Number(query.get('X-Amz-Expires')) * 1000) {
    throw new S3Error(403, 'AccessDenied', 'Request has expired');
  }
}

/** The host, and whatever speaks to the store, must be under the signature. */
function checkCoverage({ headers }: Incoming, { form, signedHeaders }: Claim): void {
  const names = new Set(signedHeaders.split(';'));
  const free = Object.keys(headers).filter(
    (name) => name.startsWith('x-amz-') && !(form === 'query' && name === 'x-amz-content-sha256'),
  );
  const unsigned = ['host', ...free].filter((name) => !names.has(name));
  if (unsigned.length > 0) {
    throw new S3Error(403, 'AccessDenied', 'There were headers which were not signed', {
      HeadersNotSigned: unsigned.join(', '),
    });
  }
}

function canonicalRequest({ method, rawPath, query, headers }: Incoming, claim: Claim): string {
  const pairs = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map((pair) => pair.map(encoded).join('='))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const path = rawPath
    .split('/')
    .map((segment) => encoded(decodeURIComponent(segment)))
    .join('/');
  const lines = claim.signedHeaders
    .split(';')
    .map((name) => `${name}:${(headers[name] ?? '').trim().replaceAll(/\s+/g, ' ')}`);
  return [method, path, pairs.join('&'), ...lines, '', claim.signedHeaders, claim.payloadHash].join('\n');
}

/** RFC 3986: everything but letters, digits and `-._~`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
