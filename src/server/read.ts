import { UploadError } from '../core/errors.ts';
import { isUploadId } from '../core/id.ts';
import type { ListResponse, StatusResponse } from '../core/protocol.ts';
import { type Deployment, storageOf } from './deployment.ts';
import { notFound } from './not-found.ts';
import type { AuthorizeQuestion } from './options.ts';
import type { LedgerRow } from './record-store.ts';
import { bareRecord, isReadable, recordOf } from './records-of.ts';

const pageSize = 50;

/** The row, if this person may do that with it. A public kind needs nobody to be signed in. */
export async function readable(
  deployment: Deployment,
  { id, userId, request }: { id: string; userId: string | null; request: Request | null },
): Promise<LedgerRow> {
  if (!isUploadId(id)) throw notFound();
  const own = userId === null ? undefined : (await deployment.records.find(userId, [id]))[0];
  const row = own ?? (await deployment.records.findStored(id));
  if (row === null || !isReadable(row)) throw notFound();
  if (deployment.kinds.get(row.kind ?? '')?.options.visibility === 'public') return row;
  if (userId === null) throw new UploadError('unauthorized');
  if (!(await mayTouch(deployment, { action: 'read', userId, row, request }))) throw notFound();
  return row;
}

/** The host's own rule where it gave one; else the owner alone. */
export async function mayTouch(
  deployment: Deployment,
  { action, userId, row, request }: Pick<AuthorizeQuestion, 'action' | 'userId' | 'request'> & { row: LedgerRow },
): Promise<boolean> {
  if (!deployment.hasOwnPolicy) return row.owner === userId;
  return deployment.authorize({ action, userId, kind: row.kind ?? '', record: bareRecord(row), request });
}

/** Mine, newest first, by cursor. */
export async function listMine(
  deployment: Deployment,
  owner: string,
  { kind, cursor }: { kind?: string | undefined; cursor?: string | undefined },
): Promise<ListResponse> {
  if (cursor !== undefined && !isUploadId(cursor)) throw new UploadError('bad-request', { reason: 'cursor' });
  const rows = await deployment.records.list({ owner, states: ['stored'], kind, before: cursor, limit: pageSize });
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  return { records: await Promise.all(rows.map((row) => recordOf(row, deployment))), cursor: last?.id ?? null };
}

/** How far an upload has come, as the store and the ledger know it. */
export async function statusFor(deployment: Deployment, owner: string, id: string): Promise<StatusResponse> {
  const [row] = await deployment.records.find(owner, [id]);
  if (row === undefined) return { state: 'absent' };
  if (isReadable(row)) return { state: 'stored', record: await recordOf(row, deployment) };
  if (row.state === 'scanning' || row.state === 'mirroring') {
    const seconds = Math.ceil(((row.dueAt ?? 0) - deployment.ports.now()) / 1000);
    return { state: 'scanning', retryAfter: Math.max(1, seconds) };
  }
  if (row.state !== 'pending' && row.state !== 'confirming') return { state: 'gone' };
  const storage = storageOf(deployment, row);
  if (row.uploadId !== null) {
    const parts = await storage.multipart?.parts(row.key ?? '', row.uploadId);
    if (parts !== null && parts !== undefined) return { state: 'partial', parts };
  }
  const there = row.incoming ?? row.key;
  const present = row.type !== null || (there !== null && (await storage.head(there)) !== null);
  return { state: present ? 'present' : 'absent' };
}
