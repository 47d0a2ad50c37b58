import { UploadError } from '../core/errors.ts';
import { isUploadId } from '../core/id.ts';
import type { UploadRecord } from '../core/record.ts';
import { type Deployment, kindPlan } from './deployment.ts';
import { restore } from './erase.ts';
import { newNonce } from './ledger.ts';
import { notFound } from './not-found.ts';
import type { LedgerRow, Query } from './record-store.ts';
import { recordOf } from './records-of.ts';

export interface ClaimOptions {
  /** The kind every file must be of. */
  kind: string;
  /** What the host referred to until now. Ids that are not claimed again leave after a grace. */
  replacing?: unknown;
  /** The host's own transaction: then the marks are rolled back with it. */
  query?: Query;
}

/**
 * Turns what a browser handed back into the server's own records. Reads nothing but ids (bare, in record JSON or in
 * record objects), and takes only stored files of this owner and kind; foreign and missing ones answer alike.
 * Repeating it is harmless.
 */
export async function claim(
  deployment: Deployment,
  owner: string,
  values: unknown,
  { kind, replacing, query }: ClaimOptions,
): Promise<UploadRecord[]> {
  const { rules } = kindPlan(deployment, kind);
  const ids = idsIn(values, (id) => {
    if (id === null) throw notFound();
    return [id];
  });
  if (rules.maxFiles !== null && ids.length > rules.maxFiles)
    throw new UploadError('too-many', { maxFiles: rules.maxFiles });
  const inside = within(deployment, query);
  const { records, ports } = inside;
  const found = new Map((await records.find(owner, ids)).map((row) => [row.id, row]));
  const rows: LedgerRow[] = [];
  for (const id of ids) {
    const row = found.get(id);
    if (row === undefined || row.kind !== kind) throw notFound();
    rows.push(await alive(inside, row));
  }
  const originals = await originalsOf(inside, rows);
  const all = [...rows, ...originals];
  const keep = deployment.kinds.get(kind)?.options.keep;
  // the sweeper had a date with unclaimed files; it finds out at once that it is off
  const dueAt = keep === 'on-claim' ? { dueAt: ports.now() } : {};
  const claimed = await records.change(
    owner,
    all.map(({ id }) => id),
    { states: ['stored'] },
    // a new nonce: a sweeper that took the row as unclaimed finds its lease worthless
    { claimedAt: ports.now(), nonce: newNonce(deployment), leaseUntil: null, ...dueAt },
  );
  if (claimed.length < all.length) throw notFound();
  await letGo(inside, owner, known(replacing), new Set(all.map(({ id }) => id)));
  const now = new Map(claimed.map((row) => [row.id, row]));
  return Promise.all(rows.map((row) => recordOf(now.get(row.id) ?? row, deployment)));
}

/** For apps without server code: the new record is claimed by its owner, the old ones leave after a grace. */
export async function settle(
  deployment: Deployment,
  owner: string,
  id: string,
  replacing: readonly string[],
): Promise<void> {
  const [row] = await deployment.records.find(owner, [id]);
  if (row === undefined) throw notFound();
  const kind = row.kind ?? '';
  await claim(deployment, owner, [id], { kind, replacing });
}

/** What a host used to refer to may hold addresses from before slipway: those are not ours to let go. */
const known = (values: unknown): string[] => idsIn(values, (id) => (id === null ? [] : [id]));

/** The ids in whatever a form, a JSON body or a component handed over; in order, each once. Nothing else is read. */
function idsIn(values: unknown, take: (id: string | null) => string[]): string[] {
  const given = Array.isArray(values) ? values : [values];
  return [...new Set(given.filter((value) => !isNothing(value)).flatMap((value) => take(idIn(value))))];
}

const isNothing = (value: unknown): boolean => value === '' || value === null || value === undefined;

function idIn(value: unknown): string | null {
  if (isUploadId(value)) return value;
  const parsed = typeof value === 'string' ? parse(value) : value;
  const id = typeof parsed === 'object' && parsed !== null && 'id' in parsed ? parsed.id : null;
  return isUploadId(id) ? id : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no JSON, so no record
  }
}

const within = (deployment: Deployment, query: Query | undefined): Deployment => {
  if (query === undefined) return deployment;
  const records = deployment.records.within?.(query);
  if (records === undefined) throw new TypeError('claim: this record store cannot work inside a `query` of yours');
  return { ...deployment, records };
};

/** A file that waits to go comes back by being claimed. */
async function alive(deployment: Deployment, row: LedgerRow): Promise<LedgerRow> {
  if (row.state === 'stored') return row;
  const back = row.state === 'deleting' ? await restore(deployment, row) : null;
  if (back === null) throw notFound();
  return back;
}

/** A kept original lives and goes with the crop that names it. */
async function originalsOf(deployment: Deployment, rows: readonly LedgerRow[]): Promise<LedgerRow[]> {
  const owner = rows[0]?.owner;
  const ids = [...new Set(rows.flatMap(({ source }) => source?.id ?? []))];
  if (owner === undefined || ids.length === 0) return [];
  const found = await deployment.records.find(owner, ids);
  const living: LedgerRow[] = [];
  for (const row of found.filter((one) => !rows.some(({ id }) => id === one.id))) {
    const back = row.state === 'deleting' ? await restore(deployment, row) : row;
    if (back?.state === 'stored') living.push(back);
  }
  return living;
}

/** An original goes with its crop, unless another crop of it was claimed. */
async function letGo(
  deployment: Deployment,
  owner: string,
  replacing: readonly string[],
  kept: ReadonlySet<string>,
): Promise<void> {
  const ids = replacing.filter((id) => !kept.has(id));
  if (ids.length === 0) return;
  const { records, ports, lifetimes } = deployment;
  const rows = await records.find(owner, ids);
  const originals = rows.flatMap(({ source }) => source?.id ?? []).filter((id) => !kept.has(id));
  const dueAt = ports.now() + lifetimes.replaced;
  await records.change(
    owner,
    [...new Set([...ids, ...originals])],
    { states: ['stored', 'missing'] },
    { state: 'deleting', leaving: 'replaced', nonce: newNonce(deployment), leaseUntil: null, dueAt },
  );
}
