import type { UploadId } from './id.ts';
import type { Json, JsonObject } from './json.ts';
import type { Kinds } from './kinds.ts';
import type { UploadRecord } from './record.ts';
import type { Rules } from './rules.ts';
import type { Send } from './send.ts';

/**
 * What a provider's type parameter says of each kind: `metadata` as it comes out in a record, `data` as the
 * provider answers, and `input` where what the host writes differs from what comes out.
 */
export interface KindMap {
  [kind: string]: { metadata: unknown; data: unknown; input?: unknown };
}

/** The kinds of a provider that has none: any name, any metadata, data yet unknown. */
// eslint-disable-next-line typescript/no-explicit-any -- a typed provider is not assignable to Provider<KindMap>
export type AnyProvider = Provider<any>;

/** Why an item stands still without anything being wrong with it. */
export type WaitReason = 'offline' | 'retry' | 'rate-limited' | 'auth' | 'scanning';

/**
 * Why an attempt was told to stop; the `reason` of `context.signal`. `'over'`: the attempt has failed already,
 * and whatever of it still runs (other parts) is to end.
 */
export type StopReason = 'pause' | 'cancel' | 'timeout' | 'stall' | 'over';

export interface Capabilities {
  /** `context.progress` is called as bytes go out. Without it the UI shows an indeterminate bar. */
  progress: boolean;
  /** Aborting `context.signal` stops the transfer. Without it a late result is ignored and removed. */
  abort: boolean;
  /** `upload()` goes on from `context.checkpoint`. Without it pausing starts over, and the UI says so first. */
  resume: boolean;
  /** How many bodies may be on the wire at once; `Infinity` where the engine may decide. */
  width: number;
}

/** The bytes to send, after preparation. */
export interface UploadSource {
  file: Blob;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
}

/** Where the bytes are, as JSON: it goes through the outbox. */
export interface Receipt<T extends KindMap = KindMap> {
  checkpoint: Json;
  stored?: Stored<T>;
}

/** What the provider knows of a stored file; the engine adds the rest of the record. Absent facts: what was sent. */
export interface Stored<T extends KindMap = KindMap> {
  key: string;
  url: string | null;
  data: T[keyof T]['data'];
  size?: number;
  type?: string;
  width?: number | null;
  height?: number | null;
  checksum?: string | null;
  uploadedAt?: string;
  proof?: string;
  metadata?: JsonObject;
}

/** What the engine lends to one attempt. Every function of it is safe to call at any time, also after an abort. */
export interface UploadContext<T extends KindMap = KindMap> {
  readonly id: UploadId;
  readonly kind: (keyof T & string) | null;
  readonly metadata: JsonObject;
  /** The id of the kept original this file was cut from, and how; null for most files. */
  readonly source: UploadRecord['source'];
  /** 1 for the first. */
  readonly attempt: number;
  /** Its reason is a `StopReason`. */
  readonly signal: AbortSignal;
  /** Runs a small request (presign, sign part, complete, confirm) in the lane that bytes never block. */
  control<R>(task: () => Promise<R>): Promise<R>;
  /**
   * Waits for a data slot, then runs the task; one slot is one request body. `expiresAt` (ms, this device's clock)
   * says how long the address at hand stays good: the engine then never holds more of them than it can use in time.
   */
  data<R>(bytes: number, task: () => Promise<R>, expiresAt?: number): Promise<R>;
  /** Absolute body bytes of this item that are out. */
  progress(sent: number): void;
  /** Nothing is left to send: the answer alone is missing, and its time limit starts. */
  bodySent(): void;
  /** What `save` kept, across pause, retry and reload. */
  readonly checkpoint: Json | undefined;
  save(checkpoint: Json): void;
  /** Shows the item as waiting. Resolves at `until`, or as soon as the user says "now". */
  wait(reason: WaitReason, until?: number): Promise<void>;
  readonly send: Send;
}

/**
 * A value that can carry one file's bytes somewhere and say where they are. Only `upload` is required;
 * each further method is a power the engine uses and the UI then shows.
 */
export interface Provider<T extends KindMap = KindMap> {
  /** Stored in records and the outbox: never renamed. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Where the provider was built from kinds: their rules are then checked at once, before anything is asked. */
  readonly kinds?: Kinds | undefined;
  upload(source: UploadSource, context: UploadContext<T>): Promise<Receipt<T>>;
  /** Fetches the code that the other methods need. Called when an uploader mounts, so that a pick need not wait. */
  preload?(): Promise<unknown>;
  /** Proof that the object is there. Retried alone; never sends bytes. Absent: `receipt.stored` is required. */
  confirm?(receipt: Receipt<T>, context: UploadContext<T>): Promise<Stored<T>>;
  /** After an ambiguous failure: is it there? Null means no, and the bytes are sent again. */
  verify?(checkpoint: Json, signal: AbortSignal): Promise<Receipt<T> | null>;
  /** The item was cancelled on its way: abort multiparts, free what was reserved. */
  discard?(checkpoint: Json, signal: AbortSignal): Promise<void>;
  /** What this provider accepts of a kind. Asked once per kind; can only tighten the host's rules. */
  limits?(kind: string | null, signal: AbortSignal): Promise<Partial<Rules>>;
  /** Erases bytes and row now. */
  remove?(record: UploadRecord<T>, signal: AbortSignal): Promise<void>;
  /** The host has saved `record` in place of these: they may go. */
  settle?(record: UploadRecord<T>, replacing: string[], signal: AbortSignal): Promise<void>;
  /** The host changed its metadata of a stored record. */
  update?(record: UploadRecord<T>, metadata: JsonObject, signal: AbortSignal): Promise<void>;
  /** An address to show a private file by. */
  url?(record: UploadRecord<T>, signal: AbortSignal): Promise<{ url: string; expiresAt?: number }>;
  /** Type only: lets inference read the kinds back from a provider. */
  readonly '~kinds'?: T;
}

/** The kinds of a provider's type. */
export type KindsOf<P> = P extends Provider<infer T> ? T : never;
/** What a host writes as metadata of a kind. */
export type MetadataInput<T extends KindMap, K extends keyof T> = T[K] extends { input: infer Input }
  ? Input
  : T[K]['metadata'];

/** Returns the provider, typed; complains at once, with the cure, about one that could not work. */
export function defineProvider<T extends KindMap = KindMap>(provider: Provider<T>): Provider<T> {
  const { name, capabilities } = provider;
  const must = (holds: boolean, cure: string): void => {
    if (!holds) throw new TypeError(`defineProvider(${JSON.stringify(name)}): ${cure}`);
  };
  must(typeof name === 'string' && name !== '', 'give it a `name`: records and the outbox remember it for ever');
  must(typeof provider.upload === 'function', 'it needs `upload(source, context)`, the one required method');
  must(capabilities.width >= 1, '`capabilities.width` is how many uploads may run at once: 1 or more');
  return provider;
}
