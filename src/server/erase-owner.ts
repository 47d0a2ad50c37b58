import type { Deployment } from './deployment.ts';
import { eraseRow, expire, finished, onTheWay } from './erase.ts';
import { change, newNonce } from './ledger.ts';
import { leaseFor } from './lifetimes.ts';
import type { LedgerRow } from './record-store.ts';

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
  if (onTheWay.includes(row.state)) {
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
