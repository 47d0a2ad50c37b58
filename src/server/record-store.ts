import type { Json, JsonObject } from '../core/json.ts';
import type { UploadRecord } from '../core/record.ts';

/**
 * Where an upload stands in the ledger.
 * `pending → confirming → stored | scanning | mirroring | rejected`, `scanning → stored | quarantined`,
 * `mirroring → stored`, `pending | confirming → expired`, `stored ⇄ missing`,
 * `stored | missing | quarantined → deleting → erased`, `deleting → stored`.
 */
export type LedgerState =
  | 'pending'
  | 'confirming'
  | 'scanning'
  | 'mirroring'
  | 'stored'
  | 'missing'
  | 'rejected'
  | 'quarantined'
  | 'expired'
  | 'deleting'
  | 'erased';

/** Why a row is on its way out. `replaced` files stay readable until they go: a rolled-back save loses nothing. */
export type Leaving = 'replaced' | 'removed' | 'unclaimed';

/** One upload, from before its first byte until its last trace is gone. Times are milliseconds. */
export interface LedgerRow {
  owner: string;
  id: string;
  state: LedgerState;
  provider: string;
  kind: string | null;
  name: string;
  size: number;
  /** What the browser said; a fact by which a repeated presign is recognised. */
  declaredType: string;
  /** What the bytes say; null until they were looked at. */
  type: string | null;
  width: number | null;
  height: number | null;
  checksum: string | null;
  /** Where the bytes are served from; null until it is decided. */
  key: string | null;
  url: string | null;
  etag: string | null;
  metadata: JsonObject;
  source: UploadRecord['source'];
  /** What `onStored` returned. */
  data: Json;
  /** Which of the two storages. */
  storage: 'private' | 'public';
  /** Where signed addresses write to. */
  incoming: string | null;
  /** Keys that may hold bytes which no record owns: deleted at commit, and once more when no late PUT can come. */
  loose: string[];
  uploadId: string | null;
  partSize: number | null;
  /** Times the lease was taken. */
  attempt: number;
  /** Names the holder of the lease, and afterwards who won. */
  nonce: string | null;
  leaseUntil: number | null;
  leaving: Leaving | null;
  /** The host's words, where it refused: only a person's retry asks again. */
  refusal: string | null;
  /** Bytes counted against the owner's quota. */
  reserved: number;
  createdAt: number;
  /** No address signed for this row works after it. */
  addressUntil: number;
  expiresAt: number;
  storedAt: number | null;
  claimedAt: number | null;
  /** When the sweeper must look at the row; null: never. */
  dueAt: number | null;
}

/** What must hold for a change to happen, checked in the statement that makes it. */
export interface Condition {
  states?: readonly LedgerState[];
  nonce?: string;
  /** No lease is held at this time. */
  freeAt?: number;
  uploadId?: string | null;
}
/** New values; `attempt: 'next'` adds one. */
export type Patch = Partial<Omit<LedgerRow, 'owner' | 'id' | 'attempt'>> & { attempt?: 'next' };

export interface ListQuery {
  owner: string;
  states: readonly LedgerState[];
  kind?: string | undefined;
  /** Only ids below this one. */
  before?: string | undefined;
  limit: number;
}
export interface Counting {
  name: string;
  /** Negative gives back; 0 only asks. */
  amount: number;
  /** The value may reach this, never pass it. */
  limit: number;
  now: number;
  /** A counter past this time starts from nothing. */
  until: number;
}

/** One statement on any connection, as pg, Neon, PGlite and others offer it. Its reply may be lost. */
export type Query = (text: string, params?: unknown[]) => Promise<{ rows: unknown[] } | unknown[]>;

/**
 * The ledger's memory. Each method is one atomic step on any connection; nothing is held between calls,
 * so any number of server instances may share one store.
 */
export interface RecordStore {
  /** The rows as they now stand: these, or earlier ones of the same owner and id. None for a fenced owner. */
  insert(rows: readonly LedgerRow[], now: number): Promise<LedgerRow[]>;
  find(owner: string, ids: readonly string[]): Promise<LedgerRow[]>;
  /** Whoever owns it: the first that was stored, also while it waits to be replaced. */
  findStored(id: string): Promise<LedgerRow | null>;
  /** By id, newest first. */
  list(query: ListQuery): Promise<LedgerRow[]>;
  /** Compare-and-set. Returns the rows it changed, as they are now. */
  change(owner: string, ids: readonly string[], condition: Condition, patch: Patch): Promise<LedgerRow[]>;
  /** Takes a lease on rows that are due. No two callers get the same row. */
  take(work: { now: number; leaseUntil: number; nonce: string; limit: number }): Promise<LedgerRow[]>;
  /** Forgets a row for good. */
  drop(owner: string, id: string, condition: Condition): Promise<boolean>;
  /** Adds to a counter unless that would pass its limit; says whether it did. */
  count(counting: Counting): Promise<boolean>;
  /** Forgets counters whose time is over. */
  tidy(now: number): Promise<void>;
  /** No new rows for this owner until then. */
  fence(owner: string, until: number): Promise<void>;
  /** Everything `run` does through its two arguments happens, or nothing. The work is this owner's. */
  transaction?<T>(run: (store: RecordStore, tx: Query) => Promise<T>, owner: string): Promise<T>;
  /** The same store inside the host's own transaction. */
  within?(query: Query): RecordStore;
}
