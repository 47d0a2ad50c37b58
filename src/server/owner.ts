import { UploadError } from '../core/errors.ts';
import type { Deployment } from './deployment.ts';
import { notFound } from './not-found.ts';
import type { Who } from './who.ts';

/**
 * For whom a call speaks. The ticket is looked at before anything else: a forged one ends here, one of another
 * person answers as if there were nothing. It alone is enough while it lives, so that a long upload outlasts a
 * session; expired it proves nothing, and the person must be signed in.
 */
export async function ownerOf(
  { deployment, who }: { deployment: Deployment; who: Who | null },
  id: string,
  ticket: string | undefined,
): Promise<string> {
  if (ticket !== undefined) {
    const { claims, expired } = await (await deployment.tickets()).open('upload', ticket, deployment.ports.now());
    // somebody whose identity was made up for this very request is nobody yet
    const known = who !== null && who.setCookie === null;
    if (claims.id !== id || (known && claims.owner !== who.userId)) throw notFound();
    if (!expired) return claims.owner;
  }
  if (who === null) throw new UploadError('unauthorized');
  return who.userId;
}
