import type { JsonObject } from '../core/json.ts';
import type { UploadRecord } from '../core/record.ts';
import type { Deployment } from './deployment.ts';
import type { LedgerRow } from './record-store.ts';

/** What a person gets of a row. The proof is made anew each time, by the secret of today. */
export async function recordOf(row: LedgerRow, { tickets }: Deployment): Promise<UploadRecord> {
  const { id, owner, kind, key, size, type } = row;
  const proof = await (await tickets()).issue('proof', { id, owner, kind, key, size, type });
  return { ...bareRecord(row), proof };
}

/** The facts alone: for hooks, which need no proof of their own server's words. */
export const bareRecord = (row: LedgerRow): UploadRecord => ({
  version: 1,
  id: row.id,
  provider: row.provider,
  kind: row.kind,
  key: row.key ?? '',
  url: row.url,
  name: row.name,
  size: row.size,
  type: row.type ?? row.declaredType,
  width: row.width,
  height: row.height,
  checksum: row.checksum,
  uploadedAt: new Date(row.storedAt ?? row.createdAt).toISOString(),
  source: row.source,
  proof: null,
  metadata: row.metadata satisfies JsonObject,
  data: row.data,
});

/** Whether a row's bytes may be shown: also while a replaced file waits to go, since that save may be rolled back. */
export const isReadable = ({ state, leaving }: LedgerRow): boolean =>
  state === 'stored' || (state === 'deleting' && leaving === 'replaced');
