// server/index.d.ts
export type { ListResponse } from '../core/protocol.ts';
export { createUploadServer, type Handler, type UploadServer } from './create-upload-server.ts';
export type { ClaimOptions } from './claim.ts';
export type { Lifetimes } from './lifetimes.ts';
export type { Mine } from './mine.ts';
export type { PutFile } from './put-bytes.ts';
export type { AuthorizeQuestion, HookData, Hooks, KindHooks, Limits, Logger, ScanEvent, ScanVerdict, StoredEvent, UploadServerOptions, Webhook, WebhookEvent, } from './options.ts';
export type { Ports } from './ports.ts';
export type * from './record-store.ts';
export { memoryRecords } from './records/memory.ts';
export { UploadRefusal } from './refusal.ts';
export type * from './storage.ts';
export { memoryStorage, type MemoryStorageOptions } from './storage/memory.ts';
export type { SweepReport } from './sweep.ts';

// core/protocol.d.ts
import type { ErrorCode } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import type { UploadRecord } from './record.ts';
/** What the two halves say to each other, written once. The routes are in `openapi.yaml`. */
export declare const protocolVersion = 1;
/** Sent with every request to our own routes; absent means 1. */
export declare const protocolHeader = "slipway-protocol";
export interface PresignFile {
    id: string;
    kind: string;
    name: string;
    type: string;
    size: number;
    metadata: JsonObject;
    /** SHA-256 in lower-case hex. */
    checksum?: string;
    source?: NonNullable<UploadRecord['source']>;
}
export interface PresignRequest {
    files: PresignFile[];
}
export interface WireError {
    status: number;
    code: ErrorCode;
    message: string;
    details?: Json;
}
export interface SinglePlan {
    id: string;
    url: string;
    method: 'PUT' | 'POST';
    /** To be sent exactly so. */
    headers: Record<string, string>;
    ticket: string;
    /** ISO 8601, the server's clock. */
    expiresAt: string;
}
export interface MultipartPlan {
    id: string;
    ticket: string;
    expiresAt: string;
    multipart: {
        partSize: number;
        count: number;
    };
}
export type PresignAnswer = SinglePlan | MultipartPlan | {
    id: string;
    record: UploadRecord;
} | {
    id: string;
    error: WireError;
};
/** In any order: answers are matched by id. `now` is the server's clock, so a wrong one here does no harm. */
export interface PresignResponse {
    files: PresignAnswer[];
    now?: string;
}
export interface PartsRequest {
    id: string;
    ticket: string;
    numbers: number[];
}
export interface PartsResponse {
    parts: {
        number: number;
        url: string;
        headers: Record<string, string>;
        size: number;
        expiresAt: string;
    }[];
    now?: string;
}
/** 409 with `details.numbers`: only those parts are sent again. */
export interface CompleteRequest {
    id: string;
    ticket: string;
}
export interface CompleteResponse {
    id: string;
}
export interface AbortRequest {
    id: string;
    ticket: string;
}
export interface StatusRequest {
    id: string;
}
export interface ConfirmRequest {
    id: string;
    ticket?: string;
    metadata?: JsonObject;
}
/** Many at once: the answers come in any order and are matched by id. */
export interface ConfirmBatchRequest {
    files: ConfirmRequest[];
}
export interface ConfirmBatchResponse {
    files: ({
        id: string;
    } & (ConfirmResponse | {
        error: WireError;
    }))[];
}
/** 202 instead of 200 while a scanner works: then `state` is `'scanning'`. */
export type ConfirmResponse = {
    record: UploadRecord;
} | {
    state: 'scanning';
    retryAfter: number;
};
export type StatusResponse = {
    state: 'absent';
} | {
    state: 'partial';
    parts: {
        number: number;
        size: number;
    }[];
} | {
    state: 'present';
} | {
    state: 'scanning';
    retryAfter: number;
} | {
    state: 'stored';
    record: UploadRecord;
} | {
    state: 'gone';
};
export interface ConfigResponse {
    protocol: {
        current: number;
        oldest: number;
    };
    /** Milliseconds a browser may keep an unfinished upload for. */
    pendingFor: number;
    kinds: Record<string, PublicLimits>;
}
export interface PublicLimits {
    accept: readonly string[] | null;
    maxSize: number | null;
    minSize: number;
    maxFiles: number | null;
    single: boolean;
    minWidth: number;
    minHeight: number;
    maxPixels: number | null;
}
export interface ListResponse {
    records: UploadRecord[];
    cursor: string | null;
}
export interface UrlResponse {
    url: string;
    expiresAt?: string;
}
export interface SettleRequest {
    replacing: string[];
}
export interface ErrorResponse {
    error: {
        code: ErrorCode;
        message: string;
        details?: Json;
    };
}

// core/errors.d.ts: see core.api.d.ts

// core/json.d.ts: see core.api.d.ts

// core/record.d.ts: see core.api.d.ts

// core/crop-state.d.ts: see core.api.d.ts

// core/provider.d.ts: see core.api.d.ts

// core/id.d.ts: see core.api.d.ts

// core/kinds.d.ts: see core.api.d.ts

// core/rules.d.ts: see core.api.d.ts

// core/size.d.ts: see core.api.d.ts

// core/standard-schema.d.ts: see core.api.d.ts

// core/send.d.ts: see core.api.d.ts

// server/create-upload-server.d.ts
import type { Kinds } from '../core/kinds.ts';
import type { HookData, Hooks, UploadServerOptions } from './options.ts';
import { type Mine } from './mine.ts';
import type { SweepReport } from './sweep.ts';
/** Answers one request; mount it for every method. */
export type Handler = (request: Request) => Promise<Response>;
export interface UploadServer<K extends Kinds = Kinds, Data = unknown> {
    /** Answers every request under `basePath`, and the guide's two where they are on; needs nothing but Request and Response. */
    handler: Handler;
    GET: Handler;
    HEAD: Handler;
    POST: Handler;
    PUT: Handler;
    DELETE: Handler;
    OPTIONS: Handler;
    /** With `guideRoutes`: the two endpoints of the B2 guide alone, for routers that mount by file. */
    guide: Handler | undefined;
    /** Whether `handler` would answer this request with anything but "not here". */
    owns(request: Request): boolean;
    /** The same powers without HTTP, for server actions, jobs and tests. */
    as(user: {
        userId: string;
    }): Mine;
    /** Does what is due: run it every few minutes, from anywhere, any number of times. */
    sweep(options?: {
        limit?: number;
    }): Promise<SweepReport>;
    /** Erases everything of one person; `failed` names what to try again. */
    eraseOwner(userId: string): Promise<{
        erased: number;
        failed: string[];
    }>;
    /** Type only: what the browser half infers kinds and `record.data` from. */
    readonly '~kinds'?: K;
    readonly '~data'?: Data;
}
/**
 * The server half: signs uploads, proves that the bytes arrived, keeps the row, and lets go of nothing but on the
 * ledger's word. Throws at once on options that could only fail later.
 */
export declare function createUploadServer<const K extends Kinds, const H extends Hooks<K> = Hooks<K>>(options: UploadServerOptions<K, H>): UploadServer<K, HookData<H>>;

// server/options.d.ts
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
    metadata: R extends {
        metadata: infer M;
    } ? M : JsonObject;
    /** 1 for the first. */
    attempt: number;
    /** Aborted after 15 seconds. */
    signal: AbortSignal;
    /** Your query inside the transaction that commits the row: what it writes happens exactly once. */
    tx?: Query;
}
export type ScanVerdict = 'clean' | 'infected' | {
    later: number;
};
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
export type Hooks<K extends Kinds> = {
    readonly [Kind in keyof K & string]?: KindHooks<RecordOf<K, Kind>>;
};
/** The type of `record.data` of each kind: what its `onStored` returns, as JSON carries it. */
export type HookData<H> = {
    [Kind in keyof H & string]: H[Kind] extends {
        onStored(...args: never[]): infer Value;
    } ? Jsonified<Awaited<Value>> : null;
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
    verify(call: {
        body: Uint8Array<ArrayBuffer>;
        headers: Headers;
    }): WebhookEvent | null | Promise<WebhookEvent | null>;
    onEvent(event: WebhookEvent): void | Promise<void>;
}
export interface UploadServerOptions<K extends Kinds, H extends Hooks<K>> {
    kinds: K;
    /** Who is asking; null answers 401. */
    authenticate?: (request: Request) => {
        userId: string;
    } | null | Promise<{
        userId: string;
    } | null>;
    /** The owner alone, by default. A false answers 403 for an upload and 404 for the rest. */
    authorize?: (question: AuthorizeQuestion) => boolean | Promise<boolean>;
    /** The only way to serve people without a login: each browser gets an identity in a signed cookie. */
    allowAnonymous?: boolean;
    storage: Storage | {
        private: Storage;
        public: Storage;
    };
    records: RecordStore;
    hooks?: H;
    /** 32 bytes or more; several for a rotation, the first signs. Default: SLIPWAY_SECRET. */
    secret?: string | readonly string[];
    /** `/api/files` by default. */
    basePath?: string;
    /** As browsers see this server: `https://example.org`. */
    publicOrigin?: string;
    cors?: {
        origins: readonly string[] | ((origin: string) => boolean);
    };
    /** The address to count by; without it there is no limit per address. */
    clientAddress?: (request: Request) => string | null;
    limits?: Limits;
    lifetimes?: Partial<Lifetimes>;
    /** Serves clients written from the two-endpoint guide: see `files.guide`. */
    guideRoutes?: {
        kind: keyof K & string;
        maxSize: Size;
    };
    webhooks?: Readonly<Record<string, Webhook>>;
    /** Keeps the process alive for work after the answer (edge runtimes). */
    waitUntil?: (work: Promise<unknown>) => void;
    /** Mounts `POST /sweep` for a scheduler that sends it as a bearer token. */
    sweepSecret?: string;
    logger?: Logger;
    /** Clock and chance; for tests. */
    ports?: Partial<Ports>;
}
export {};

// core/jsonified.d.ts
/** A value as it arrives after a trip through JSON: a `Date` is text, nothing is null, functions are gone. @internal */
export type Jsonified<T> = T extends {
    toJSON(): infer J;
} ? Jsonified<J> : T extends string | number | boolean | null ? T : T extends undefined | void ? null : T extends (...args: never[]) => unknown ? never : T extends readonly (infer Item)[] ? Jsonified<Item>[] : T extends object ? {
    [Key in keyof T as T[Key] extends (...args: never[]) => unknown ? never : Key]: Jsonified<T[Key]>;
} : unknown;

// server/lifetimes.d.ts
/** Milliseconds. Each of them must outlive the one before. */
export interface Lifetimes {
    /** A signed address for one PUT. */
    address: number;
    /** The capability to confirm. */
    ticket: number;
    /** A row without proof of its bytes; also how long a browser keeps an unfinished upload. */
    pending: number;
    /** Bytes that nobody claimed, were refused or could not be confirmed. */
    grace: number;
    /** A replaced file, before its bytes go. */
    replaced: number;
}
export declare const second: number;
export declare const minute: number;
export declare const day: number;
/** How long a holder of a row's lease may work on it. */
export declare const leaseFor: number;
/** A PUT that began in time may end this much late; then the deletion runs once more. */
export declare const lateBy: number;
export declare function lifetimesFrom(given?: Partial<Lifetimes>): Lifetimes;
/** Addresses of large bodies live longer: as long as 1 Mbit/s needs. */
export declare const addressFor: (size: number, { address, ticket }: Lifetimes) => number;

// server/ports.d.ts
/** What the server half takes from the world, so that tests can decide time and chance. */
export interface Ports {
    /** Milliseconds since 1970. */
    now(): number;
    /** Rejects with the signal's reason when aborted. */
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
    random(bytes: number): Uint8Array<ArrayBuffer>;
}
export declare const realPorts: Ports;

// server/record-store.d.ts
import type { Json, JsonObject } from '../core/json.ts';
import type { UploadRecord } from '../core/record.ts';
/**
 * Where an upload stands in the ledger.
 * `pending → confirming → stored | scanning | mirroring | rejected`, `scanning → stored | quarantined`,
 * `mirroring → stored`, `pending | confirming → expired`, `stored ⇄ missing`,
 * `stored | missing | quarantined → deleting → erased`, `deleting → stored`.
 */
export type LedgerState = 'pending' | 'confirming' | 'scanning' | 'mirroring' | 'stored' | 'missing' | 'rejected' | 'quarantined' | 'expired' | 'deleting' | 'erased';
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
export type Patch = Partial<Omit<LedgerRow, 'owner' | 'id' | 'attempt'>> & {
    attempt?: 'next';
};
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
export type Query = (text: string, params?: unknown[]) => Promise<{
    rows: unknown[];
} | unknown[]>;
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
    take(work: {
        now: number;
        leaseUntil: number;
        nonce: string;
        limit: number;
    }): Promise<LedgerRow[]>;
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

// server/storage.d.ts
/** What a store says of an object. */
export interface ObjectFacts {
    size: number;
    type: string;
    /** Changes whenever the bytes do. */
    etag: string;
}
export interface ObjectBody extends ObjectFacts {
    body: ReadableStream<Uint8Array>;
}
/** Written with the object and served with it. */
export interface ObjectHeaders {
    type: string;
    disposition?: string | undefined;
    cacheControl?: string | undefined;
}
export interface ReadOptions {
    /** First byte; 0 by default. */
    start?: number;
    /** Byte after the last; the end by default. */
    end?: number;
    signal?: AbortSignal | undefined;
}
export interface SignedAddress {
    url: string;
    /** To be sent exactly so. */
    headers: Record<string, string>;
}
/** Signs addresses of the store itself. A store without it has its bytes carried by this server. */
export interface Addresses {
    /** Without a size only the type is signed. */
    put(target: {
        key: string;
        type: string;
        size: number | null;
        now: number;
        expiresAt: number;
    }): Promise<SignedAddress>;
    part(target: {
        key: string;
        uploadId: string;
        number: number;
        size: number;
        now: number;
        expiresAt: number;
    }): Promise<SignedAddress>;
    get(target: {
        key: string;
        type: string;
        disposition: string;
        now: number;
        expiresAt: number;
    }): Promise<string>;
}
export interface StoredPart {
    number: number;
    size: number;
}
/** Large files in parts, written in place. */
export interface Multipart {
    /** Files of this size and more go in parts. */
    from: number;
    partSize: number;
    create(key: string, headers: ObjectHeaders, signal?: AbortSignal): Promise<string>;
    /** Every part that is there; null where the upload is not (any more). */
    parts(key: string, uploadId: string, signal?: AbortSignal): Promise<StoredPart[] | null>;
    /** `missing` where the upload is not there (any more). */
    complete(key: string, uploadId: string, parts: readonly StoredPart[], signal?: AbortSignal): Promise<'done' | 'missing'>;
    /** Resolves once no part is left. */
    abort(key: string, uploadId: string, signal?: AbortSignal): Promise<void>;
    /** Open uploads of exactly this key. */
    open(key: string, signal?: AbortSignal): Promise<string[]>;
    /** Only where this server carries the bytes. */
    write?(key: string, uploadId: string, number: number, body: ReadableStream<Uint8Array>, size: number): Promise<void>;
}
/**
 * Where bytes live. "Not there" is a value (null, `missing`); every other trouble is thrown, so that a store
 * that refuses us is never mistaken for an empty one.
 */
export interface Storage {
    /** Tells this store from others: part of what tickets are bound to. */
    readonly id: string;
    readonly visibility: 'private' | 'public';
    /** Put before every key; empty or ending in `/`. */
    readonly prefix: string;
    readonly addresses: Addresses | null;
    readonly multipart: Multipart | null;
    /** Where anyone may read the object; only of public stores. */
    publicUrl?(key: string): string;
    head(key: string, signal?: AbortSignal): Promise<ObjectFacts | null>;
    /** Facts and bytes of one moment. The facts are of the whole object, whatever the range. */
    read(key: string, options?: ReadOptions): Promise<ObjectBody | null>;
    /** Publishes all of `size` bytes or nothing. */
    write(key: string, body: ReadableStream<Uint8Array>, facts: ObjectHeaders & {
        size: number;
    }, signal?: AbortSignal): Promise<ObjectFacts>;
    /** Copies unless the source has changed since `etag`. */
    promote(from: string, to: string, options: ObjectHeaders & {
        etag: string;
        signal?: AbortSignal | undefined;
    }): Promise<'done' | 'changed' | 'missing'>;
    /** Every version of exactly this key. Quiet about what is not there. */
    erase(key: string, signal?: AbortSignal): Promise<void>;
    /** A secret kept beside the bytes, where the store can keep one. */
    secret?(): Promise<string>;
}

// server/mine.d.ts
import type { UploadId } from '../core/id.ts';
import type { ListResponse } from '../core/protocol.ts';
import type { UploadRecord } from '../core/record.ts';
import type { ClaimOptions } from './claim.ts';
import type { Deployment } from './deployment.ts';
import type { PutFile } from './put-bytes.ts';
/** One person's files, for code that runs on the server. */
export interface Mine {
    get(id: UploadId): Promise<UploadRecord>;
    list(options?: {
        kind?: string;
        cursor?: string;
    }): Promise<ListResponse>;
    /** An address to read the bytes by, for as long as it says. */
    url(id: UploadId): Promise<{
        url: string;
        expiresAt: string;
    }>;
    /** Stores bytes this process has, by the same rules and hooks as any upload. */
    put(file: PutFile): Promise<UploadRecord>;
    /** Turns what a browser handed back into records that can be trusted: see `ClaimOptions`. */
    claim(values: unknown, options: ClaimOptions): Promise<UploadRecord[]>;
    erase(id: UploadId, options?: {
        undoWithin?: number;
    }): Promise<void>;
}
export declare function mine(deployment: Deployment, userId: string): Mine;

// server/claim.d.ts
import type { UploadRecord } from '../core/record.ts';
import { type Deployment } from './deployment.ts';
import type { Query } from './record-store.ts';
export interface ClaimOptions {
    /** The kind every file must be of. */
    kind: string;
    /** What the host referred to until now. Ids that are not claimed again leave after a grace. */
    replacing?: unknown;
    /** The host's own transaction: then the marks are rolled back with it. */
    query?: Query;
}
/**
 * Turns what a browser handed back into the server's own records. Reads nothing but ids (bare, in record JSON or in
 * record objects), and takes only stored files of this owner and kind; foreign and missing ones answer alike.
 * Repeating it is harmless.
 */
export declare function claim(deployment: Deployment, owner: string, values: unknown, { kind, replacing, query }: ClaimOptions): Promise<UploadRecord[]>;
/** For apps without server code: the new record is claimed by its owner, the old ones leave after a grace. */
export declare function settle(deployment: Deployment, owner: string, id: string, replacing: readonly string[]): Promise<void>;

// server/deployment.d.ts
import { type Kinds } from '../core/kinds.ts';
import type { KindOptions } from '../core/kinds.ts';
import { type Rules } from '../core/rules.ts';
import { type Lifetimes } from './lifetimes.ts';
import type { AuthorizeQuestion, Hooks, KindHooks, Logger, UploadServerOptions, Webhook } from './options.ts';
import { type Ports } from './ports.ts';
import type { LedgerRow, RecordStore } from './record-store.ts';
import type { Storage } from './storage.ts';
import { type Tickets } from './ticket.ts';
export interface KindPlan {
    name: string;
    options: KindOptions;
    rules: Rules;
    hooks: KindHooks;
}
/** The options, read and completed: what every route works with. Nothing in it changes after creation. */
export interface Deployment {
    kinds: ReadonlyMap<string, KindPlan>;
    storages: {
        private: Storage;
        public: Storage;
    };
    records: RecordStore;
    /** Asked for at each use, since a secret may have to be fetched first. */
    tickets: () => Promise<Tickets>;
    lifetimes: Lifetimes;
    limits: {
        perUser: number;
        perAddress: number | null;
        bytes: number | null;
        proxy: number;
    };
    authenticate: (request: Request) => Promise<string | null>;
    authorize: (question: AuthorizeQuestion) => Promise<boolean> | boolean;
    /** True where somebody other than the owner might be let in. */
    hasOwnPolicy: boolean;
    allowAnonymous: boolean;
    basePath: string;
    publicOrigin: string | null;
    allowsOrigin: (origin: string) => boolean;
    clientAddress: (request: Request) => string | null;
    guide: {
        kind: string;
        maxSize: number;
    } | null;
    webhooks: Readonly<Record<string, Webhook>>;
    sweepSecret: string | null;
    /** For what may happen after the answer; awaited where the runtime would not keep it alive. */
    afterwards: (work: Promise<unknown>) => Promise<void>;
    logger: Logger;
    ports: Ports;
}
/** Reads the options; throws at once, with the cure, on what could only fail later. */
export declare function deploy<K extends Kinds, H extends Hooks<K>>(options: UploadServerOptions<K, H>): Deployment;
/** Own kinds only. */
export declare function kindPlan(deployment: Deployment, kind: string | null): KindPlan;
export declare const storageOf: (deployment: Deployment, { storage }: Pick<LedgerRow, 'storage'>) => Storage;

// server/ticket.d.ts
import type { Purpose, TicketClaims } from './ticket-claims.ts';
export interface Tickets {
    issue: <P extends Purpose>(purpose: P, claims: TicketClaims[P]) => Promise<string>;
    /** Throws `bad-request` for anything not issued by us for this purpose. Expiry is told, not judged. */
    open: <P extends Purpose>(purpose: P, ticket: string, now: number) => Promise<{
        claims: TicketClaims[P];
        expired: boolean;
    }>;
    /** A stable, unguessable name for an owner. */
    ownerHash: (owner: string) => Promise<string>;
}
/** Tickets `v1.kid.payload.mac`; several secrets are accepted, the first signs. */
export declare function createTickets(secrets: readonly string[], audience: string): Tickets;
export declare const toBase64Url: (bytes: Uint8Array) => string;

// server/ticket-claims.d.ts
/** What tickets of each purpose say. `exp` is in milliseconds; without it they are good for ever. */
export interface TicketClaims {
    /** Capability to finish one upload. */
    upload: {
        id: string;
        owner: string;
        kind: string | null;
        key: string | null;
        size: number;
        exp: number;
    };
    /** Our word for a stored file, for servers that cannot ask us. */
    proof: {
        id: string;
        owner: string;
        kind: string | null;
        key: string | null;
        size: number;
        type: string | null;
    };
    /** Who an anonymous visitor is. */
    anonymous: {
        owner: string;
    };
    /** Signed addresses of storages whose bytes this server carries. */
    put: {
        key: string;
        type: string;
        /** Null where the client could not say; then `maxSize` is the limit. */
        size: number | null;
        maxSize: number | null;
        storage: StorageSlot;
        exp: number;
    };
    part: {
        key: string;
        uploadId: string;
        number: number;
        size: number;
        storage: StorageSlot;
        exp: number;
    };
    get: {
        key: string;
        type: string;
        disposition: string;
        storage: StorageSlot;
        open: boolean;
        exp: number;
    };
}
type StorageSlot = 'private' | 'public';
/** A ticket of one purpose is nothing to another. */
export type Purpose = keyof TicketClaims;
export {};

// server/put-bytes.d.ts
import { type UploadId } from '../core/id.ts';
import type { JsonObject } from '../core/json.ts';
import type { UploadRecord } from '../core/record.ts';
import { type Deployment } from './deployment.ts';
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
export declare function putBytes(deployment: Deployment, asking: {
    owner: string;
    request: Request | null;
}, { kind, name, body, type, metadata, id: given }: PutFile): Promise<UploadRecord>;

// server/sweep.d.ts
import { type Deployment } from './deployment.ts';
/** What one sweep did, by id. */
export interface SweepReport {
    expired: string[];
    confirmed: string[];
    erased: string[];
    restored: string[];
    /** Rows whose object is gone though the store answers: for people to look at. */
    missing: string[];
    /** Tried in vain; each is tried again later. */
    failed: {
        id: string;
        reason: string;
    }[];
}
/**
 * Does what is due, on the ledger's word alone: it never lists a bucket and deletes nothing it has no row for.
 * Safe to run from any number of places at once, and to kill at any time.
 */
export declare function sweep(deployment: Deployment, { limit }?: {
    limit?: number;
}): Promise<SweepReport>;

// server/records/memory.d.ts
import type { RecordStore } from '../record-store.ts';
/** A ledger in this process: for tests and first steps. It is gone when the process is. */
export declare function memoryRecords(): RecordStore;

// server/refusal.d.ts
/**
 * Thrown by a hook that will not have this file: the person reads exactly these words. The bytes stay for the
 * kind's grace, so that a corrected form needs no second upload.
 */
export declare class UploadRefusal extends Error {
    readonly name = "UploadRefusal";
    /** By name, since a host may hold two copies of this package. */
    static is(value: unknown): value is UploadRefusal;
}

// server/storage/memory.d.ts
import type { Storage } from '../storage.ts';
export interface MemoryStorageOptions {
    visibility?: 'private' | 'public';
    prefix?: string;
    /** From this size on in parts; never by default. */
    multipart?: {
        from: number;
        partSize: number;
    };
}
/** Bytes in this process: for tests and first steps. They are gone when the process is. */
export declare function memoryStorage(options?: MemoryStorageOptions): Storage;
