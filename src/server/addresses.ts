import type { SinglePlan } from '../core/protocol.ts';
import { type Deployment, storageOf } from './deployment.ts';
import { dispositionOf } from './keys.ts';
import { addressFor, day, minute } from './lifetimes.ts';
import { undeclared } from './draft.ts';
import type { LedgerRow } from './record-store.ts';
import type { SignedAddress } from './storage.ts';
import type { TicketClaims } from './ticket-claims.ts';

const privateWindow = 15 * minute;
/** S3 signs for a week at most, and an address lives two windows. */
const publicWindow = 3.5 * day;

/** This server as the asking browser reaches it. */
export function originOf(request: Request | null, { publicOrigin }: Pick<Deployment, 'publicOrigin'>): string {
  if (publicOrigin !== null) return publicOrigin;
  if (request === null) return '';
  // behind a proxy that ends TLS the page's own origin knows the scheme, and this process does not
  const given = request.headers.get('origin') ?? '';
  const { host, origin: seen } = new URL(request.url);
  const page = URL.canParse(given) ? new URL(given) : null;
  const isOurs =
    page !== null && /^https?:$/.test(page.protocol) && page.host === (request.headers.get('host') ?? host);
  return isOurs ? page.origin : seen;
}

/** Where one PUT may put exactly these bytes, and until when; `maxSize` where their number is not known. */
export async function putAddress(
  deployment: Deployment,
  row: LedgerRow,
  request: Request | null,
  maxSize?: number,
): Promise<Pick<SinglePlan, 'url' | 'headers'> & { expiresAt: number }> {
  const now = deployment.ports.now();
  const size = row.size === undeclared ? null : row.size;
  const expiresAt = now + (size === null ? minute : addressFor(size, deployment.lifetimes));
  const target = { key: row.incoming ?? '', type: row.declaredType, size, now, expiresAt };
  const signed = await storageOf(deployment, row).addresses?.put(target);
  if (signed !== undefined) return { ...signed, expiresAt };
  const { key, type } = target;
  const claims = { key, type, size, maxSize: maxSize ?? null, storage: row.storage, exp: expiresAt };
  return { ...(await ownAddress(deployment, request, 'put', claims, row.declaredType)), expiresAt };
}

export async function partAddress(
  deployment: Deployment,
  row: LedgerRow,
  { number, size }: { number: number; size: number },
  request: Request | null,
): Promise<SignedAddress & { expiresAt: number }> {
  const now = deployment.ports.now();
  const expiresAt = now + addressFor(size, deployment.lifetimes);
  const { key, uploadId } = { key: row.key ?? '', uploadId: row.uploadId ?? '' };
  const signed = await storageOf(deployment, row).addresses?.part({ key, uploadId, number, size, now, expiresAt });
  if (signed !== undefined) return { ...signed, expiresAt };
  const claims = { key, uploadId, number, size, storage: row.storage, exp: expiresAt };
  return { ...(await ownAddress(deployment, request, 'part', claims, 'application/octet-stream')), expiresAt };
}

/**
 * Where anyone who holds the address may read the bytes. Signed as of the start of a window and good for two, so
 * that everybody who asks within one window gets the same address and caches work.
 */
export async function getAddress(
  deployment: Deployment,
  row: LedgerRow,
  request: Request | null,
): Promise<{ url: string; expiresAt: number }> {
  const open = deployment.kinds.get(row.kind ?? '')?.options.visibility === 'public';
  const window = open ? publicWindow : privateWindow;
  const now = Math.floor(deployment.ports.now() / window) * window;
  const expiresAt = now + 2 * window;
  const type = row.type ?? 'application/octet-stream';
  const target = { key: row.key ?? '', type, disposition: dispositionOf(type, row.name), now, expiresAt };
  const signed = await storageOf(deployment, row).addresses?.get(target);
  if (signed !== undefined) return { url: signed, expiresAt };
  const { key, disposition } = target;
  const claims = { key, type, disposition, storage: row.storage, open, exp: expiresAt };
  return { url: (await ownAddress(deployment, request, 'get', claims, type)).url, expiresAt };
}

async function ownAddress<P extends 'put' | 'part' | 'get'>(
  deployment: Deployment,
  request: Request | null,
  purpose: P,
  claims: TicketClaims[P],
  type: string,
): Promise<SignedAddress> {
  const token = await (await deployment.tickets()).issue(purpose, claims);
  const url = `${originOf(request, deployment)}${deployment.basePath}/disk/${token}`;
  return { url, headers: { 'content-type': type } };
}

/** The address a record keeps: one that never expires, or none. */
export function lastingUrl(deployment: Deployment, row: LedgerRow): string | null {
  if (deployment.kinds.get(row.kind ?? '')?.options.visibility !== 'public') return null;
  const direct = storageOf(deployment, row).publicUrl?.(row.key ?? '');
  return direct ?? `${deployment.publicOrigin ?? ''}${deployment.basePath}/${row.id}`;
}
