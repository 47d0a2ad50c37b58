import { UploadError } from '../core/errors.ts';
import { type UploadId, mintId } from '../core/id.ts';
import type { JsonObject } from '../core/json.ts';
import type { ListResponse } from '../core/protocol.ts';
import type { UploadRecord } from '../core/record.ts';
import { getAddress } from './addresses.ts';
import { type ClaimOptions, claim } from './claim.ts';
import { confirm } from './confirm.ts';
import { type Deployment, storageOf } from './deployment.ts';
import { mostChecked } from './draft.ts';
import { erase } from './erase.ts';
import { sha256 } from './bytes.ts';
import { presignOne } from './presign.ts';
import { listMine, readable } from './read.ts';
import { isReadable, recordOf } from './records-of.ts';

export interface PutFile {
  kind: string;
  name: string;
  body: Blob;
  /** The blob's own by default. */
  type?: string;
  metadata?: JsonObject;
  /** Repeating a put under one id stores it once. */
  id?: UploadId;
}

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
    put: (file) => putBytes(deployment, { owner: userId, request: null }, file),
    claim: (values, options) => claim(deployment, userId, values, options),
    erase: (id, options = {}) => erase(deployment, { id, userId, request: null, ...options }),
  };
}

/** Row, bytes, confirm: the way of every upload, carried by this process. */
export async function putBytes(
  deployment: Deployment,
  asking: { owner: string; request: Request | null },
  { kind, name, body, type = body.type, metadata = {}, id: given }: PutFile,
): Promise<UploadRecord> {
  const { ports } = deployment;
  const id = given ?? mintId(ports.now(), ports.random(16));
  const row = await presignOne(deployment, asking, {
    id,
    kind,
    name,
    type,
    size: body.size,
    metadata,
    checksum: await checksumFor(deployment, kind, body),
  });
  if (isReadable(row)) return recordOf(row, deployment);
  const facts = { type: row.declaredType, size: row.size };
  await storageOf(deployment, row).write(row.incoming ?? row.key ?? '', body.stream(), facts);
  const outcome = await confirm(deployment, row);
  if ('record' in outcome) return outcome.record;
  throw new UploadError('busy', { retryAfter: outcome.retryAfter }, { message: 'the file is still being scanned' });
}

/** Kinds with a checksum get one here too; larger bodies are refused unread. */
async function checksumFor({ kinds }: Deployment, kind: string, body: Blob): Promise<string | undefined> {
  if (kinds.get(kind)?.options.checksum !== true || body.size > mostChecked) return undefined;
  return sha256(await body.arrayBuffer());
}
