import { UploadError } from '../core/errors.ts';
import { protocolHeader, protocolVersion } from '../core/protocol.ts';
import type { Deployment } from './deployment.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The oldest protocol this server still speaks: open tabs outlive deploys. */
export const oldestProtocol: number = Math.max(1, protocolVersion - 1);

/**
 * Cross-site requests carry a person's cookies, so whatever changes something must come from our own pages,
 * from an origin that was named, or from no browser at all.
 */
export function checkOrigin(request: Request, { publicOrigin, allowsOrigin }: Deployment): void {
  if (safe.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site === 'same-origin' || (site === null && origin === null)) return;
  if (origin !== null && origin !== 'null') {
    if (publicOrigin === null ? hostIn(origin) === hostOf(request) : origin === publicOrigin) return;
    if (allowsOrigin(origin)) return;
  }
  throw new UploadError(
    'foreign-origin',
    { origin: origin ?? 'none' },
    { message: `requests from ${origin ?? 'another site'} are not allowed; name the origin in cors.origins` },
  );
}

/** Absent means 1. A tab that is older than the previous protocol is told to reload, and so is one from the future. */
export function checkProtocol(
  request: Request,
  current: number = protocolVersion,
  oldest: number = oldestProtocol,
): void {
  const protocol = Number(request.headers.get(protocolHeader) ?? 1);
  if (protocol >= oldest && protocol <= current) return;
  throw new UploadError(
    'reload-needed',
    { protocol: current },
    { message: `this page speaks protocol ${protocol}, the server ${oldest} to ${current}` },
  );
}

/** Exact origins with credentials, never `*`. */
export function corsHeaders(request: Request, { allowsOrigin }: Deployment): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === null || origin === 'null' || !allowsOrigin(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'retry-after, etag, content-range, accept-ranges',
  };
}

export function preflight(request: Request, deployment: Deployment): Response {
  const headers = corsHeaders(request, deployment);
  const granted = {
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
    'access-control-allow-headers':
      request.headers.get('access-control-request-headers') ?? `content-type, ${protocolHeader}`,
    'access-control-max-age': '600',
  };
  return new Response(null, {
    status: 204,
    headers: 'access-control-allow-origin' in headers ? { ...headers, ...granted } : headers,
  });
}

const hostOf = (request: Request): string => request.headers.get('host') ?? new URL(request.url).host;

function hostIn(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
