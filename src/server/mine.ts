import type { UploadId } from '../core/id.ts';
import type { ListResponse } from '../core/protocol.ts';
import type { UploadRecord } from '../core/record.ts';
import { getAddress } from './addresses.ts';
import type { ClaimOptions } from './claim.ts';
import type { Deployment } from './deployment.ts';
import { erase } from './erase.ts';
import type { PutFile } from './put-bytes.ts';
import { listMine, readable } from './read.ts';
import { recordOf } from './records-of.ts';

/** One person's files, for code that runs on the server. */
export interface Mine {
  get(id: UploadId): Promise<UploadRecord>;
  list(options?: { kind?: string; cursor?: string }): Promise<ListResponse>;
  /** An address to read the bytes by, for as long as it says. */
  url(id: UploadId): Promise<{ url: string; expiresAt: string }>;
  /** Stores bytes this process has, by the same rules and hooks as any upload. */
  put(file: PutFile): Promise<UploadRecord>;
  /** Turns what a browser handed back into records that can be trusted: see `ClaimOptions`. */
  claim(values: unknown, options: ClaimOptions): Promise<UploadRecord[]>;
  erase(id: UploadId, options?: { undoWithin?: number }): Promise<void>;
}

export function mine(deployment: Deployment, userId: string): Mine {
  const row = (id: UploadId) => readable(deployment, { id, userId, request: null });
  return {
    get: async (id) => recordOf(await row(id), deployment),
    list: (options = {}) => listMine(deployment, userId, options),
    async url(id) {
      const { url, expiresAt } = await getAddress(deployment, await row(id), null);
      return { url, expiresAt: new Date(expiresAt).toISOString() };
    },
    async put(file) {
      const { putBytes } = await import('./later.ts');
      return putBytes(deployment, { owner: userId, request: null }, file);
    },
    async claim(values, options) {
      const { claim } = await import('./later.ts');
      return claim(deployment, userId, values, options);
    },
    erase: (id, options = {}) => erase(deployment, { id, userId, request: null, ...options }),
  };
}
