import { UploadError } from '../core/errors.ts';
import type { Deployment } from './deployment.ts';
import { minute, second } from './lifetimes.ts';

/** Counts one presign request, per person and per address; in the record store, so it holds across instances. */
export async function checkRate(deployment: Deployment, userId: string, request: Request): Promise<void> {
  const { limits } = deployment;
  await countOne(deployment, `user:${userId}`, limits.perUser);
  const address = deployment.clientAddress(request);
  if (limits.perAddress !== null && address !== null)
    await countOne(deployment, `address:${address}`, limits.perAddress);
}

async function countOne({ records, ports }: Deployment, name: string, limit: number): Promise<void> {
  if (limit === Infinity) return;
  const now = ports.now();
  const window = Math.floor(now / minute);
  const until = (window + 1) * minute;
  if (await records.count({ name: `${name}:${window}`, amount: 1, limit, now, until })) return;
  throw new UploadError('rate-limited', { retryAfter: Math.ceil((until - now) / second) });
}
