import { UploadError } from '../core/errors.ts';
import type { PresignAnswer } from '../core/protocol.ts';
import { putAddress } from './addresses.ts';
import { toUploadError, wireError } from './answer.ts';
import type { Deployment } from './deployment.ts';
import { type Asking, type Draft, draft, sameFacts } from './draft.ts';
import { change, quota, release } from './ledger.ts';
import { second } from './lifetimes.ts';
import type { LedgerRow, Patch } from './record-store.ts';
import { isReadable, recordOf } from './records-of.ts';
import { statusOf } from './statuses.ts';
import type { PresignEntry } from './wire.ts';

/** Rows first, then addresses. Each file is answered for itself; the same question gets the same key. */
export async function presign(
  deployment: Deployment,
  asking: Asking,
  entries: readonly PresignEntry[],
): Promise<PresignAnswer[]> {
  const { logger } = deployment;
  const refuse = (id: string, thrown: unknown): PresignAnswer => {
    const error = toUploadError(thrown, logger);
    return { id, error: { status: statusOf(error.code), ...wireError(error) } };
  };
  const drafts = await Promise.allSettled(entries.map((entry) => draft(deployment, asking, entry)));
  const welcome = drafts.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const rows = await enter(deployment, asking.owner, unique(welcome));
  return Promise.all(
    drafts.map(async (result, index) => {
      const id = entries[index]?.id ?? '';
      try {
        if (result.status === 'rejected') throw result.reason;
        const row = rows.get(id);
        if (row instanceof UploadError) throw row;
        if (row === undefined) throw beingErased();
        return await plan(deployment, asking, result.value, row);
      } catch (error) {
        return refuse(id, error);
      }
    }),
  );
}

const beingErased = (): UploadError =>
  new UploadError('busy', { retryAfter: 60 }, { message: "this owner's files are being erased" });

const unique = (rows: readonly LedgerRow[]): LedgerRow[] => [...new Map(rows.map((row) => [row.id, row])).values()];

/** Writes the rows that are new and finds the others. Quota is counted once for each, before any byte. */
async function enter(
  deployment: Deployment,
  owner: string,
  drafts: readonly LedgerRow[],
): Promise<Map<string, LedgerRow | UploadError>> {
  const { records, limits, ports } = deployment;
  const now = ports.now();
  if (limits.bytes === null) return new Map((await records.insert(drafts, now)).map((row) => [row.id, row]));

  const known = await records.find(
    owner,
    drafts.map(({ id }) => id),
  );
  const answers = new Map<string, LedgerRow | UploadError>(known.map((row) => [row.id, row]));
  const fresh: LedgerRow[] = [];
  for (const row of drafts.filter(({ id }) => !answers.has(id))) {
    if (await records.count(quota(owner, row.reserved, limits.bytes, now))) fresh.push(row);
    else answers.set(row.id, new UploadError('quota-exceeded', { retryAfter: null }));
  }
  const rows = new Map((await records.insert(fresh, now)).map((row) => [row.id, row]));
  for (const row of fresh) {
    const there = rows.get(row.id);
    // somebody was quicker with this id, or the owner is fenced: these bytes were not needed
    if (there?.nonce !== row.nonce) await release(deployment, row);
    if (there !== undefined) answers.set(row.id, there);
  }
  return answers;
}

async function plan(deployment: Deployment, asking: Asking, draft_: LedgerRow, row: LedgerRow): Promise<PresignAnswer> {
  if (!sameFacts(draft_, row)) {
    throw new UploadError('id-reused', undefined, { message: `id ${row.id} belongs to another file` });
  }
  if (isReadable(row)) return { id: row.id, record: await recordOf(row, deployment) };
  if (!isOpen(row)) throw new UploadError('gone');
  const current = row.nonce === draft_.nonce ? row : await renew(deployment, draft_, row);
  const { id, owner, kind, size } = current;
  const now = deployment.ports.now();
  const exp = now + deployment.lifetimes.ticket;
  const tickets = await deployment.tickets();
  const ticket = await tickets.issue('upload', { id, owner, kind, key: current.incoming ?? current.key, size, exp });
  const { partSize } = current;
  if (partSize !== null) {
    const { openMultipart } = await import('./later.ts');
    const opened = await openMultipart(deployment, current);
    const expiresAt = new Date(exp).toISOString();
    return { id, ticket, expiresAt, multipart: { partSize, count: Math.ceil(opened.size / partSize) } };
  }
  const { url, headers, expiresAt } = await putAddress(deployment, current, asking.request);
  return { id, url, method: 'PUT', headers, ticket, expiresAt: new Date(expiresAt).toISOString() };
}

const isOpen = ({ state }: LedgerRow): boolean =>
  state === 'pending' || state === 'confirming' || state === 'scanning' || state === 'mirroring';

/** A fresh address must be known to the row before it is known to anyone else. Of name and metadata the last word counts. */
async function renew(deployment: Deployment, draft_: LedgerRow, row: LedgerRow): Promise<LedgerRow> {
  const { name, metadata, source } = draft_;
  const patch: Patch = { addressUntil: Math.max(row.addressUntil, draft_.addressUntil) + second };
  const changed = await change(
    deployment.records,
    row,
    { states: ['pending', 'confirming', 'scanning', 'mirroring'] },
    row.state === 'pending' ? { ...patch, name, metadata, source } : patch,
  );
  if (changed === null) throw new UploadError('busy', { retryAfter: 1 });
  return changed;
}

/** For callers that carry the bytes themselves. */
export async function presignOne(deployment: Deployment, asking: Asking, entry: Draft): Promise<LedgerRow> {
  const row = await draft(deployment, asking, entry);
  const entered = (await enter(deployment, asking.owner, [row])).get(row.id) ?? beingErased();
  if (entered instanceof UploadError) throw entered;
  if (!sameFacts(row, entered)) throw new UploadError('id-reused');
  if (!isOpen(entered) && !isReadable(entered)) throw new UploadError('gone');
  return entered;
}
