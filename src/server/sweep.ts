import { isUploadError } from '../core/errors.ts';
import { streamOf } from './bytes.ts';
import { backOff, confirmUnder } from './confirm.ts';
import { type Deployment, storageOf } from './deployment.ts';
import { eraseRow, expire } from './erase.ts';
import { isStillReferenced } from './hook.ts';
import { change, dueWhenStored, newNonce } from './ledger.ts';
import { day, lateBy, leaseFor } from './lifetimes.ts';
import { clearAway } from './clear-away.ts';
import type { LedgerRow, Patch } from './record-store.ts';
import type { Storage } from './storage.ts';

/** What one sweep did, by id. */
export interface SweepReport {
  expired: string[];
  confirmed: string[];
  erased: string[];
  restored: string[];
  /** Rows whose object is gone though the store answers: for people to look at. */
  missing: string[];
  /** Tried in vain; each is tried again later. */
  failed: { id: string; reason: string }[];
}

const batch = 50;

/**
 * Does what is due, on the ledger's word alone: it never lists a bucket and deletes nothing it has no row for.
 * Safe to run from any number of places at once, and to kill at any time.
 */
export async function sweep(deployment: Deployment, { limit = 1000 }: { limit?: number } = {}): Promise<SweepReport> {
  const report: SweepReport = { expired: [], confirmed: [], erased: [], restored: [], missing: [], failed: [] };
  const { records, ports } = deployment;
  for (let done = 0; done < limit;) {
    const now = ports.now();
    const nonce = newNonce(deployment);
    const rows = await records.take({ now, leaseUntil: now + leaseFor, nonce, limit: Math.min(batch, limit - done) });
    for (const row of rows) await tend(deployment, row, nonce, report);
    if (rows.length === 0) break;
    done += rows.length;
  }
  await records.tidy(ports.now());
  return report;
}

async function tend(deployment: Deployment, row: LedgerRow, nonce: string, report: SweepReport): Promise<void> {
  const { logger, records, ports } = deployment;
  try {
    await step(deployment, row, nonce, report);
  } catch (error) {
    const reason = isUploadError(error) ? error.code : 'unexpected';
    report.failed.push({ id: row.id, reason });
    logger.error(`slipway: sweep could not finish ${row.id} (${row.state})`, error);
    const dueAt = ports.now() + backOff(row.attempt);
    await change(records, row, { nonce, states: [row.state] }, { leaseUntil: null, dueAt }).catch((trouble: unknown) =>
      logger.error(`slipway: ${row.id} waits for its lease to end`, trouble),
    );
  }
}

async function step(deployment: Deployment, row: LedgerRow, nonce: string, report: SweepReport): Promise<void> {
  const now = deployment.ports.now();
  switch (row.state) {
    case 'pending':
      if (await expire(deployment, row, nonce)) report.expired.push(row.id);
      return;
    case 'confirming':
    case 'scanning':
      return goOn(deployment, row, nonce, report);
    case 'mirroring':
      return;
    case 'stored':
    case 'missing':
      return lookAfter(deployment, row, nonce, report);
    case 'quarantined':
      await erase(deployment, row, nonce, report);
      return;
    case 'deleting':
      if (row.leaving !== 'removed' && (await isStillReferenced(deployment, row)))
        return comeBack(deployment, row, nonce, report);
      await erase(deployment, row, nonce, report);
      return;
    case 'expired':
    case 'rejected':
    case 'erased':
      // no late PUT can come any more: after this nothing remembers the upload
      await clearAway(deployment, row);
      await deployment.records.drop(row.owner, row.id, { nonce, states: [row.state] });
      return;
    default:
      throw new Error(`no such state: ${String(row.state satisfies never)} at ${now}`);
  }
}

/** Somebody died between taking the lease and giving it back. What they began is finished, or given up for good. */
async function goOn(deployment: Deployment, row: LedgerRow, nonce: string, report: SweepReport): Promise<void> {
  const now = deployment.ports.now();
  const overdue = now >= row.createdAt + deployment.lifetimes.grace;
  if (overdue || row.refusal !== null) {
    if (await expire(deployment, row, nonce)) report.expired.push(row.id);
    return;
  }
  try {
    const outcome = await confirmUnder(deployment, row, nonce);
    if ('record' in outcome) report.confirmed.push(row.id);
  } catch (error) {
    // confirm has given the row back, with the time of the next try
    report.failed.push({ id: row.id, reason: isUploadError(error) ? error.code : 'hook-failed' });
    if (!isUploadError(error, 'not-uploaded') || now < row.expiresAt) return;
    const again = newNonce(deployment);
    const pending = await change(deployment.records, row, { states: ['pending'], freeAt: now }, { nonce: again });
    if (pending !== null && (await expire(deployment, pending, again))) report.expired.push(row.id);
  }
}

/** Late bytes at the upload address go, unclaimed files begin to leave, and an object that vanished is noticed. */
async function lookAfter(deployment: Deployment, row: LedgerRow, nonce: string, report: SweepReport): Promise<void> {
  const { ports, lifetimes, records } = deployment;
  const now = ports.now();
  const storage = storageOf(deployment, row);
  const keep = deployment.kinds.get(row.kind ?? '')?.options.keep;
  const storedAt = row.storedAt ?? now;
  const leave = (patch: Patch): Promise<LedgerRow | null> =>
    change(records, row, { nonce, states: ['stored', 'missing'] }, { leaseUntil: null, ...patch });
  if (keep === 'on-claim' && row.claimedAt === null && now >= storedAt + lifetimes.grace) {
    await leave({ state: 'deleting', leaving: 'unclaimed', dueAt: now });
    return;
  }
  if (row.loose.length > 0 && now < row.addressUntil + lateBy) {
    await leave({ dueAt: dueWhenStored({ ...row, storedAt }, keep, lifetimes) });
    return;
  }
  for (const key of row.loose) await storage.erase(key);
  const there = (await storage.head(row.key ?? '')) !== null;
  if (!there) {
    const believed = await canaryLives(storage);
    if (believed) report.missing.push(row.id);
    await leave({ ...(believed ? { state: 'missing' as const } : {}), loose: [], dueAt: now + day });
    return;
  }
  await leave({ state: 'stored', loose: [], dueAt: dueWhenStored({ ...row, loose: [], storedAt }, keep, lifetimes) });
}

/**
 * "Not there" is believed only of a store that still has what we once put there ourselves; an empty bucket in the
 * place of the right one is no reason to mark anything.
 */
async function canaryLives(storage: Storage): Promise<boolean> {
  const key = `${storage.prefix}canary`;
  if ((await storage.head(key)) !== null) return true;
  const bytes = new TextEncoder().encode('slipway');
  await storage.write(key, streamOf(bytes), { type: 'text/plain', size: bytes.length });
  return false;
}

async function erase(deployment: Deployment, row: LedgerRow, nonce: string, report: SweepReport): Promise<void> {
  const leaving =
    row.state === 'deleting'
      ? row
      : await change(deployment.records, row, { nonce }, { state: 'deleting', leaving: 'removed', nonce });
  if (leaving !== null && (await eraseRow(deployment, leaving, nonce))) report.erased.push(row.id);
}

async function comeBack(deployment: Deployment, row: LedgerRow, nonce: string, report: SweepReport): Promise<void> {
  const { ports, lifetimes, records } = deployment;
  const claimedAt = row.claimedAt ?? ports.now(); // the host refers to it, which is as good as a claim
  const storedAt = row.storedAt ?? ports.now();
  const dueAt = dueWhenStored({ ...row, claimedAt, storedAt }, undefined, lifetimes);
  const patch: Patch = { state: 'stored', leaving: null, claimedAt, leaseUntil: null, dueAt };
  if ((await change(records, row, { nonce, states: ['deleting'] }, patch)) !== null) report.restored.push(row.id);
}
