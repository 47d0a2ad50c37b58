import { mintId } from '../../core/id.ts';
import type { LedgerRow } from '../../server/record-store.ts';

export const freshId = (now: number = Date.now()): string => mintId(now, crypto.getRandomValues(new Uint8Array(16)));

/** A pending row with all its fields; say what matters to the test. */
export const sampleRow = (given: Partial<LedgerRow> = {}): LedgerRow => ({
  owner: 'user-1',
  id: freshId(),
  state: 'pending',
  provider: 'presigned',
  kind: 'lists',
  name: 'beach.jpg',
  size: 1234,
  declaredType: 'image/jpeg',
  type: null,
  width: null,
  height: null,
  checksum: null,
  key: null,
  url: null,
  etag: null,
  metadata: {},
  source: null,
  data: null,
  storage: 'private',
  incoming: 'incoming/x/y',
  loose: ['incoming/x/y'],
  uploadId: null,
  partSize: null,
  attempt: 0,
  nonce: 'first',
  leaseUntil: null,
  leaving: null,
  refusal: null,
  reserved: 0,
  createdAt: 1_700_000_000_000,
  addressUntil: 1_700_000_300_000,
  expiresAt: 1_700_600_000_000,
  storedAt: null,
  claimedAt: null,
  dueAt: 1_700_600_000_000,
  ...given,
});
