import { isUploadId } from '../core/id.ts';
import { type Deployment, storageOf } from './deployment.ts';
import { change, dueWhenStored, newNonce, release, takeLease, tombstoneUntil } from './ledger.ts';
import { leaseFor, second } from './lifetimes.ts';
import { clearAway } from './clear-away.ts';
import { notFound } from './not-found.ts';
import { mayTouch } from './read.ts';
import type { LedgerRow, LedgerState } from './record-store.ts';

/** States that have bytes to erase. */
export const finished: readonly LedgerState[] = ['stored', 'missing', 'quarantined', 'deleting'];
/** States that a confirm or an end may follow. */
export const onTheWay: readonly LedgerState[] = ['pending', 'confirming', 'scanning', 'mirroring'];

/** Erases bytes and row now, whatever the upload's state; or hides it at once and erases it that much later. */
export async function erase(
  deployment: Deployment,
  { id, userId, request, undoWithin = 0 }: { id: string; userId: string; request: Request | null; undoWithin?: number },
): Promise<void> {
  const { records } = deployment;
  if (!isUploadId(id)) throw notFound();
  const [own] = await records.find(userId, [id]);
  const row = own ?? (deployment.hasOwnPolicy ? await records.findStored(id) : null);
  if (row === null || !(await mayTouch(deployment, { action: 'erase', userId, row, request }))) throw notFound();
  await remove(deployment, row, undoWithin);
}

async function remove(deployment: Deployment, row: LedgerRow, undoWithin: number): Promise<void> {
  const { records, ports } = deployment;
  if (onTheWay.includes(row.state)) return cancel(deployment, row);
  if (!finished.includes(row.state)) return; // gone already: nothing is left to say
  const nonce = newNonce(deployment);
  const dueAt = ports.now() + undoWithin * second;
  const leaseUntil = undoWithin === 0 ? ports.now() + leaseFor : null;
  const hidden = await change(
    records,
    row,
    { states: finished },
    { state: 'deleting', leaving: 'removed', nonce, leaseUntil, dueAt },
  );
  if (hidden === null) return;
  await removeOriginal(deployment, hidden, undoWithin);
  if (undoWithin === 0) await eraseRow(deployment, hidden, nonce);
}

/** A kept original goes with the crop that names it. */
async function removeOriginal(deployment: Deployment, { owner, source }: LedgerRow, undoWithin: number): Promise<void> {
  if (source === null) return;
  const [original] = await deployment.records.find(owner, [source.id]);
  // one that waits to go does so already; this also ends a circle of two that name each other
  if (original?.state === 'stored') await remove(deployment, original, undoWithin);
}

/** Ends an upload that nobody holds: the lease of a confirm at work is waited for. */
async function cancel(deployment: Deployment, { owner, id }: LedgerRow): Promise<void> {
  const lease = await takeLease(deployment, { owner, id }, onTheWay, {});
  if (lease === null) return;
  if (lease.nonce === null) return erase(deployment, { id, userId: owner, request: null });
  await expire(deployment, lease.row, lease.nonce);
}

/** `pending → expired`, then the bytes: in this order, so that no confirm can win in between. */
export async function expire(deployment: Deployment, row: LedgerRow, nonce: string): Promise<boolean> {
  const dueAt = tombstoneUntil(row, deployment.ports.now());
  const expired = await change(
    deployment.records,
    row,
    { nonce, states: onTheWay },
    { state: 'expired', leaseUntil: null, dueAt },
  );
  if (expired === null) return false;
  await release(deployment, expired);
  await clearAway(deployment, expired);
  return true;
}

/** `deleting → erased`, by the holder of its lease: bytes first, so that a failure leaves the row due. */
export async function eraseRow(deployment: Deployment, row: LedgerRow, nonce: string): Promise<boolean> {
  await clearAway(deployment, row);
  const dueAt = tombstoneUntil(row, deployment.ports.now());
  const erased = await change(
    deployment.records,
    row,
    { nonce, states: ['deleting'] },
    { state: 'erased', leaving: null, leaseUntil: null, dueAt },
  );
  if (erased !== null) await release(deployment, erased);
  return erased !== null;
}

/**
 * Takes back what is still undoable: what was stored once and has its bytes. Null for the rest, such as infected
 * files on their way out, and files whose bytes a sweeper deleted before it died.
 */
export async function restore(deployment: Deployment, row: LedgerRow): Promise<LedgerRow | null> {
  if (row.storedAt === null || row.nonce === null) return null;
  if ((await storageOf(deployment, row).head(row.key ?? '')) === null) return null;
  const keep = deployment.kinds.get(row.kind ?? '')?.options.keep;
  const dueAt = dueWhenStored({ ...row, storedAt: row.storedAt }, keep, deployment.lifetimes);
  const { records, ports } = deployment;
  return change(
    records,
    row,
    // the same nonce: nobody has begun to delete since the bytes were seen
    { states: ['deleting'], freeAt: ports.now(), nonce: row.nonce },
    { state: 'stored', leaving: null, dueAt, nonce: newNonce(deployment) },
  );
}
