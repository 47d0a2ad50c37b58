import { UploadError } from '../core/errors.ts';
import { isUploadId } from '../core/id.ts';
import { failure, toUploadError } from './answer.ts';
import type { Deployment } from './deployment.ts';
import { checkOrigin, checkProtocol, corsHeaders, preflight } from './gate.ts';
import { type Call, idRoutes, routes } from './routes.ts';
import { identify } from './who.ts';

/** The B2 guide's two endpoints, at the host's root, where they are asked for. */
export const isGuidePath = ({ guide }: Deployment, request: Request): boolean =>
  guide !== null && /^\/(presign-b2-upload|save-b2-metadata)$/.test(new URL(request.url).pathname);

/** Null for an address that is not ours at all. */
export function pathUnder(basePath: string, request: Request): string | null {
  const { pathname } = new URL(request.url);
  if (pathname !== basePath && !pathname.startsWith(`${basePath}/`)) return null;
  // looking behind keeps this linear: a long run of slashes is tried once
  return pathname.slice(basePath.length).replace(/(?<!\/)\/+$/, '') || '/';
}

/** One request, one answer; never throws. */
export async function handle(request: Request, deployment: Deployment): Promise<Response> {
  const { guide } = deployment;
  if (guide !== null && isGuidePath(deployment, request)) {
    const { handleGuide } = await import('./later.ts');
    return handleGuide(request, deployment, guide);
  }
  const path = pathUnder(deployment.basePath, request);
  if (path === null) return foreignPath(request, deployment);
  if (path.startsWith('/disk/')) {
    const { serveDisk } = await import('./later.ts');
    return serveDisk(request, path.slice('/disk/'.length), deployment);
  }
  if (request.method === 'OPTIONS') return preflight(request, deployment);
  let answer: Response;
  try {
    checkOrigin(request, deployment);
    checkProtocol(request);
    answer = await dispatch(request, path, deployment);
  } catch (error) {
    answer = failure(toUploadError(error, deployment.logger));
  }
  // whoever still sends is not heard: an open body would keep the connection
  if (request.body !== null && !request.bodyUsed) await request.body.cancel().catch(() => undefined);
  for (const [name, value] of Object.entries(corsHeaders(request, deployment))) answer.headers.set(name, value);
  answer.headers.set('x-content-type-options', 'nosniff');
  return request.method === 'HEAD' ? new Response(null, answer) : answer;
}

async function dispatch(request: Request, path: string, deployment: Deployment): Promise<Response> {
  const provider = /^\/webhooks\/([\w-]+)$/.exec(path)?.[1];
  if (provider !== undefined) {
    const { takeWebhook } = await import('./later.ts');
    return takeWebhook(request, provider, deployment);
  }
  const run = routeFor(request, path);
  const who = await identify(request, deployment);
  const answer = await run({ request, url: new URL(request.url), deployment, who });
  // an answer that caches share must give nobody somebody's identity
  const shared = answer.headers.get('cache-control')?.startsWith('public') === true;
  if (who !== null && who.setCookie !== null && !shared) answer.headers.append('set-cookie', who.setCookie);
  return answer;
}

function routeFor(request: Request, path: string): (call: Call) => Promise<Response> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const plain = own(routes, `${method} ${path}`);
  if (plain !== undefined) return plain;
  const [, id = '', rest = ''] = /^\/([^/]*)(\/.*)?$/.exec(path) ?? [];
  const byId = isUploadId(id) ? own(idRoutes, `${method} /:id${rest}`) : undefined;
  if (byId !== undefined) return (call) => byId(call, id);
  throw new UploadError('not-found', undefined, { message: `no route ${request.method} ${path.slice(0, 100)}` });
}

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

function foreignPath(request: Request, { basePath }: Deployment): Response {
  const { pathname } = new URL(request.url);
  const message = `${pathname.slice(0, 200)} is not under basePath ${basePath}: give createUploadServer the path it is mounted at`;
  return failure(new UploadError('not-found', undefined, { message }));
}
