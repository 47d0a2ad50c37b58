import type { JsonObject } from '../core/json.ts';
import type { Jsonified } from '../core/jsonified.ts';
import type { KindMapOf, Kinds } from '../core/kinds.ts';
import type { UploadRecord } from '../core/record.ts';
import type { Size } from '../core/size.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Ports } from './ports.ts';
import type { Query, RecordStore } from './record-store.ts';
import type { Storage } from './storage.ts';

export interface Logger {
  error(message: string, cause?: unknown): void;
  warn(message: string): void;
}

/** @internal */
type RecordOf<K extends Kinds, Kind extends keyof K & string> = UploadRecord<KindMapOf<K>, Kind>;

export interface StoredEvent<R = UploadRecord> {
  /** `record.id` is the key by which your own write must be idempotent: this runs at least once. */
  record: R;
  userId: string;
  metadata: R extends { metadata: infer M } ? M : JsonObject;
  /** 1 for the first. */
  attempt: number;
  /** Aborted after 15 seconds. */
  signal: AbortSignal;
  /** Your query inside the transaction that commits the row: what it writes happens exactly once. */
  tx?: Query;
}
export type ScanVerdict = 'clean' | 'infected' | { later: number };
export interface ScanEvent<R = UploadRecord> {
  record: R;
  /** The bytes, once per call. */
  read(): Promise<ReadableStream<Uint8Array>>;
  signal: AbortSignal;
}

/** What the server does when files of a kind arrive or leave. Never part of `kinds`: the browser reads those. */
export interface KindHooks<R = UploadRecord> {
  /** Links the file to your own data. Its value becomes `record.data`; throw an `UploadRefusal` to say no. */
  onStored?(event: StoredEvent<R>): unknown;
  /** Asked before a deletion that nobody ordered directly; true keeps the file. */
  isReferenced?(record: R): boolean | Promise<boolean>;
  /** Runs before `onStored`; `{ later: seconds }` keeps the file unreadable until it is asked again. */
  scan?(event: ScanEvent<R>): ScanVerdict | Promise<ScanVerdict>;
  /** What a throwing scanner means; `'closed'` by default. */
  scanFails?: 'open' | 'closed';
}
export type Hooks<K extends Kinds> = { readonly [Kind in keyof K & string]?: KindHooks<RecordOf<K, Kind>> };

/** The type of `record.data` of each kind: what its `onStored` returns, as JSON carries it. */
export type HookData<H> = {
  [Kind in keyof H & string]: H[Kind] extends { onStored(...args: never[]): infer Value }
    ? Jsonified<Awaited<Value>>
    : null;
};

export interface Limits {
  /** Presign requests per user and minute; 120 by default. */
  presignsPerMinute?: number;
  /** The same per address; needs `clientAddress`. */
  presignsPerMinutePerAddress?: number;
  /** Bytes a user may hold, those still on their way included. */
  bytesPerUser?: Size;
  /** Largest body of `POST /upload`; 10 MB by default. */
  proxyBytes?: Size;
}

export interface AuthorizeQuestion {
  action: 'upload' | 'read' | 'erase';
  userId: string;
  kind: string;
  /** Absent for an upload that is only asked for. */
  record: UploadRecord | null;
  /** Absent for server code (`as`). */
  request: Request | null;
}

/** A call from a vendor that has proved to be one. */
export interface WebhookEvent {
  /** The vendor's name for this event: a second one is a replay. */
  id: string;
  /** When it was sent, in milliseconds. */
  sentAt: number;
  payload: unknown;
}
export interface Webhook {
  /** Null for what the vendor did not sign. */
  verify(call: { body: Uint8Array<ArrayBuffer>; headers: Headers }): WebhookEvent | null | Promise<WebhookEvent | null>;
  onEvent(event: WebhookEvent): void | Promise<void>;
}

export interface UploadServerOptions<K extends Kinds, H extends Hooks<K>> {
  kinds: K;
  /** Who is asking; null answers 401. */
  authenticate?: (request: Request) => { userId: string } | null | Promise<{ userId: string } | null>;
  /** The owner alone, by default. A false answers 403 for an upload and 404 for the rest. */
  authorize?: (question: AuthorizeQuestion) => boolean | Promise<boolean>;
  /** The only way to serve people without a login: each browser gets an identity in a signed cookie. */
  allowAnonymous?: boolean;
  storage: Storage | { private: Storage; public: Storage };
  records: RecordStore;
  hooks?: H;
  /** 32 bytes or more; several for a rotation, the first signs. Default: SLIPWAY_SECRET. */
  secret?: string | readonly string[];
  /** `/api/files` by default. */
  basePath?: string;
  /** As browsers see this server: `https://example.org`. */
  publicOrigin?: string;
  cors?: { origins: readonly string[] | ((origin: string) => boolean) };
  /** The address to count by; without it there is no limit per address. */
  clientAddress?: (request: Request) => string | null;
  limits?: Limits;
  lifetimes?: Partial<Lifetimes>;
  /** Serves clients written from the two-endpoint guide: see `files.guide`. */
  guideRoutes?: { kind: keyof K & string; maxSize: Size };
  webhooks?: Readonly<Record<string, Webhook>>;
  /** Keeps the process alive for work after the answer (edge runtimes). */
  waitUntil?: (work: Promise<unknown>) => void;
  /** Mounts `POST /sweep` for a scheduler that sends it as a bearer token. */
  sweepSecret?: string;
  logger?: Logger;
  /** Clock and chance; for tests. */
  ports?: Partial<Ports>;
}
