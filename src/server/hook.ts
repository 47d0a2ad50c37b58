import { UploadError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { withDeadline } from './deadline.ts';
import { type Deployment, type KindPlan, storageOf } from './deployment.ts';
import { second } from './lifetimes.ts';
import type { ScanVerdict } from './options.ts';
import type { LedgerRow, Query } from './record-store.ts';
import { bareRecord } from './records-of.ts';
import { UploadRefusal } from './refusal.ts';

const patience = 15 * second;

/** What the host's `onStored` returns, as JSON carries it. Its own words pass; any other throw is `hook-failed`. */
export async function runOnStored(
  deployment: Deployment,
  { hooks }: KindPlan,
  row: LedgerRow,
  tx?: Query,
): Promise<Json> {
  if (hooks.onStored === undefined) return null;
  const { owner: userId, attempt, metadata } = row;
  const record = bareRecord(row);
  try {
    const value = await inTime((signal) =>
      hooks.onStored?.({ record, userId, metadata, attempt, signal, ...(tx === undefined ? {} : { tx }) }),
    );
    return JSON.parse(JSON.stringify(value ?? null)) as Json;
  } catch (cause) {
    if (UploadRefusal.is(cause)) throw cause;
    deployment.logger.error(`slipway: onStored of ${row.kind} failed for ${row.id}`, cause);
    throw new UploadError('hook-failed', undefined, { cause, message: 'the server could not finish saving this file' });
  }
}

/** `clean` where nothing scans. A scanner that throws lets nothing pass, unless the kind says so. */
export async function runScan(deployment: Deployment, { hooks }: KindPlan, row: LedgerRow): Promise<ScanVerdict> {
  if (hooks.scan === undefined) return 'clean';
  const read = async (): Promise<ReadableStream<Uint8Array>> => {
    const object = await storageOf(deployment, row).read(row.key ?? '');
    if (object === null) throw new UploadError('not-uploaded');
    return object.body;
  };
  try {
    const record = bareRecord(row);
    return (await inTime(async (signal) => hooks.scan?.({ record, read, signal }))) ?? 'clean';
  } catch (cause) {
    deployment.logger.error(`slipway: the scanner of ${row.kind} failed for ${row.id}`, cause);
    if (hooks.scanFails === 'open') return 'clean';
    throw new UploadError('hook-failed', undefined, { cause, message: 'the file could not be scanned' });
  }
}

/** True keeps the file; so does a hook that cannot answer. */
export async function isStillReferenced(deployment: Deployment, row: LedgerRow): Promise<boolean> {
  const hooks = deployment.kinds.get(row.kind ?? '')?.hooks;
  return (await inTime(async () => hooks?.isReferenced?.(bareRecord(row)))) ?? false;
}

const inTime = <T>(run: (signal: AbortSignal) => T | Promise<T>): Promise<T> =>
  withDeadline(patience, () => new UploadError('record-timeout', { seconds: patience / second }), run);
