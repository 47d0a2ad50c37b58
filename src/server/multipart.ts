import { UploadError } from '../core/errors.ts';
import type { PartsResponse } from '../core/protocol.ts';
import { partAddress } from './addresses.ts';
import { type Deployment, storageOf } from './deployment.ts';
import { clearAway } from './clear-away.ts';
import { dispositionOf, immutable } from './keys.ts';
import { change, release, takeLease, tombstoneUntil } from './ledger.ts';
import { notFound } from './not-found.ts';
import type { LedgerRow } from './record-store.ts';
import type { Multipart, StoredPart } from './storage.ts';

interface Opened {
  power: Multipart;
  key: string;
  partSize: number;
  size: number;
}

/** Makes sure that the store knows the upload. Two of these at once agree on one; the loser aborts its own. */
export async function openMultipart(deployment: Deployment, row: LedgerRow): Promise<LedgerRow> {
  if (row.uploadId !== null) return row;
  const { power, key } = opened(deployment, row);
  const disposition = dispositionOf(row.declaredType, row.name);
  const uploadId = await power.create(key, { type: row.declaredType, disposition, cacheControl: immutable });
  const won = await change(deployment.records, row, { states: ['pending'], uploadId: null }, { uploadId });
  if (won !== null) return won;
  await power.abort(key, uploadId);
  const [current] = await deployment.records.find(row.owner, [row.id]);
  if (current === undefined || current.uploadId === null) throw new UploadError('gone');
  return current;
}

/** Signs parts of the plan, each with its exact length. */
export async function signParts(
  deployment: Deployment,
  row: LedgerRow,
  numbers: readonly number[],
  request: Request | null,
): Promise<PartsResponse['parts']> {
  const { partSize, size } = opened(deployment, row);
  const count = Math.ceil(size / partSize);
  const wrong = numbers.find((number) => number > count);
  if (wrong !== undefined) {
    throw new UploadError(
      'bad-request',
      { reason: 'numbers' },
      { message: `part ${wrong} is not among the ${count} planned` },
    );
  }
  if (row.state !== 'pending' || row.uploadId === null) throw new UploadError('gone');
  const signed = await Promise.all(
    numbers.map(async (number) => {
      const length = sizeOf(number, { partSize, size });
      const { expiresAt, ...address } = await partAddress(deployment, row, { number, size: length }, request);
      return { number, size: length, ...address, expiresAt: new Date(expiresAt).toISOString() };
    }),
  );
  // a row knows of every address that could still bring bytes
  const last = Math.max(...signed.map(({ expiresAt }) => Date.parse(expiresAt)));
  if (last > row.addressUntil) await change(deployment.records, row, {}, { addressUntil: last });
  return signed;
}

/** Exactly the planned parts, as the store lists them, become the object. Repeating it is harmless. */
export async function completeMultipart(deployment: Deployment, { owner, id }: LedgerRow): Promise<void> {
  const lease = await takeLease(deployment, { owner, id }, ['pending'], {});
  if (lease === null) throw notFound();
  if (lease.nonce === null) {
    if (['expired', 'rejected', 'erased', 'quarantined'].includes(lease.row.state)) throw new UploadError('gone');
    return; // confirming, or past it: it was complete
  }
  try {
    await complete(deployment, lease.row);
  } finally {
    await change(
      deployment.records,
      { owner, id },
      { nonce: lease.nonce, states: ['pending'] },
      { leaseUntil: null, dueAt: lease.row.expiresAt },
    );
  }
}

async function complete(deployment: Deployment, row: LedgerRow): Promise<void> {
  const { power, key, partSize, size } = opened(deployment, row);
  const uploadId = row.uploadId ?? '';
  const parts = await power.parts(key, uploadId);
  const done = async (): Promise<boolean> => (await storageOf(deployment, row).head(key))?.size === size;
  if (parts === null) {
    // the reply to an earlier completion was lost
    if (await done()) return;
    throw new UploadError('not-uploaded');
  }
  const numbers = misfits(parts, { partSize, size });
  if (numbers.length > 0) {
    throw new UploadError(
      'not-uploaded',
      { numbers },
      { message: `parts ${numbers.join(', ')} are missing or misfit` },
    );
  }
  const planned = parts.filter(({ number }) => number <= Math.ceil(size / partSize));
  if ((await power.complete(key, uploadId, planned)) === 'missing' && !(await done())) {
    throw new UploadError('not-uploaded');
  }
}

/** Planned parts that are absent or of another length. */
export function misfits(parts: readonly StoredPart[], plan: { partSize: number; size: number }): number[] {
  const sizes = new Map(parts.map(({ number, size }) => [number, size]));
  return Array.from({ length: Math.ceil(plan.size / plan.partSize) }, (_, index) => index + 1).filter(
    (number) => sizes.get(number) !== sizeOf(number, plan),
  );
}

const sizeOf = (number: number, { partSize, size }: { partSize: number; size: number }): number =>
  Math.min(partSize, size - (number - 1) * partSize);

/** Gives an upload up: no part stays, and its id is spent. */
export async function abandon(deployment: Deployment, { owner, id }: LedgerRow): Promise<void> {
  const lease = await takeLease(deployment, { owner, id }, ['pending'], {});
  if (lease === null) throw notFound();
  if (lease.nonce === null) return;
  await clearAway(deployment, lease.row);
  const dueAt = tombstoneUntil(lease.row, deployment.ports.now());
  const ended = await change(
    deployment.records,
    { owner, id },
    { nonce: lease.nonce, states: ['pending'] },
    { state: 'expired', leaseUntil: null, dueAt },
  );
  if (ended !== null) await release(deployment, ended);
}

function opened(deployment: Deployment, row: LedgerRow): Opened {
  const power = storageOf(deployment, row).multipart;
  const { key, partSize, size } = row;
  if (power === null || key === null || partSize === null) {
    throw new UploadError('bad-request', { reason: 'plan' }, { message: 'this upload is not planned in parts' });
  }
  return { power, key, partSize, size };
}
