import { UploadError } from '../core/errors.ts';
import { type UploadId, mintId } from '../core/id.ts';
import type { JsonObject } from '../core/json.ts';
import type { UploadRecord } from '../core/record.ts';
import { sha256 } from './bytes.ts';
import { confirm } from './confirm.ts';
import { type Deployment, storageOf } from './deployment.ts';
import { mostChecked } from './draft.ts';
import { presignOne } from './presign.ts';
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
