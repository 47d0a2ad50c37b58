import { type ErrorCode, UploadError, isUploadError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { UploadRecord } from '../core/record.ts';
import { lastingUrl } from './addresses.ts';
import { toUploadError, wireError } from './answer.ts';
import { withDeadline } from './deadline.ts';
import { type Deployment, type KindPlan, kindPlan, storageOf } from './deployment.ts';
import { runOnStored, runScan } from './hook.ts';
import { change, dueWhenStored, release, takeLease, tombstoneUntil } from './ledger.ts';
import { leaseFor, minute, second } from './lifetimes.ts';
import { checkMetadata } from './metadata.ts';
import { abortOpen, clearAway } from './clear-away.ts';
import { notFound } from './not-found.ts';
import type { LedgerRow, LedgerState, Patch, RecordStore } from './record-store.ts';
import { isReadable, recordOf } from './records-of.ts';
import { UploadRefusal } from './refusal.ts';
import { fenced, verify } from './verify.ts';

export type Confirmed = { record: UploadRecord } | { retryAfter: number };

const confirmable = ['pending', 'confirming', 'scanning'] as const satisfies LedgerState[];

/**
 * Take the lease, prove the bytes, ask the host, commit: in that order, each step conditional on the lease.
 * Repeating it answers the saved record and does nothing.
 */
export async function confirm(
  deployment: Deployment,
  { owner, id }: Pick<LedgerRow, 'owner' | 'id'>,
  metadata?: JsonObject,
): Promise<Confirmed> {
  const lease = await takeLease(deployment, { owner, id }, confirmable, { state: 'confirming', refusal: null });
  if (lease === null) throw notFound();
  if (lease.nonce === null) return replay(deployment, lease.row);
  return confirmUnder(deployment, lease.row, lease.nonce, metadata);
}

/** The same for whoever holds the lease already: the sweeper goes on where a process died. */
export async function confirmUnder(
  deployment: Deployment,
  row: LedgerRow,
  nonce: string,
  metadata?: JsonObject,
): Promise<Confirmed> {
  let current = row;
  try {
    // whatever hangs, hangs no longer than the lease that guards it
    return await withDeadline(leaseFor - 10 * second, lateConfirm, async (signal) => {
      const kind = kindPlan(deployment, row.kind);
      if (metadata !== undefined) current = { ...row, metadata: await checkMetadata(kind, metadata) };
      current = { ...(await verify(deployment, kind, current, nonce, signal)), metadata: current.metadata };
      const verdict = await runScan(deployment, kind, current);
      if (verdict === 'infected') throw new UploadError('infected');
      if (verdict !== 'clean') return scanLater(deployment, current, nonce, verdict.later);
      const stored = await commit(deployment, kind, current, nonce);
      await deployment.afterwards(tidyUp(deployment, stored));
      return { record: await recordOf(stored, deployment) };
    });
  } catch (error) {
    await giveBack(deployment, current, nonce, error);
    throw error;
  }
}

const lateConfirm = (): UploadError => new UploadError('timeout', { seconds: 50, step: 'confirm' });

/** What an upload that is past confirming has to say. */
async function replay(deployment: Deployment, row: LedgerRow): Promise<Confirmed> {
  if (isReadable(row)) return { record: await recordOf(row, deployment) };
  if (row.state === 'rejected' || row.state === 'quarantined') throw problemOf(row);
  throw new UploadError('gone');
}

/** The refusal is kept on the row, so that every repeat hears the same. */
function problemOf({ data }: LedgerRow): UploadError {
  const problem = data as unknown as { code: ErrorCode; details?: never };
  return new UploadError(problem.code, problem.details);
}

async function scanLater(deployment: Deployment, row: LedgerRow, nonce: string, later: number): Promise<Confirmed> {
  const dueAt = deployment.ports.now() + later * second;
  const patch: Patch = { state: 'scanning', leaseUntil: null, dueAt, metadata: row.metadata };
  if ((await change(deployment.records, row, { nonce, states: ['confirming', 'scanning'] }, patch)) === null)
    throw fenced();
  return { retryAfter: Math.ceil(later) };
}

/** State, record and the hook's value in one statement, if the lease still is ours. */
async function commit(deployment: Deployment, kind: KindPlan, row: LedgerRow, nonce: string): Promise<LedgerRow> {
  const { records } = deployment;
  const url = lastingUrl(deployment, row);
  const ready = { ...row, url };
  if (records.transaction === undefined || kind.hooks.onStored === undefined) {
    return commitIn(deployment, records, kind, ready, nonce, await runOnStored(deployment, kind, ready));
  }
  try {
    return await records.transaction(
      async (inside, tx) =>
        commitIn(deployment, inside, kind, ready, nonce, await runOnStored(deployment, kind, ready, tx)),
      row.owner,
    );
  } catch (error) {
    if (isUploadError(error) || UploadRefusal.is(error)) throw error;
    // the reply to COMMIT may be what was lost: my nonce on a stored row means that I won
    const [now] = await records.find(row.owner, [row.id]);
    if (now?.state === 'stored' && now.nonce === nonce) return now;
    throw error;
  }
}

async function commitIn(
  deployment: Deployment,
  records: RecordStore,
  kind: KindPlan,
  row: LedgerRow,
  nonce: string,
  data: LedgerRow['data'],
): Promise<LedgerRow> {
  const { key, url, metadata } = row;
  const storedAt = deployment.ports.now();
  const loose = row.loose.filter((one) => one !== key);
  const dueAt = dueWhenStored({ ...row, loose, storedAt }, kind.options.keep, deployment.lifetimes);
  const won = await change(
    records,
    row,
    { nonce, states: ['confirming', 'scanning'] },
    { state: 'stored', storedAt, data, metadata, key, url, loose, dueAt, leaseUntil: null, refusal: null },
  );
  if (won === null) throw fenced();
  return won;
}

/** The upload's own bytes are no longer needed. What fails here the sweeper does again. */
async function tidyUp(deployment: Deployment, row: LedgerRow): Promise<void> {
  const storage = storageOf(deployment, row);
  const { multipart } = storage;
  const inParts = row.partSize !== null && multipart !== null && row.key !== null;
  const erased = await Promise.allSettled([
    ...row.loose.map((key) => storage.erase(key)),
    ...(inParts ? [abortOpen(multipart, row.key ?? '', null)] : []),
  ]);
  for (const result of erased) {
    if (result.status === 'rejected')
      deployment.logger.error(`slipway: leftovers of ${row.id} stay for the sweeper`, result.reason);
  }
}

/** Leaves the row so that the right one goes on: a person's retry, the sweeper, or nobody. */
async function giveBack(deployment: Deployment, row: LedgerRow, nonce: string, error: unknown): Promise<void> {
  const { ports, logger } = deployment;
  const now = ports.now();
  const free: Patch = { leaseUntil: null };
  const leave = async (patch: Patch): Promise<LedgerRow | null> =>
    change(deployment.records, row, { nonce, states: ['confirming', 'scanning'] }, patch);
  try {
    const code = isUploadError(error) ? error.code : null;
    if (UploadRefusal.is(error)) {
      await leave({ ...free, refusal: error.message, dueAt: row.createdAt + deployment.lifetimes.grace });
    } else if (code === 'not-uploaded' || code === 'checksum-mismatch') {
      // the same id may bring the bytes again
      if (code === 'checksum-mismatch') await clearAway(deployment, row);
      await leave({ ...free, state: 'pending', dueAt: row.expiresAt });
    } else if (code !== null && finals.has(code)) {
      await reject(deployment, row, nonce, toUploadError(error, logger));
    } else {
      await leave({ ...free, dueAt: now + backOff(row.attempt) });
    }
  } catch (trouble) {
    // the lease runs out by itself; the caller throws the error that led here
    logger.error(`slipway: could not give back ${row.id}`, trouble);
  }
}

/** 1, 2, 4 … minutes, an hour at most. */
export const backOff = (attempt: number): number => Math.min(60, 2 ** Math.max(0, attempt - 1)) * minute;

/** Nothing a retry could change: these bytes are not welcome. */
const finals: ReadonlySet<ErrorCode> = new Set([
  'size-mismatch',
  'too-large',
  'type-mismatch',
  'too-small',
  'too-many-pixels',
  'corrupt',
  'infected',
]);

async function reject(deployment: Deployment, row: LedgerRow, nonce: string, error: UploadError): Promise<void> {
  const now = deployment.ports.now();
  const infected = error.code === 'infected';
  const dueAt = infected ? now + deployment.lifetimes.grace : tombstoneUntil(row, now);
  const state = infected ? 'quarantined' : 'rejected';
  const patch: Patch = { state, data: wireError(error), leaseUntil: null, dueAt };
  const rejected = await change(deployment.records, row, { nonce, states: ['confirming', 'scanning'] }, patch);
  if (rejected === null) return;
  // bytes in quarantine are still held, and counted until they go
  if (!infected) await release(deployment, rejected);
  if (infected) await tidyUp(deployment, { ...rejected, loose: rejected.loose.filter((key) => key !== rejected.key) });
  else await clearAway(deployment, rejected);
}
