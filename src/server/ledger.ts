import { UploadError } from '../core/errors.ts';
import type { Deployment } from './deployment.ts';
import { type Lifetimes, lateBy, leaseFor } from './lifetimes.ts';
import type { Condition, Counting, LedgerRow, LedgerState, Patch, RecordStore } from './record-store.ts';
import { toBase64Url } from './ticket.ts';

type Named = Pick<LedgerRow, 'owner' | 'id'>;

const patience = 5000;
const pause = 200;

export const newNonce = ({ ports }: Deployment): string => toBase64Url(ports.random(12));

/** Work in hand: the row, and the nonce under which all further changes are made. */
export interface Lease {
  row: LedgerRow;
  nonce: string;
}

/**
 * Takes the lease by one compare-and-set. A loser waits a few seconds for the winner and then gets the row as it
 * stands; while somebody still holds it, `busy`. Null: no such row.
 */
export async function takeLease(
  deployment: Deployment,
  { owner, id }: Named,
  states: readonly LedgerState[],
  patch: Patch,
): Promise<Lease | { row: LedgerRow; nonce: null } | null> {
  const { ports, records } = deployment;
  const until = ports.now() + patience;
  for (;;) {
    const nonce = newNonce(deployment);
    const now = ports.now();
    const leaseUntil = now + leaseFor;
    const taken = await change(
      records,
      { owner, id },
      { states, freeAt: now },
      { leaseUntil, dueAt: leaseUntil, nonce, attempt: 'next', ...patch },
    );
    if (taken !== null) return { row: taken, nonce };
    const [row] = await records.find(owner, [id]);
    if (row === undefined) return null;
    if (!states.includes(row.state)) return { row, nonce: null };
    if (ports.now() >= until) throw new UploadError('busy', { retryAfter: 1 });
    await ports.sleep(pause);
  }
}

/**
 * One compare-and-set whose reply may be lost: then the row is read again, and the values of this patch on it
 * mean that it happened.
 */
export async function change(
  records: RecordStore,
  { owner, id }: Named,
  condition: Condition,
  patch: Patch,
): Promise<LedgerRow | null> {
  try {
    return (await records.change(owner, [id], condition, patch))[0] ?? null;
  } catch (error) {
    const [row] = await records.find(owner, [id]).catch(() => []); // the first error is the one to tell
    const nonce = patch.nonce ?? condition.nonce;
    const mine = row !== undefined && nonce !== undefined && row.nonce === nonce;
    if (mine && telling.every((field) => patch[field] === undefined || row[field] === patch[field])) return row;
    throw error;
  }
}
/** Fields that no two steps under one nonce give the same values. */
const telling = ['state', 'key', 'leaseUntil'] as const;

/** Gives bytes back that were counted for this row. */
export async function release({ records, ports }: Deployment, { owner, reserved }: LedgerRow): Promise<void> {
  if (reserved > 0) await records.count(quota(owner, -reserved, Infinity, ports.now()));
}
/** A counter that never starts anew by itself. */
export const quota = (owner: string, amount: number, limit: number, now: number): Counting => ({
  name: `bytes:${owner}`,
  amount,
  limit: Math.min(limit, Number.MAX_SAFE_INTEGER),
  now,
  until: farAway,
});
const farAway = Date.UTC(9999, 0);

/** When a stored row wants the sweeper's eye: late bytes at its upload address, or nobody claiming it. */
export function dueWhenStored(
  row: Pick<LedgerRow, 'loose' | 'addressUntil' | 'claimedAt'> & { storedAt: number },
  keep: 'on-upload' | 'on-claim' | undefined,
  { grace }: Lifetimes,
): number | null {
  const times = [
    row.loose.length > 0 ? row.addressUntil + lateBy : Infinity,
    keep === 'on-claim' && row.claimedAt === null ? row.storedAt + grace : Infinity,
  ];
  const first = Math.min(...times);
  return first === Infinity ? null : first;
}

/** A row that is over stays until no late PUT can bring its bytes back; then they are deleted once more. */
export const tombstoneUntil = ({ addressUntil }: LedgerRow, now: number): number =>
  Math.max(addressUntil, now) + lateBy;
