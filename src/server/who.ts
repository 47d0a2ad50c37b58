import { UploadError } from '../core/errors.ts';
import { mintId } from '../core/id.ts';
import type { Deployment } from './deployment.ts';
import { toUploadError } from './answer.ts';

const cookie = 'slipway_visitor';
const life = 365 * 24 * 3600;

/** The person behind a request, and the cookie to set where this request made them known. */
export interface Who {
  userId: string;
  setCookie: string | null;
}

/** Null where nobody is signed in. A trouble of the host's own check is an error, never a stranger let in. */
export async function identify(request: Request, deployment: Deployment): Promise<Who | null> {
  const { authenticate, allowAnonymous, logger } = deployment;
  let userId: string | null;
  try {
    userId = await authenticate(request);
  } catch (error) {
    throw toUploadError(error, logger);
  }
  if (userId !== null) return { userId, setCookie: null };
  return allowAnonymous ? visitor(request, deployment) : null;
}

export async function mustBeKnown(request: Request, deployment: Deployment): Promise<Who> {
  const who = await identify(request, deployment);
  if (who === null) throw new UploadError('unauthorized', undefined, { message: 'authenticate(request) said null' });
  return who;
}

/** A random identity in a signed cookie: two visitors never share one. */
async function visitor(request: Request, { tickets, ports, publicOrigin }: Deployment): Promise<Who> {
  const sealed = new RegExp(`(?:^|; *)${cookie}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1];
  if (sealed !== undefined) {
    const known = await (await tickets()).open('anonymous', sealed, ports.now()).catch(() => null); // of an older secret or made up: a new identity
    if (known !== null) return { userId: known.claims.owner, setCookie: null };
  }
  const userId = `visitor:${mintId(ports.now(), ports.random(16))}`;
  const value = await (await tickets()).issue('anonymous', { owner: userId });
  const secure = (publicOrigin ?? request.url).startsWith('https:') ? '; Secure' : '';
  return {
    userId,
    setCookie: `${cookie}=${value}; Path=/; Max-Age=${life}; HttpOnly; SameSite=Lax${secure}`,
  };
}
