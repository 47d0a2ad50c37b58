import { UploadError } from '../core/errors.ts';
import { declaredType, typeByName } from '../core/media.ts';
import { type Rules, checkFile, isAccepted } from '../core/rules.ts';
import { type Deployment, type KindPlan, kindPlan } from './deployment.ts';
import { finalKey, incomingKey } from './keys.ts';
import { newNonce } from './ledger.ts';
import { addressFor } from './lifetimes.ts';
import { checkMetadata } from './metadata.ts';
import type { LedgerRow } from './record-store.ts';
import type { PresignEntry } from './wire.ts';

/** Larger files of kinds with a checksum are refused: confirm has to read them whole. */
export const mostChecked: number = 64 * 2 ** 20;

/** A file whose client cannot say how large it is has a limit of its own instead. */
export type Draft = Omit<PresignEntry, 'size'> & ({ size: number } | { size: null; maxSize: number });

/** Who asks; no request where server code does. */
export interface Asking {
  owner: string;
  request: Request | null;
}

/** Same enough for the same key: of name and metadata the last word counts. */
export const sameFacts = (a: LedgerRow, b: LedgerRow): boolean =>
  a.kind === b.kind && a.size === b.size && a.declaredType === b.declaredType && a.checksum === b.checksum;

/** The size of a row whose client declared none, until the bytes are there. */
export const undeclared: number = -1;

const checkType = (file: Pick<PresignEntry, 'name' | 'type'>, { accept }: Rules): UploadError[] =>
  accept === null || isAccepted(file, accept)
    ? []
    : [new UploadError('wrong-type', { type: file.type, accept: [...accept] })];

/** The row a welcome file would get. */
export async function draft(deployment: Deployment, { owner, request }: Asking, entry: Draft): Promise<LedgerRow> {
  const kind = kindPlan(deployment, entry.kind);
  checkText(entry);
  const size = entry.size ?? undeclared;
  const [problem] = entry.size === null ? checkType(entry, kind.rules) : checkFile({ ...entry, size }, kind.rules);
  if (problem !== undefined) throw problem;
  checkChecksum(kind, entry);
  const metadata = await checkMetadata(kind, entry.metadata);
  const question = { action: 'upload', userId: owner, kind: kind.name, record: null, request } as const;
  if (!(await deployment.authorize(question))) throw new UploadError('forbidden');

  const now = deployment.ports.now();
  const slot = kind.options.visibility === 'public' ? 'public' : 'private';
  const { prefix, multipart } = deployment.storages[slot];
  const ownerHash = await (await deployment.tickets()).ownerHash(owner);
  const type = declaredType(entry.type) || (typeByName(entry.name) ?? 'application/octet-stream');
  const inParts = multipart !== null && size >= multipart.from;
  const incoming = inParts ? null : incomingKey(prefix, ownerHash, entry.id);
  const key = inParts ? finalKey(prefix, ownerHash, { kind: kind.name, id: entry.id, attempt: 0, type }) : null;
  const expiresAt = now + deployment.lifetimes.pending;
  return {
    owner,
    id: entry.id,
    state: 'pending',
    provider: 'presigned',
    kind: kind.name,
    name: entry.name,
    size,
    declaredType: type,
    type: null,
    width: null,
    height: null,
    checksum: entry.checksum ?? null,
    key,
    url: null,
    etag: null,
    metadata,
    source: entry.source ?? null,
    data: null,
    storage: slot,
    incoming,
    loose: [incoming ?? key ?? ''],
    uploadId: null,
    partSize: inParts ? partSizeFor(size, multipart.partSize) : null,
    attempt: 0,
    nonce: newNonce(deployment),
    leaseUntil: null,
    leaving: null,
    refusal: null,
    reserved: deployment.limits.bytes === null ? 0 : entry.size === null ? entry.maxSize : size,
    createdAt: now,
    addressUntil: now + (inParts ? deployment.lifetimes.ticket : addressFor(size, deployment.lifetimes)),
    expiresAt,
    storedAt: null,
    claimedAt: null,
    dueAt: expiresAt,
  };
}

/** What no database would keep and no header could say is told here, before it fails a whole batch. */
function checkText({ name, type }: Pick<PresignEntry, 'name' | 'type'>): void {
  // eslint-disable-next-line no-control-regex -- exactly those
  const field = /\0|\p{Surrogate}/u.test(name) ? 'name' : /[^\u0020-\u007e]/.test(type) ? 'type' : null;
  if (field === null) return;
  const message = `${field} holds characters that cannot be kept`;
  throw new UploadError('bad-request', { reason: field }, { message });
}

/** Never more than 10,000 parts. */
const partSizeFor = (size: number, usual: number): number => Math.max(usual, Math.ceil(size / 10_000));

function checkChecksum({ options, name }: KindPlan, { checksum, size }: Draft): void {
  if (options.checksum !== true) return;
  if (size !== null && size > mostChecked) throw new UploadError('too-large', { size, maxSize: mostChecked });
  if (checksum === undefined) {
    throw new UploadError(
      'bad-request',
      { reason: 'checksum' },
      { message: `kind ${name} needs a SHA-256 of each file` },
    );
  }
}
