import { UploadError } from '../core/errors.ts';
import { second } from './lifetimes.ts';
import { failure, toUploadError } from './answer.ts';
import { timely } from './body.ts';
import type { Deployment } from './deployment.ts';
import { addressFor } from './lifetimes.ts';
import { notFound } from './not-found.ts';

const anyPage = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, content-range, accept-ranges',
  'cross-origin-resource-policy': 'cross-origin',
};

/**
 * The signed addresses of storages whose bytes this server carries itself. Each is a capability: no cookie is looked
 * at, so any page may use it.
 */
export async function serveDisk(request: Request, token: string, deployment: Deployment): Promise<Response> {
  if (request.method === 'OPTIONS') {
    const granted = {
      'access-control-allow-methods': 'GET, HEAD, PUT',
      'access-control-allow-headers': '*, content-type, range',
      'access-control-max-age': '600',
    };
    return new Response(null, { status: 204, headers: { ...anyPage, ...granted } });
  }
  try {
    const { method } = request;
    if (method !== 'PUT' && method !== 'GET' && method !== 'HEAD') throw notFound();
    const response = await (method === 'PUT' ? take : give)(request, token, deployment);
    for (const [name, value] of Object.entries(anyPage)) response.headers.set(name, value);
    return response;
  } catch (error) {
    await request.body?.cancel().catch(() => undefined); // whoever sends on is not heard
    const response = failure(toUploadError(error, deployment.logger));
    for (const [name, value] of Object.entries(anyPage)) response.headers.set(name, value);
    return response;
  }
}

async function take(request: Request, token: string, deployment: Deployment): Promise<Response> {
  const now = deployment.ports.now();
  const tickets = await deployment.tickets();
  const put = await tickets.open('put', token, now).catch(() => null); // then it may be one for a part
  const { claims, expired } = put ?? (await tickets.open('part', token, now));
  if (expired) throw new UploadError('forbidden', undefined, { message: 'this address is no longer valid' });
  const storage = deployment.storages[claims.storage];
  const header = request.headers.get('content-length');
  const declared = header === null ? null : Number(header);
  const size = claims.size ?? within(declared, 'maxSize' in claims ? claims.maxSize : null);
  if (declared !== null && declared !== size) {
    throw new UploadError('forbidden', undefined, {
      message: `content-length must be ${size}, as it was signed`,
    });
  }
  if ('type' in claims && (request.headers.get('content-type') ?? claims.type) !== claims.type) {
    throw new UploadError('forbidden', undefined, { message: `content-type must be ${claims.type}, as it was signed` });
  }
  const total = addressFor(size, deployment.lifetimes) + 60 * second;
  const body = timely(request.body ?? new Blob().stream(), total);
  try {
    if ('number' in claims) {
      const { key, uploadId, number } = claims;
      const power = storage.multipart;
      if (power?.write === undefined) throw notFound();
      await power.write(key, uploadId, number, body, size);
      return new Response(null, { headers: { etag: `"${number}-${size}"` } });
    }
    const { key, type } = claims;
    const { etag } = await storage.write(key, body, { type, size }, request.signal);
    return new Response(null, { headers: { etag: `"${etag}"` } });
  } catch (error) {
    await body.cancel().catch(() => undefined); // a storage that had begun to read has let go of it by itself
    throw error;
  }
}

/** Where no size was signed, the request itself must name one, and keep to it. */
function within(declared: number | null, maxSize: number | null): number {
  if (declared === null) throw new UploadError('bad-request', { reason: 'content-length' });
  if (declared > (maxSize ?? 0)) throw new UploadError('too-large', { size: declared, maxSize: maxSize ?? 0 });
  return declared;
}

async function give(request: Request, token: string, deployment: Deployment): Promise<Response> {
  const now = deployment.ports.now();
  const { claims, expired } = await (await deployment.tickets()).open('get', token, now);
  if (expired) throw new UploadError('forbidden', undefined, { message: 'this address is no longer valid' });
  const storage = deployment.storages[claims.storage];
  const facts = await storage.head(claims.key, request.signal);
  if (facts === null) throw notFound();
  const age = Math.max(0, Math.floor((claims.exp - now) / second));
  const headers = new Headers({
    'content-type': claims.type,
    'content-disposition': claims.disposition,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    'cache-control': `${claims.open ? 'public' : 'private'}, max-age=${age}`,
    etag: `"${facts.etag}"`,
  });
  if (request.headers.get('if-none-match') === `"${facts.etag}"`) return new Response(null, { status: 304, headers });
  const range = rangeOf(request.headers, facts);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${facts.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: facts.size };
  headers.set('content-length', String(end - start));
  if (range !== null) headers.set('content-range', `bytes ${start}-${end - 1}/${facts.size}`);
  const status = range === null ? 200 : 206;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const object = await storage.read(claims.key, { start, end, signal: request.signal });
  if (object === null || object.etag !== facts.etag) throw notFound();
  return new Response(object.body, { status, headers });
}

/** One range, the end exclusive; null where the whole object is meant. */
export function rangeOf(
  headers: Headers,
  { size, etag }: { size: number; etag: string },
): { start: number; end: number } | 'unsatisfiable' | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.get('range') ?? '') ?? [];
  const condition = headers.get('if-range');
  if ((from === '' && to === '') || (condition !== null && condition !== `"${etag}"`)) return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  return start < end ? { start, end } : 'unsatisfiable';
}
