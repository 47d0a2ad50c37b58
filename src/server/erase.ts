import type { Deployment } from './deployment.ts';
import { change, dueWhenStored, newNonce, release, takeLease, tombstoneUntil } from './ledger.ts';
import { leaseFor, second } from './lifetimes.ts';
import { clearAway } from './multipart.ts';
import { notFound } from './not-found.ts';
import { mayTouch } from './read.ts';
import type { LedgerRow, LedgerState } from './record-store.ts';

const finished = ['stored', 'missing', 'quarantined', 'deleting'] as const satisfies LedgerState[];
const onTheWay = ['pending', 'confirming', 'scanning', 'mirroring'] as const satisfies LedgerState[];

/** Erases bytes and row now, whatever the upload's state; or hides it at once and erases it that much later. */
export async function erase(
  deployment: Deployment,
  { id, userId, request, undoWithin = 0 }: { id: string; userId: string; request: Request | null; undoWithin?: number },
): Promise<void> {
  const { records, ports } = deployment;
  const [own] = await records.find(userId, [id]);
  const row = own ?? (deployment.hasOwnPolicy ? await records.findStored(id) : null);
  if (row === null || !(await mayTouch(deployment, { action: 'erase', userId, row, request }))) throw notFound();
  if (onTheWay.some((state) => state === row.state)) return cancel(deployment, row);
  if (!finished.some((state) => state === row.state)) return; // gone already: nothing is left to say
  const nonce = newNonce(deployment);
  const dueAt = ports.now() + undoWithin * second;
  const leaseUntil = undoWithin === 0 ? ports.now() + leaseFor : null;
  const hidden = await change(
    records,
    row,
    { states: finished },
    { state: 'deleting', leaving: 'removed', nonce, leaseUntil, dueAt },
  );
  if (hidden !== null && undoWithin === 0) await eraseRow(deployment, hidden, nonce);
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

/** Takes back what is still undoable. */
export async function restore(deployment: Deployment, row: LedgerRow): Promise<LedgerRow | null> {
  const keep = deployment.kinds.get(row.kind ?? '')?.options.keep;
  const storedAt = row.storedAt ?? deployment.ports.now();
  const dueAt = dueWhenStored({ ...row, storedAt }, keep, deployment.lifetimes);
  const { records, ports } = deployment;
  return change(
    records,
    row,
    { states: ['deleting'], freeAt: ports.now() },
    { state: 'stored', leaving: null, dueAt, nonce: newNonce(deployment) },
  );
}

/** Erases everything of one owner; says what could not be erased. Run it again until nothing is left. */
export async function eraseOwner(deployment: Deployment, owner: string): Promise<{ erased: number; failed: string[] }> {
  const { records, ports, lifetimes, logger } = deployment;
  await records.fence(owner, ports.now() + lifetimes.pending);
  const failed: string[] = [];
  let erased = 0;
  let before: string | undefined;
  for (;;) {
    const rows = await records.list({ owner, states: [...onTheWay, ...finished], before, limit: 100 });
    for (const row of rows) {
      try {
        if (await eraseAny(deployment, row)) erased += 1;
      } catch (error) {
        logger.error(`slipway: ${row.id} could not be erased`, error);
        failed.push(row.id);
      }
    }
    before = rows.at(-1)?.id;
    if (before === undefined) return { erased, failed };
  }
}

/** Does not wait for leases: a confirm at work finds its lease worthless. */
async function eraseAny(deployment: Deployment, row: LedgerRow): Promise<boolean> {
  const nonce = newNonce(deployment);
  const now = deployment.ports.now();
  if (onTheWay.some((state) => state === row.state)) {
    const fenced = await change(deployment.records, row, { states: onTheWay }, { nonce });
    if (fenced !== null) return expire(deployment, fenced, nonce);
    const [meanwhile] = await deployment.records.find(row.owner, [row.id]);
    return meanwhile !== undefined && eraseAny(deployment, meanwhile);
  }
  const hidden = await change(
    deployment.records,
    row,
    { states: finished },
    { state: 'deleting', leaving: 'removed', nonce, leaseUntil: now + leaseFor, dueAt: now },
  );
  return hidden !== null && eraseRow(deployment, hidden, nonce);
}
