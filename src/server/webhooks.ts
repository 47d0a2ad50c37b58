import { UploadError } from '../core/errors.ts';
import { json } from './answer.ts';
import { readBytes } from './body.ts';
import type { Deployment } from './deployment.ts';
import { day, minute } from './lifetimes.ts';
import { notFound } from './not-found.ts';

const mostBytes = 256 * 1024;
const window = 5 * minute;

/**
 * A call from a vendor: the raw body as it was signed, recent, and never heard before. Anything else is 401 and
 * leaves no trace. An event that the host could not take may be sent again.
 */
export async function takeWebhook(request: Request, provider: string, deployment: Deployment): Promise<Response> {
  const { records, ports, webhooks } = deployment;
  const webhook = Object.hasOwn(webhooks, provider) ? webhooks[provider] : undefined;
  if (webhook === undefined || request.method !== 'POST') throw notFound();
  const body = await readBytes(request, mostBytes);
  const event = await webhook.verify({ body, headers: request.headers });
  const now = ports.now();
  // asked this way round, since a time that is none is neither near nor far
  const isRecent = event !== null && Math.abs(now - event.sentAt) <= window;
  if (!isRecent) throw new UploadError('unauthorized');
  const counting = { name: `webhook:${provider}:${event.id}`, limit: 1, now, until: now + day };
  if (!(await records.count({ ...counting, amount: 1 }))) throw new UploadError('unauthorized');
  try {
    await webhook.onEvent(event);
  } catch (error) {
    await records.count({ ...counting, amount: -1 });
    throw error;
  }
  return json({ ok: true });
}
