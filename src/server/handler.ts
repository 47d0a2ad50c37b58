import { UploadError } from '../core/errors.ts';
import { isUploadId } from '../core/id.ts';
import { failure, toUploadError } from './answer.ts';
import type { Deployment } from './deployment.ts';
import { serveDisk } from './disk-route.ts';
import { checkOrigin, checkProtocol, corsHeaders, preflight } from './gate.ts';
import { type Call, idRoutes, routes } from './routes.ts';
import { identify } from './who.ts';

/** Whether this address is ours at all. */
export function pathUnder(basePath: string, request: Request): string | null {
  const { pathname } = new URL(request.url);
  if (pathname !== basePath && !pathname.startsWith(`${basePath}/`)) return null;
  return pathname.slice(basePath.length).replace(/\/+$/, '') || '/';
}

/** One request, one answer; never throws. */
export async function handle(request: Request, deployment: Deployment): Promise<Response> {
  const path = pathUnder(deployment.basePath, request);
  if (path === null) return foreignPath(request, deployment);
  if (path.startsWith('/disk/')) return serveDisk(request, path.slice('/disk/'.length), deployment);
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
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const url = new URL(request.url);
  const [, first = '', rest = ''] = /^\/([^/]*)(\/.*)?$/.exec(path) ?? [];
  const plain = Object.hasOwn(routes, `${method} ${path}`) ? routes[`${method} ${path}`] : undefined;
  const pattern = `${method} /:id${rest}`;
  const byId = isUploadId(first) && Object.hasOwn(idRoutes, pattern) ? idRoutes[pattern] : undefined;
  if (plain === undefined && byId === undefined) {
    throw new UploadError('not-found', undefined, { message: `no route ${request.method} ${path.slice(0, 100)}` });
  }
  const who = await identify(request, deployment);
  const call: Call = { request, url, deployment, who };
  const answer = byId === undefined ? await plain?.(call) : await byId(call, first);
  if (answer === undefined) throw new UploadError('not-found');
  if (who !== null && who.setCookie !== null) answer.headers.append('set-cookie', who.setCookie);
  return answer;
}

function foreignPath(request: Request, { basePath }: Deployment): Response {
  const { pathname } = new URL(request.url);
  const message = `${pathname.slice(0, 200)} is not under basePath ${basePath}: give createUploadServer the path it is mounted at`;
  return failure(new UploadError('not-found', undefined, { message }));
}
