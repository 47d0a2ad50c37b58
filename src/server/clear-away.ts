import { type Deployment, storageOf } from './deployment.ts';
import type { LedgerRow } from './record-store.ts';
import type { Multipart } from './storage.ts';

/** Deletes whatever this row may have brought into the store, the parts of open uploads included. */
export async function clearAway(deployment: Deployment, row: LedgerRow): Promise<void> {
  const storage = storageOf(deployment, row);
  const { multipart } = storage;
  const keys = new Set([...row.loose, ...(row.key === null ? [] : [row.key])]);
  for (const key of keys) {
    if (row.partSize !== null && multipart !== null) await abortOpen(multipart, key, row.uploadId);
    await storage.erase(key);
  }
}

/** Also what a process began that died before it could say so. */
export async function abortOpen(multipart: Multipart, key: string, known: string | null): Promise<void> {
  const open = new Set([...(await multipart.open(key)), ...(known === null ? [] : [known])]);
  for (const uploadId of open) await multipart.abort(key, uploadId);
}
