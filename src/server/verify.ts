import { UploadError } from '../core/errors.ts';
import { createLane } from '../core/queue.ts';
import { type Inspection, inspect, inspectedBytes } from '../core/inspect.ts';
import { checkPixels, isAccepted } from '../core/rules.ts';
import { chunksOf, collect, sha256 } from './bytes.ts';
import { type Deployment, type KindPlan, storageOf } from './deployment.ts';
import { dispositionOf, finalKey, immutable } from './keys.ts';
import { change } from './ledger.ts';
import { undeclared } from './draft.ts';
import type { LedgerRow } from './record-store.ts';
import type { ObjectFacts, Storage } from './storage.ts';

const mostInspected = 512 * 1024;
const lookAgain = [500, 1000, 2000];

type Picture = Pick<Inspection, 'type' | 'width' | 'height'>;
interface Looked extends Picture {
  facts: ObjectFacts;
}

/**
 * Proves the bytes and brings them where no browser can write. Facts and the new key stand on the row before the
 * copy is made, so that whatever happens next the ledger knows every key that may hold bytes.
 */
export async function verify(
  deployment: Deployment,
  kind: KindPlan,
  row: LedgerRow,
  nonce: string,
  signal: AbortSignal,
): Promise<LedgerRow> {
  const storage = storageOf(deployment, row);
  if (await isVerified(storage, row, signal)) return row;
  const from = row.incoming ?? row.key ?? '';
  const { facts, ...picture } = await look(deployment, storage, from, signal);
  const type = judge(deployment, kind, row, facts, picture);
  await checkBytes(storage, from, row, signal);

  const { ownerHash } = await deployment.tickets();
  const { owner, id, attempt } = row;
  const key =
    row.incoming === null
      ? from
      : finalKey(storage.prefix, await ownerHash(owner), { kind: kind.name, id, attempt, type });
  const known = await change(
    deployment.records,
    row,
    { nonce, states: ['confirming'] },
    {
      key,
      type,
      size: facts.size,
      etag: facts.etag,
      width: picture.width,
      height: picture.height,
      loose: [...new Set([...row.loose, key])],
    },
  );
  if (known === null) throw fenced();
  if (key !== from) await copy(storage, from, known, facts, signal);
  return known;
}

/** Somebody else holds the row now: whatever we did under our lease counts for nothing. */
export const fenced = (): UploadError =>
  new UploadError('busy', { retryAfter: 1 }, { message: 'the lease was lost to somebody else' });

/** An earlier attempt got as far as the copy. */
async function isVerified(storage: Storage, row: LedgerRow, signal: AbortSignal): Promise<boolean> {
  if (row.type === null || row.key === null) return false;
  const facts = await storage.head(row.key, signal);
  return facts !== null && facts.size === row.size;
}

/** Size, ETag and first bytes of one moment. A store may need a breath before it shows what it has taken. */
async function look(deployment: Deployment, storage: Storage, key: string, signal: AbortSignal): Promise<Looked> {
  for (const pause of [...lookAgain, null]) {
    const object = await storage.read(key, { end: inspectedBytes, signal });
    if (object !== null) {
      const { body, ...facts } = object;
      const picture = inspect(await collect(chunksOf(body)));
      if (picture.needed === null || facts.size <= inspectedBytes) return { ...picture, facts };
      const more = await storage.read(key, { end: Math.min(picture.needed, mostInspected), signal });
      if (more === null || more.etag !== facts.etag) throw changedMeanwhile();
      return { ...inspect(await collect(chunksOf(more.body))), facts };
    }
    if (pause !== null) await deployment.ports.sleep(pause, signal);
  }
  throw new UploadError('not-uploaded', undefined, { message: `the store has no object under this upload's key` });
}

const changedMeanwhile = (): UploadError =>
  new UploadError('busy', { retryAfter: 1 }, { message: 'the object changed while it was looked at' });

/** The type that the bytes have, if the kind will have it; throws otherwise. */
function judge(
  { guide }: Deployment,
  { rules }: KindPlan,
  row: LedgerRow,
  facts: ObjectFacts,
  picture: Picture,
): string {
  if (row.size !== undeclared && facts.size !== row.size) {
    throw new UploadError('size-mismatch', { declared: row.size, stored: facts.size });
  }
  if (row.size === undeclared) {
    const maxSize = Math.min(guide?.maxSize ?? Infinity, rules.maxSize ?? Infinity);
    if (facts.size > maxSize) throw new UploadError('too-large', { size: facts.size, maxSize });
  }
  const stored = picture.type ?? unlessKnown(row.declaredType);
  const mismatch = new UploadError('type-mismatch', { declared: row.declaredType, stored });
  if (rules.accept !== null && !isAccepted({ name: '', type: stored }, byTypeOf(row.name, rules.accept)))
    throw mismatch;
  if (row.incoming === null && stored !== row.declaredType) throw mismatch;
  const { width, height } = picture;
  const [problem] = width === null || height === null ? [] : checkPixels({ width, height }, rules);
  if (problem !== undefined) throw problem;
  return stored;
}

/** Bytes that say nothing may be what they were called, unless that is something we would have recognised. */
const unlessKnown = (declared: string): string =>
  /^(image\/(jpeg|png|gif|webp|avif|heic|heif|bmp|tiff|svg\+xml)|application\/pdf)$/.test(declared)
    ? 'application/octet-stream'
    : declared;

/** An accept list may name an extension whose type says nothing: then the name decides, as it did at intake. */
const byTypeOf = (name: string, accept: readonly string[]): readonly string[] =>
  accept.some((pattern) => pattern.startsWith('.') && name.toLowerCase().endsWith(pattern))
    ? [...accept, 'application/octet-stream']
    : accept;

/** An object of up to 64 MB is held whole while it is hashed: two at a time, however many are confirmed at once. */
const hashing = createLane({ width: 2 });

async function checkBytes(storage: Storage, key: string, { checksum }: LedgerRow, signal: AbortSignal): Promise<void> {
  if (checksum === null) return;
  const hash = async (): Promise<string> => {
    const object = await storage.read(key, { signal });
    if (object === null) throw changedMeanwhile();
    return sha256(await collect(chunksOf(object.body)));
  };
  if ((await hashing.run(hash, { signal })) !== checksum) throw new UploadError('checksum-mismatch');
}

async function copy(
  storage: Storage,
  from: string,
  { key, type, name }: LedgerRow,
  { etag, size }: ObjectFacts,
  signal: AbortSignal,
): Promise<void> {
  const headers = { type: type ?? '', disposition: dispositionOf(type ?? '', name), cacheControl: immutable };
  const result = await storage.promote(from, key ?? '', { ...headers, etag, signal });
  if (result === 'missing') throw new UploadError('not-uploaded');
  if (result === 'changed') throw changedMeanwhile();
  const copied = await storage.head(key ?? '', signal);
  if (copied?.size !== size || copied.type !== type) {
    throw new UploadError('unavailable', { retryAfter: 1 }, { message: 'the copy differs from what was verified' });
  }
}
