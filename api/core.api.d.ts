// core/index.d.ts
export { createUploader } from './create-uploader.ts';
export * from './crop-state.ts';
export type { Delivery, OnUploaded } from './deliver.ts';
export { describe } from './describe.ts';
export { actionOf, type ErrorAction, errorCodes } from './error-actions.ts';
export * from './errors.ts';
export type { Format } from './format.ts';
export { isUploadId, mintId, type UploadId } from './id.ts';
export type { ItemFields, Phase, Status, StatusFields, UploadItem } from './item.ts';
export * from './inspect.ts';
export type { Json, JsonObject } from './json.ts';
export { defineKinds, type ImageOptions, type KindMapOf, type KindOptions, type Kinds } from './kinds.ts';
export { english, type ErrorFacts, type ErrorMessages, type ErrorWords, type Messages } from './messages.ts';
export { type Clock, inertPorts, type KeyValueStore, type Online, type Ports, type Random } from './ports.ts';
export type { PrepareContext, PreparedSource, PrepareStep } from './prepare.ts';
export type { Progress } from './progress.ts';
export * from './provider.ts';
export { type RecordFields, type SavedFile, toRow, type UploadRecord, type UploadRow } from './record.ts';
export type { Register, RegisteredKinds } from './register.ts';
export type { RetryPolicy } from './retry.ts';
export { type FileFacts, type RuleOptions, type Rules, toRules } from './rules.ts';
export type { Send, SendRequest, SendResponse } from './send.ts';
export type { Size, SizeUnit } from './size.ts';
export type { SchemaInput, SchemaIssue, SchemaOutput, SchemaResult, StandardSchema } from './standard-schema.ts';
export type { Listener, Reads, Totals, Unsubscribe } from './store.ts';
export type { AnyUploader, Uploader } from './uploader.ts';
export type { EngineOptions, HeldOptions, KindOption, MetadataOption, Prepare, Problem, Settlement, UploaderOptions, } from './uploader-options.ts';
export type { Limits } from './watchdog.ts';

// core/create-uploader.d.ts
import type { KindMap } from './provider.ts';
import { type Uploader } from './uploader.ts';
import type { UploaderOptions } from './uploader-options.ts';
/** An uploader for code without React; the hooks make theirs themselves. Creating it starts nothing. */
export declare function createUploader<T extends KindMap, K extends keyof T & string = keyof T & string>(given: UploaderOptions<T, K>): Uploader<Pick<T, K>>;

// core/provider.d.ts
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
    [kind: string]: {
        metadata: unknown;
        data: unknown;
        input?: unknown;
    };
}
/** The kinds of a provider that has none: any name, any metadata, data yet unknown. */
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
    url?(record: UploadRecord<T>, signal: AbortSignal): Promise<{
        url: string;
        expiresAt?: number;
    }>;
    /** Type only: lets inference read the kinds back from a provider. */
    readonly '~kinds'?: T;
}
/** The kinds of a provider's type. */
export type KindsOf<P> = P extends Provider<infer T> ? T : never;
/** What a host writes as metadata of a kind. */
export type MetadataInput<T extends KindMap, K extends keyof T> = T[K] extends {
    input: infer Input;
} ? Input : T[K]['metadata'];
/** Returns the provider, typed; complains at once, with the cure, about one that could not work. */
export declare function defineProvider<T extends KindMap = KindMap>(provider: Provider<T>): Provider<T>;

// core/id.d.ts
/** Names one file everywhere, from the first event in the browser to the row. A UUIDv7: it sorts by time. */
export type UploadId = string;
/**
 * Mints an id from 16 random bytes and the time in milliseconds, so that tests can decide both.
 * The first 48 bits are the time, the rest (less version and variant) is the randomness.
 */
export declare function mintId(now: number, random: Uint8Array): UploadId;
/** Whether a text has the form of an id; anything else never reaches a store or a query. */
export declare const isUploadId: (value: unknown) => value is UploadId;

// core/json.d.ts
/** Anything that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
    [key: string]: Json;
}

// core/kinds.d.ts
import { type RuleOptions } from './rules.ts';
import type { SchemaInput, SchemaOutput, StandardSchema } from './standard-schema.ts';
import type { JsonObject } from './json.ts';
/** How pictures of a kind are cut and written before they are sent. Plain data: the server reads it too. */
export interface ImageOptions {
    /** Pixels. One of `width` and `height` leaves the other to the frame. */
    width?: number | undefined;
    height?: number | undefined;
    /** Upper bound where no exact size is asked for. */
    maxWidth?: number | undefined;
    maxHeight?: number | undefined;
    /** `'image/jpeg'`, `'image/webp'` or `'image/png'`; default: the type of the source. */
    type?: string | undefined;
    /** 0..1. */
    quality?: number | undefined;
    /** Uploads the untouched picture first, as a record of its own, so that the crop can be edited later. */
    keepOriginal?: boolean | undefined;
    crop?: false | 'round' | 'square' | {
        aspect?: number;
        shape?: 'round' | 'rect';
        when?: 'always' | 'on-request';
    } | undefined;
}
export interface KindOptions extends RuleOptions {
    /** `'private'` unless told. */
    visibility?: 'private' | 'public' | undefined;
    /** `'on-upload'` (default) keeps every stored file; `'on-claim'` lets unclaimed ones go after their grace. */
    keep?: 'on-upload' | 'on-claim' | undefined;
    /** A SHA-256 made in the browser and checked against the stored bytes. */
    checksum?: boolean | undefined;
    /** Any Standard Schema (zod, valibot, arktype …). */
    metadata?: StandardSchema | undefined;
    image?: ImageOptions | undefined;
}
export type Kinds = {
    readonly [kind: string]: KindOptions;
};
/**
 * A kind is shared with the browser: behaviour belongs into the server's `hooks`, so a function in it is an error.
 *
 * @internal
 */
type DataOnly<T> = {
    [Key in keyof T]: T[Key] extends StandardSchema<never, unknown> | StandardSchema ? T[Key] : T[Key] extends (...args: never[]) => unknown ? never : T[Key] extends object ? DataOnly<T[Key]> : T[Key];
};
/**
 * Says what may be uploaded, once, for both halves. Data only: import it in the browser and on the server.
 * Throws at once on a limit that cannot be read.
 */
export declare function defineKinds<const K extends Kinds>(kinds: K & DataOnly<NoInfer<K>>): K;
/** @internal */
type MetadataOf<O extends KindOptions, Side extends 'in' | 'out'> = O extends {
    metadata: infer S extends StandardSchema;
} ? Side extends 'in' ? SchemaInput<S> : SchemaOutput<S> : JsonObject;
/** The kind map of a provider that is built from kinds; `Data` maps each kind to what the server's hook gave. */
export type KindMapOf<K extends Kinds, Data = unknown> = {
    [Kind in keyof K & string]: {
        input: MetadataOf<K[Kind], 'in'>;
        metadata: MetadataOf<K[Kind], 'out'>;
        data: Kind extends keyof Data ? Data[Kind] : unknown;
    };
};
/** Own kinds only: `__proto__`, `constructor` and the like are no kinds. */
export declare const kindOf: (kinds: Kinds, kind: string) => KindOptions | undefined;
export {};

// core/rules.d.ts
import { UploadError } from './errors.ts';
import { type Size } from './size.ts';
/** The limits of a kind, or of a component that has none, as people write them. */
export interface RuleOptions {
    /** Types (`'image/png'`), families (`'image/*'`) and extensions (`'.csv'`), as a list or joined by commas. */
    accept?: string | readonly string[] | undefined;
    maxSize?: Size | undefined;
    /** 1 byte by default; 0 allows empty files. */
    minSize?: Size | undefined;
    maxFiles?: number | undefined;
    /** One file; a new one takes the place of the old. */
    single?: boolean | undefined;
    /** Pixels, as a person sees the picture. */
    minWidth?: number | undefined;
    minHeight?: number | undefined;
    /** Width × height before any decode. */
    maxPixels?: number | undefined;
}
/** The same limits, read: bytes and pixels, `null` where there is none. */
export interface Rules {
    accept: readonly string[] | null;
    maxSize: number | null;
    minSize: number;
    maxFiles: number | null;
    single: boolean;
    minWidth: number;
    minHeight: number;
    maxPixels: number | null;
}
export declare function toRules(options: RuleOptions): Rules;
/** The stricter of two rule sets, field by field: a prop or a provider may narrow a kind, never widen it. */
export declare function tighten(rules: Rules, other: Partial<Rules>): Rules;
/** What intake can know of a file without reading it. */
export interface FileFacts {
    name: string;
    type: string;
    size: number;
}
/** Everything wrong with one file by name, type and size; an empty list means welcome. */
export declare function checkFile(file: FileFacts, rules: Rules): UploadError[];
export declare function checkSize(size: number, { minSize, maxSize }: Pick<Rules, 'minSize' | 'maxSize'>): UploadError[];
/** Limits on a picture whose header has been read. */
export declare function checkPixels(picture: {
    width: number;
    height: number;
}, rules: Rules): UploadError[];
/**
 * By extension *and* declared type: each of the two that says something must be welcome. Windows knows no type
 * for HEIC or CSV and Android invents some, so silence on one side is no refusal; silence on both is.
 */
export declare function isAccepted({ name, type }: Pick<FileFacts, 'name' | 'type'>, accept: readonly string[]): boolean;

// core/errors.d.ts
/** Where on its journey a file met the error. */
export type ErrorPlace = 'intake' | 'prepare' | 'upload' | 'confirm' | 'record' | 'outbox';
/**
 * What is known beside the code. Every fact is JSON, so an error can travel and be stored;
 * secrets, presigned queries and stacks never belong here.
 */
export interface ErrorDetails {
    'wrong-type': {
        type: string;
        accept: string[];
    };
    'too-large': {
        size: number;
        maxSize: number;
    };
    'too-small-size': {
        size: number;
        minSize: number;
    };
    'too-small': {
        width: number;
        height: number;
        minWidth: number;
        minHeight: number;
    };
    'too-many-pixels': {
        width: number;
        height: number;
        maxPixels: number;
    };
    'too-many': {
        maxFiles: number;
    };
    empty: undefined;
    duplicate: {
        name: string;
    };
    'file-changed': undefined;
    'file-unreadable': undefined;
    corrupt: {
        type: string;
    } | undefined;
    'not-an-image': {
        type: string;
    } | undefined;
    animated: {
        frames: number | null;
    } | undefined;
    'no-decoder': {
        type: string;
    };
    'output-too-large': {
        size: number;
        maxBytes: number;
    };
    'prepare-failed': {
        step: string;
    };
    'unknown-kind': {
        kind: string;
    };
    'metadata-invalid': {
        issues: string[];
    };
    network: undefined;
    'cors-or-network': {
        origin: string;
    } | undefined;
    stalled: {
        seconds: number;
    };
    timeout: {
        seconds: number;
        step: string;
    };
    forbidden: {
        storeCode: string | null;
    } | undefined;
    'clock-skew': {
        seconds: number | null;
    } | undefined;
    'rate-limited': {
        retryAfter: number | null;
    };
    unavailable: {
        retryAfter: number | null;
    };
    unauthorized: undefined;
    'bad-response': {
        status: number;
    } | undefined;
    'bad-request': {
        reason: string;
    };
    'etag-not-exposed': undefined;
    'store-refused': {
        status: number;
        storeCode: string | null;
    };
    'foreign-origin': {
        origin: string;
    };
    'too-large-for-store': {
        size: number | null;
    } | undefined;
    'storage-full': undefined;
    /** The planned parts to send again, where it went in parts. */
    'not-uploaded': {
        numbers: number[];
    } | undefined;
    'size-mismatch': {
        declared: number;
        stored: number;
    };
    'type-mismatch': {
        declared: string;
        stored: string;
    };
    'checksum-mismatch': undefined;
    infected: undefined;
    'id-reused': undefined;
    'not-found': undefined;
    gone: undefined;
    busy: {
        retryAfter: number;
    };
    'quota-exceeded': {
        retryAfter: number | null;
    };
    'reload-needed': {
        protocol: number;
    };
    refused: {
        message: string;
    };
    'hook-failed': undefined;
    'record-failed': undefined;
    'record-timeout': {
        seconds: number;
    };
    'save-uncertain': undefined;
    'schema-missing': {
        command: string;
    };
    'provider-failed': {
        provider: string;
    };
}
export type ErrorCode = keyof ErrorDetails;
/** @internal */
/** Trying one of these again, by itself or by a person, can succeed with nothing else changed. */
export declare const retryableCodes: readonly ["network", "cors-or-network", "stalled", "timeout", "unavailable", "bad-response", "not-uploaded", "checksum-mismatch", "busy", "hook-failed", "record-failed", "record-timeout", "provider-failed", "rate-limited"];
export interface UploadErrorOptions {
    cause?: unknown;
    at?: ErrorPlace | undefined;
    /** For the developer: what happened, why, and how to mend it. */
    message?: string | undefined;
    /** Overrules the row of the code, where the thrower knows better. */
    retryable?: boolean | undefined;
}
/** @internal */
type DetailsArgument<C extends ErrorCode> = undefined extends ErrorDetails[C] ? [details?: ErrorDetails[C], options?: UploadErrorOptions] : [details: ErrorDetails[C], options?: UploadErrorOptions];
/**
 * Everything that can go wrong with a file, as one class with a closed set of codes.
 * `message` speaks to the developer; ask `describe(error)` for words to show a person.
 */
export declare class UploadError<C extends ErrorCode = ErrorCode> extends Error {
    readonly name = "UploadError";
    readonly code: C;
    readonly details: ErrorDetails[C];
    readonly retryable: boolean;
    readonly at: ErrorPlace | undefined;
    /** Recognised by value, since a page may hold two copies of the package. */
    readonly brand: string;
    constructor(code: C, ...[details, options]: DetailsArgument<C>);
}
/** True for an `UploadError` of any copy of this package; with codes, for those codes only. */
export declare function isUploadError<C extends ErrorCode = ErrorCode>(value: unknown, ...codes: C[]): value is UploadError<C>;
/**
 * A refusal in the host's own words: throw it from `onUploaded`. The item fails for good,
 * shows exactly these words and is not tried again.
 */
export declare function refuse(message: string): UploadError<'refused'>;
export {};

// core/size.d.ts
/** Bytes, or text as people say it: `'5 MB'`, `'1.5 GB'`. Decimal, as on every disk and phone. */
export type Size = number | `${number} ${SizeUnit}`;
export type SizeUnit = 'B' | 'kB' | 'KB' | 'MB' | 'GB' | 'TB';
/** Whole bytes. Throws on anything else, since a limit that is misread is no limit. */
export declare function toBytes(size: Size): number;

// core/standard-schema.d.ts
/**
 * The part of Standard Schema (version 1) that we read, so that hosts may bring zod, valibot, arktype
 * or their own without us depending on any of them.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
    readonly '~standard': {
        readonly version: 1;
        readonly vendor: string;
        readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
        readonly types?: {
            readonly input: Input;
            readonly output: Output;
        } | undefined;
    };
}
export type SchemaResult<Output> = {
    readonly value: Output;
    readonly issues?: undefined;
} | {
    readonly issues: readonly SchemaIssue[];
};
export interface SchemaIssue {
    readonly message: string;
    readonly path?: readonly (PropertyKey | {
        readonly key: PropertyKey;
    })[] | undefined;
}
export type SchemaInput<S> = S extends StandardSchema<infer Input, unknown> ? Input : never;
export type SchemaOutput<S> = S extends StandardSchema<never, infer Output> ? Output : S extends StandardSchema<infer _I, infer Output> ? Output : never;

// core/record.d.ts
import type { CropState } from './crop-state.ts';
import type { Json, JsonObject } from './json.ts';
import type { KindMap, Stored } from './provider.ts';
/** The facts of a stored file that every provider knows. Flat, JSON-safe, times in ISO 8601. */
export interface RecordFields {
    version: 1;
    /** Minted in the browser before the first request; the idempotency key everywhere. */
    id: string;
    /** Name of the provider that holds the bytes. */
    provider: string;
    /** Object key, Uploadcare uuid, UploadThing key or Cloudinary public_id. */
    key: string;
    /** Public or CDN address; null when the object is private. Never a presigned one. */
    url: string | null;
    /** As the user knows it. */
    name: string;
    /** Bytes, as stored. */
    size: number;
    /** As the bytes say, not as the browser declared. */
    type: string;
    width: number | null;
    height: number | null;
    checksum: string | null;
    /** The server's clock where there is one. */
    uploadedAt: string;
    /** The kept original and the crop that was cut from it, for editing again. */
    source: {
        id: string;
        crop: CropState;
    } | null;
    /** Our server's signature over these facts. */
    proof: string | null;
}
/**
 * What the host saves. Distributes over the kinds, so testing `record.kind` narrows `data` and `metadata`.
 * In a browser's hands it is a receipt, never evidence: the server claims by id.
 */
export type UploadRecord<T extends KindMap = KindMap, K extends keyof T & string = keyof T & string> = K extends unknown ? RecordFields & {
    kind: string extends K ? string | null : K;
    /** The host's own, as its schema gives it out. */
    metadata: T[K]['metadata'];
    /** The provider's answer; with our server, what `onStored` returned. */
    data: T[K]['data'];
} : never;
/** A file an app already has: our record, a part of it, or whatever can name and show it. */
export type SavedFile<T extends KindMap = KindMap> = Pick<RecordFields, 'id' | 'key' | 'url'> & Partial<UploadRecord<T>>;
/** One database row: the record in snake_case, its three nested fields as JSON columns. */
export interface UploadRow {
    version: 1;
    id: string;
    provider: string;
    kind: string | null;
    key: string;
    url: string | null;
    name: string;
    size: number;
    type: string;
    width: number | null;
    height: number | null;
    checksum: string | null;
    uploaded_at: string;
    source: Json;
    proof: string | null;
    metadata: Json;
    data: Json;
}
/** The record as columns, ready for an INSERT. `source`, `metadata` and `data` are for JSON columns. */
export declare function toRow(record: UploadRecord): UploadRow;
/** The record of a stored file: what the provider knows, and for all else what was sent. */
export declare function assembleRecord(sent: {
    id: string;
    name: string;
    kind: string | null;
    metadata: JsonObject;
    provider: string;
}, source: {
    size: number;
    type: string;
    width: number | null;
    height: number | null;
    source?: RecordFields['source'];
}, stored: Stored, now: number): UploadRecord;

// core/crop-state.d.ts
/**
 * Which part of a picture is meant, independent of any layout. Order: stored → EXIF-oriented →
 * `quarterTurns` × 90° clockwise (W × H) → frame → flips.
 *
 * The frame has its centre at ((x + width/2)·W, (y + height/2)·H) and the size width·W × height·H. The picture
 * is turned clockwise by `angle` under it, about that centre, in pixels. Flips mirror the cut-out last.
 * With an angle the rectangle may leave 0..1: what counts is that the four turned corners lie in the picture.
 */
export interface CropState {
    version: 1;
    rect: {
        x: number;
        y: number;
        width: number;
        height: number;
    };
    quarterTurns: 0 | 1 | 2 | 3;
    /** Degrees, −45..45. */
    angle: number;
    flipX: boolean;
    flipY: boolean;
}

// core/send.d.ts
/** One request as a provider asks for it. */
export interface SendRequest {
    url: string;
    method: string;
    /** Sent exactly as given. */
    headers?: Readonly<Record<string, string>> | undefined;
    body?: Blob | FormData | string | null | undefined;
    credentials?: 'include' | 'same-origin' | 'omit' | undefined;
    signal: AbortSignal;
    /** Body bytes handed to the network so far. */
    onProgress?: ((sent: number) => void) | undefined;
    /** The whole body is out; only the answer is missing. */
    onBodySent?: (() => void) | undefined;
}
export interface SendResponse {
    status: number;
    /** The address that answered in the end. */
    url: string;
    /** Case-insensitive; null where the header is absent or CORS hides it. */
    header(name: string): string | null;
    text: string;
}
/**
 * The transport port: one request, one answer of any status. Rejects with `UploadError('network')` when no answer
 * came, and with the signal's reason when aborted. Never retries and sets no limits: both are the engine's.
 */
export type Send = (request: SendRequest) => Promise<SendResponse>;

// core/uploader.d.ts
import { type UploadId } from './id.ts';
import { type UploadItem } from './item.ts';
import type { JsonObject } from './json.ts';
import type { Ports } from './ports.ts';
import type { KindMap, MetadataInput } from './provider.ts';
import type { Reads } from './store.ts';
import { type HeldOptions, type Settlement } from './uploader-options.ts';
/** Moves files through the statuses. An external store: it knows nothing of React, and React nothing of it. */
export interface Uploader<T extends KindMap = KindMap> extends Reads<UploadItem<T>> {
    /** Takes files in and starts them, unless `autoUpload` is off. Ids of refused ones are returned too. */
    add(files: Iterable<Blob>, options?: {
        metadata?: MetadataInput<T, keyof T & string>;
    }): UploadId[];
    /** Starts items that are `ready`: these, or all. */
    start(ids?: readonly UploadId[]): void;
    /** Stops the bytes; all that can be is kept. Without an id: all. */
    pause(id?: UploadId): void;
    resume(id?: UploadId): void;
    /** Stops it here and at the store; the row stays. */
    cancel(id?: UploadId): void;
    /** Does the phase that failed again, or ends a wait. Bytes that have arrived are not sent again. */
    retry(id?: UploadId): void;
    /** Cancels and leaves the list. What is stored stays stored. */
    remove(id: UploadId): void;
    /** Finished and failed items leave the list; those on their way stay. */
    clear(): void;
    /** Deletes object and row now; the one destructive command. Rejects, and keeps the item, where that failed. */
    erase(id: UploadId): Promise<void>;
    /** These first, in this order. */
    reorder(ids: readonly UploadId[]): void;
    /** A new name or other metadata; of a stored file the provider is told. */
    update(id: UploadId, change: {
        name?: string;
        metadata?: JsonObject;
    }): Promise<void>;
    /** Takes effect for what is added from now on; callbacks are read when they are called. */
    configure(options: Partial<HeldOptions>): void;
    /** Resolves once these items, or all there are, have come to their end. Never rejects. */
    settled(ids?: readonly UploadId[]): Promise<Settlement<T>>;
    /** Counts one user of this uploader, and returns its leave. */
    mount(): () => void;
    /** Users that have not left. */
    readonly mounts: number;
    /** Nothing is on its way: the uploader may be dropped. */
    readonly idle: boolean;
}
/** An uploader of whatever kinds. */
export type AnyUploader = Uploader<any>;
/** The engine behind every uploader. Creating it starts nothing. */
export declare function launchUploader(initial: HeldOptions, ports: Ports): AnyUploader;

// core/item.d.ts
import type { UploadError } from './errors.ts';
import type { UploadId } from './id.ts';
import type { Json, JsonObject } from './json.ts';
import type { KindMap, Receipt, WaitReason } from './provider.ts';
import type { UploadRecord } from './record.ts';
/** The part of the journey that waits, fails and is retried on its own. */
export type Phase = 'upload' | 'confirm' | 'record';
/** What exists in each status, and in no other. */
export interface StatusFields<T extends KindMap = KindMap> {
    rejected: {
        problems: readonly UploadError[];
    };
    preparing: {
        step: string;
        waitingFor: 'user' | null;
    };
    ready: object;
    queued: object;
    uploading: {
        attempt: number;
    };
    waiting: {
        reason: WaitReason;
        phase: Phase;
        /** Milliseconds since 1970; null where only an event (back online, signed in) ends it. */
        until: number | null;
    };
    paused: {
        checkpoint: Json | undefined;
    };
    confirming: {
        receipt: Receipt<T>;
    };
    recording: {
        record: UploadRecord<T>;
    };
    failed: {
        at: 'prepare' | Phase;
        error: UploadError;
        receipt: Receipt<T> | null;
    };
    cancelled: object;
    done: {
        record: UploadRecord<T>;
    };
}
export type Status = keyof StatusFields;
/** What every item has, whatever its status. */
export interface ItemFields<T extends KindMap = KindMap> {
    readonly id: UploadId;
    readonly name: string;
    /** Bytes as picked, and once prepared, as sent. */
    readonly size: number;
    readonly type: string;
    readonly kind: (keyof T & string) | null;
    readonly metadata: JsonObject;
    /** Name of the provider it was added with and keeps. */
    readonly provider: string;
    /** Milliseconds since 1970. */
    readonly addedAt: number;
    /** Null after a reload: what is left is what the outbox knows. */
    readonly file: Blob | null;
}
/** One file on its way. Its status decides which further fields exist. Immutable: a change is a new object. */
export type UploadItem<T extends KindMap = KindMap, S extends Status = Status> = {
    [Name in S]: Readonly<ItemFields<T> & {
        status: Name;
    } & StatusFields<T>[Name]>;
}[S];
/** Nothing more happens to such an item until somebody asks for it. */
export declare const isTerminal: (status: Status) => status is 'rejected' | 'failed' | 'cancelled' | 'done';
/** All statuses there are. */
export declare const statuses: readonly Status[];
/** An item in another state: the facts every item has, and exactly the fields of its new status. */
export declare function itemIn(state: string, from: ItemFields, fields: object): UploadItem;
/** How an item begins. */
export declare const firstStep: StatusFields['preparing'];

// core/ports.d.ts
import type { Json } from './json.ts';
import type { PrepareStep } from './prepare.ts';
import type { Send } from './send.ts';
/** Time as the engine sees it. Each call returns its undo. */
export interface Clock {
    now(): number;
    after(milliseconds: number, task: () => void): () => void;
    /** Before the next paint; in a hidden tab, where nothing is painted, soon. */
    frame(task: () => void): () => void;
}
export interface Online {
    now(): boolean;
    subscribe(listener: () => void): () => void;
}
export interface Random {
    /** 0 ≤ x < 1. */
    fraction(): number;
    bytes(length: number): Uint8Array;
}
/** Small JSON that outlives the page. */
export interface KeyValueStore {
    get(key: string): Promise<Json | undefined>;
    set(key: string, value: Json): Promise<void>;
    delete(key: string): Promise<void>;
    keys(): Promise<string[]>;
}
/** Everything the engine needs from outside. Tests bring their own; a page brings the browser's. */
export interface Ports {
    clock: Clock;
    random: Random;
    online: Online;
    /** Null where nothing outlives the page. */
    store: KeyValueStore | null;
    /** What happens to each file before it is sent. */
    steps: readonly PrepareStep[];
    send: Send;
}
/** What works anywhere: real time, always online, nothing stored, nothing changed, nothing sent. */
export declare const inertPorts: Ports;

// core/prepare.d.ts
import { UploadError } from './errors.ts';
import type { UploadId } from './id.ts';
import type { JsonObject } from './json.ts';
import type { ImageOptions } from './kinds.ts';
import type { UploadSource } from './provider.ts';
import type { UploadRecord } from './record.ts';
import type { Rules } from './rules.ts';
/** What a step may know and do while it works on one file. */
export interface PrepareContext {
    readonly id: UploadId;
    readonly kind: string | null;
    readonly metadata: JsonObject;
    readonly rules: Rules;
    readonly image: ImageOptions | null;
    readonly signal: AbortSignal;
    /** Shows the item as waiting for the person, until the step ends. */
    waitForUser(): void;
}
/** What a step hands on: the bytes, and for a cut-out, what it was cut from. */
export interface PreparedSource extends UploadSource {
    source?: UploadRecord['source'];
}
/** One thing done to a file before it is sent. Must stop within a moment of its signal. */
export interface PrepareStep {
    /** Shown as `item.step`: 'inspect', 'crop', 'resize', 'strip', 'prepare'. */
    readonly name: string;
    run(source: PreparedSource, context: PrepareContext): Promise<PreparedSource>;
}
/** Runs the steps in order. Whatever a step throws becomes an error with a code; an abort stays an abort. */
export declare function runSteps(first: PreparedSource, steps: readonly PrepareStep[], context: PrepareContext, onStep: (name: string) => void): Promise<PreparedSource>;
/**
 * Whether the bytes can still be had: a picked file is only a promise, and another program may have changed,
 * emptied or removed it. Reading one byte tells in milliseconds; the network would only say "failed".
 */
export declare function unreadable(file: Blob): Promise<UploadError | null>;

// core/store.d.ts
import type { UploadId } from './id.ts';
import { type Status, type UploadItem } from './item.ts';
import type { Clock } from './ports.ts';
import { type Progress } from './progress.ts';
/** The whole list in numbers. */
export interface Totals extends Progress {
    /** Items by status, and in all. */
    readonly counts: Readonly<Record<Status, number>>;
    readonly count: number;
}
export type Listener = () => void;
export type Unsubscribe = () => void;
/** What anybody may read. Every read returns the same reference until it changes. */
export interface Reads<Item = UploadItem> {
    getIds(): readonly UploadId[];
    subscribe(listener: Listener): Unsubscribe;
    getItem(id: UploadId): Item | undefined;
    subscribeItem(id: UploadId, listener: Listener): Unsubscribe;
    getProgress(id: UploadId): Progress;
    /** Called at most once per frame, and in the same frame as any change of status. */
    subscribeProgress(id: UploadId, listener: Listener): Unsubscribe;
    getTotals(): Totals;
    /** Called at most ten times a second while bytes move, at once when a status changes. */
    subscribeTotals(listener: Listener): Unsubscribe;
}
export interface Store<Item extends UploadItem = UploadItem> {
    readonly reads: Reads<Item>;
    add(items: readonly Item[]): void;
    /** `fromZero`: what was sent before no longer counts. It can only be so on the way through `queued`. */
    put(item: Item, fromZero?: boolean): void;
    remove(ids: ReadonlySet<UploadId>): void;
    order(ids: readonly UploadId[]): void;
    /** The latest value wins; nobody hears of it before the next frame. */
    report(id: UploadId, sent: number): void;
    /** Ends all timers; reads go on working. */
    rest(): void;
}
export declare const noTotals: Totals;
/**
 * Three channels, so that a byte that moves touches one row: membership, one immutable item per id, and
 * progress cells that are flushed once per frame. A change of status flushes the cell of its item first.
 */
export declare function createStore<Item extends UploadItem = UploadItem>(clock: Clock): Store<Item>;

// core/progress.d.ts
/** How far one item is. A new object for every change, so a reference tells whether anything happened. */
export interface Progress {
    /** Body bytes that are out. */
    readonly sent: number;
    readonly total: number;
    /** 0..1; at most 0.99 until the item is `done`, since bytes that arrived are not yet a saved file. */
    readonly fraction: number;
    /** Bytes per second, smoothed; null while unknown. */
    readonly speed: number | null;
    /** Milliseconds; null while unknown. */
    readonly timeLeft: number | null;
}
export declare const noProgress: Progress;
/** The share of `sent`, defined for empty files too and never above 0.99: only `done` says 1. */
export declare const fractionOf: (sent: number, total: number) => number;
export declare function progressOf(sent: number, total: number, speed?: number | null, fraction?: number): Progress;
export declare const doneProgress: (total: number) => Progress;
/** A speed that forgives bursts: samples at least 250 ms apart, halving the weight of the past every 3 s. */
export declare class Speedometer {
    #private;
    /** Bytes that are out by now. The first value, and one below the last, begin the measuring anew. */
    sample(sent: number, now: number): number | null;
}

// core/uploader-options.d.ts
import type { OnUploaded } from './deliver.ts';
import { UploadError } from './errors.ts';
import type { UploadId } from './id.ts';
import type { UploadItem } from './item.ts';
import type { JsonObject } from './json.ts';
import { type ImageOptions } from './kinds.ts';
import type { Ports } from './ports.ts';
import type { KindMap, MetadataInput, Provider } from './provider.ts';
import type { UploadRecord } from './record.ts';
import type { RetryPolicy } from './retry.ts';
import { type RuleOptions, type Rules } from './rules.ts';
import type { Limits } from './watchdog.ts';
/** A file that did not make it, and why. */
export interface Problem {
    id: UploadId;
    name: string;
    error: UploadError;
}
export interface Settlement<T extends KindMap = KindMap> {
    records: UploadRecord<T>[];
    problems: Problem[];
}
/** Your own last word on the bytes: compress, encrypt, watermark. Stop when `signal` says so. */
export type Prepare = (file: Blob, context: {
    name: string;
    signal: AbortSignal;
}) => Blob | Promise<Blob>;
/** The options that do not depend on a kind. */
export interface EngineOptions<T extends KindMap = KindMap> extends RuleOptions {
    image?: ImageOptions | undefined;
    prepare?: Prepare | undefined;
    /** False: items stop at `ready` until `start()`. Default true. */
    autoUpload?: boolean | undefined;
    /** What to do with a file whose content is already in the list. Default `'allow'`: twins are two files. */
    duplicates?: 'allow' | 'reject' | undefined;
    /** Bodies on the wire at once, if the provider allows as many. Default 4. */
    concurrency?: number | undefined;
    /** How many places saved files hold already; they count for `maxFiles`. */
    taken?: number | undefined;
    retry?: Partial<RetryPolicy> | undefined;
    limits?: Partial<Limits> | undefined;
    /** Aborts what is on its way when the last component that uses the uploader has gone. Default false. */
    abortOnUnmount?: boolean | undefined;
    /** Saves one file. Awaited; at least once until it resolves and never after; `record.id` is the idempotency key. */
    onUploaded?: OnUploaded<UploadRecord<T>> | undefined;
    /** The uploader has come to rest; what was finished since it last did. */
    onSettled?: ((settlement: Settlement<T>) => void) | undefined;
    /** Files of a pick that the rules refused. */
    onRejected?: ((problems: Problem[]) => void) | undefined;
    /** A failure that the person must act on. Never for cancel, pause or waiting. */
    onError?: ((error: UploadError, item: UploadItem<T>) => void) | undefined;
}
/** Required exactly where a provider with kinds of its own would otherwise have to guess. */
export type KindOption<T extends KindMap, K extends keyof T & string> = {
    kind?: K | undefined;
} & (string extends keyof T ? {
    kind?: string | undefined;
} : {
    kind: K;
});
/** Required exactly where the schema of the kind needs something. */
export type MetadataOption<T extends KindMap, K extends keyof T> = {} extends MetadataInput<T, K> ? {
    metadata?: MetadataInput<T, K> | undefined;
} : {
    metadata: MetadataInput<T, K>;
};
export type UploaderOptions<T extends KindMap = KindMap, K extends keyof T & string = keyof T & string> = {
    provider: Provider<T>;
    ports?: Partial<Ports> | undefined;
} & KindOption<T, K> & MetadataOption<T, K> & EngineOptions<Pick<T, K>>;
/** The same options as the engine holds them, when what the types promised has been checked. */
export type HeldOptions = EngineOptions & {
    provider: Provider;
    kind?: string | undefined;
    metadata?: JsonObject | undefined;
};
/** The rules in force: those of the kind, narrowed by the props. A kind that is not there is a mistake in the code. */
export declare function rulesOf(options: HeldOptions): Rules;

// core/deliver.d.ts
import { UploadError } from './errors.ts';
import type { Clock } from './ports.ts';
import type { UploadRecord } from './record.ts';
/** Beside the record, what the host may want to know of this call. */
export interface Delivery {
    /** Aborted at the time limit. Not enumerable: React refuses an AbortSignal as an argument of a server action. */
    readonly signal: AbortSignal;
    /** 1 for the first call for this record. */
    readonly attempt: number;
    /** The record waited in the outbox, and the component that began it may be gone. */
    readonly redelivered: boolean;
}
export type OnUploaded<R extends UploadRecord = UploadRecord> = (record: R, delivery: Delivery) => unknown;
export interface DeliverOptions {
    record: UploadRecord;
    host: () => OnUploaded | undefined;
    clock: Clock;
    /** Milliseconds for one call. */
    limit: number;
    /** Counts the calls for this record, across retries by hand. */
    nextAttempt(): number;
    /** Waits until the next call is due, or throws the error where it is final. Ends early when `saved` does. */
    recover(error: UploadError, saved: Promise<void>): Promise<void>;
    /** A call that was given up has resolved after all. */
    onSavedLate(): void;
}
/**
 * Hands a record to the host until it resolves, one call at a time. A call past its limit has its signal aborted
 * and counts no longer, but if it resolves late after all, the record is saved and nobody is called again.
 */
export declare function deliver(options: DeliverOptions): Promise<void>;

// core/retry.d.ts
import { UploadError } from './errors.ts';
export interface RetryPolicy {
    /** Tries in all, the first included. */
    attempts: number;
    /** Milliseconds; the wait before try n is a random share of `base × 2^(n − 2)`, at most `cap`. */
    base: number;
    cap: number;
    /** The longest `Retry-After` we obey as asked; a longer one is cut to this. */
    retryAfterCap: number;
}
export declare const defaultRetry: RetryPolicy;
export type Verdict = {
    again: false;
} | {
    again: true;
    after: number;
    reason: 'retry' | 'rate-limited';
};
/** Whether to try again after a failure, and how long to wait. `attempt` is the one that failed, from 1. */
export declare function judge(error: UploadError, attempt: number, policy: RetryPolicy, random: number): Verdict;
/** Full jitter: any moment up to a bound that doubles. Many clients spread out instead of marching in step. */
export declare const backOff: (attempt: number, { base, cap }: RetryPolicy, random: number) => number;
/** Milliseconds of a `Retry-After` header, which comes in seconds or as a date; null where it says neither. */
export declare function parseRetryAfter(value: string | null, now: number): number | null;
/**
 * Whatever was thrown, as an error with a code. What a foreign error says stays in `cause`: it may quote an
 * address with its signature, and messages are logged.
 */
export declare const asUploadError: (thrown: unknown, provider: string) => UploadError;
/**
 * A batch may spend one retry for every five files, and a few more so that small batches are not stingy.
 * When a store is down, this is what keeps thousands of clients from making it worse.
 */
export declare class RetryBudget {
    #private;
    constructor(reserve?: number);
    earn(): void;
    spend(): boolean;
}

// core/watchdog.d.ts
import type { Clock } from './ports.ts';
/** Milliseconds. Nothing in the engine waits for another party without one of these. */
export interface Limits {
    /** A small request: presign, sign a part, complete, confirm. */
    control: number;
    /** No body byte moved. */
    stall: number;
    /** The whole body is out and no answer comes. */
    response: number;
    /** One call of the host's `onUploaded`. */
    record: number;
}
export declare const defaultLimits: Limits;
/**
 * One deadline that is moved, not replaced: bytes move it sixty times a second and steps of an attempt a few times
 * each, so the timer behind it is only set again once it has fired too early.
 */
export declare class Watchdog {
    #private;
    constructor(clock: Clock, onExpire: () => void);
    /** From now on, this much silence is too much. `Infinity` lets it rest. */
    expectWithin(limit: number): void;
    /** Something happened. */
    alive(): void;
    stop(): void;
}

// core/describe.d.ts
import type { UploadError } from './errors.ts';
import { type Messages } from './messages.ts';
/**
 * An error in words for a person: what happened to their file, then what to do. Pass the file's name to have it
 * in the sentence. Words a host gave to `refuse()` come back exactly so.
 */
export declare function describe({ code, details }: Pick<UploadError, 'code' | 'details'>, messages?: Pick<Messages, 'locale' | 'errors'>, file?: {
    name: string;
} | null): string;

// core/messages.d.ts
import type { ErrorCode, ErrorDetails } from './errors.ts';
import type { Format } from './format.ts';
/** What a sentence about a file may be made of. */
export type ErrorFacts<C extends ErrorCode> = {
    name: string | null;
} & (ErrorDetails[C] extends undefined ? object : NonNullable<ErrorDetails[C]>);
/** A sentence, or how to make it from the facts. */
export type ErrorWords<C extends ErrorCode> = string | ((facts: ErrorFacts<C>, format: Format) => string);
/** Every sentence a person may read about an error: what happened to their file, then what to do. */
export type ErrorMessages = {
    readonly [C in ErrorCode]: ErrorWords<C>;
};
/** The words of one language. */
export interface Messages {
    /** BCP 47 tag, by which numbers and sizes are written too. */
    locale: string;
    errors: ErrorMessages;
}
/**
 * English, built in. At most 90 characters each with ordinary names; no status number, no vendor and none of our
 * own words: whoever reads this wants to know what became of their file, and what to do now.
 */
export declare const english: Messages;

// core/format.d.ts
/** Numbers, sizes and lists in a language, always by the given tag: server and browser must write the same. */
export interface Format {
    readonly locale: string;
    /** `8.1 MB`, decimal, as disks and phones count. */
    size(bytes: number): string;
    number(value: number): string;
    /** `JPEG, PNG or WebP`. */
    either(words: readonly string[]): string;
    /** The plural form that a number takes: `'one'`, `'few'`, `'other'` … */
    plural(count: number): Intl.LDMLPluralRule;
}
export declare function formatFor(locale: string): Format;

// core/error-actions.d.ts
import type { ErrorCode, UploadError } from './errors.ts';
/** The one thing a person can do about an error; the UI shows that button and no other. */
export type ErrorAction = 'retry' | 'choose-another' | 'sign-in' | 'wait' | 'free-space' | 'contact';
/** What to offer for an error: exactly one thing. */
export declare const actionOf: ({ code }: Pick<UploadError, 'code'>) => ErrorAction;
/** All codes there are. */
export declare const errorCodes: readonly ErrorCode[];
/** Whether a text from elsewhere is one of our codes. */
export declare const isErrorCode: (code: unknown) => code is ErrorCode;

// core/inspect.d.ts
import type { Orientation } from './inspect/facts.ts';
export type { Orientation } from './inspect/facts.ts';
/** What the first bytes of a file say, whatever its name and its declared type claim. */
export interface Inspection {
    /** A picture's type or `'application/pdf'`, by magic bytes; null for anything else. */
    type: string | null;
    /** As a person sees the picture: the orientation is applied. Null where unknown; 0 where the header says so. */
    width: number | null;
    height: number | null;
    /** As the file holds the pixels. */
    storedWidth: number | null;
    storedHeight: number | null;
    orientation: Orientation;
    /** More than one frame; null while it cannot be told. */
    animated: boolean | null;
    /** May have see-through pixels; null while it cannot be told. */
    alpha: boolean | null;
    /** How many bytes, from the start of the file, would tell more; null where nothing is missing. */
    needed: number | null;
}
/** Enough for the header of almost every file; `needed` asks for more where it is not. */
export declare const inspectedBytes: number;
/**
 * Reads type, size, orientation, animation and transparency from the first bytes of a file, without decoding it.
 * Pure; never throws, and never looks past what it was given.
 */
export declare function inspect(bytes: Uint8Array): Inspection;

// core/inspect/facts.d.ts
/** EXIF's numbers: how the stored pixels must be turned to be seen upright. 1 is upright, 5 to 8 swap the sides. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
/** What the readers of each format fill in as they meet it. */
export interface Facts {
    storedWidth: number | null;
    storedHeight: number | null;
    orientation: Orientation;
    animated: boolean | null;
    alpha: boolean | null;
}
export declare const toOrientation: (value: number) => Orientation;

// core/register.d.ts
import type { AnyProvider, KindMap, KindsOf } from './provider.ts';
/**
 * Names your provider once for all components that inherit theirs:
 * `declare module 'slipway' { interface Register { provider: typeof files } }`.
 */
export interface Register {
}
/** The kinds of the registered provider; without one, any kind by name, and data that is yet unknown. */
export type RegisteredKinds = Register extends {
    provider: infer P extends AnyProvider;
} ? KindsOf<P> : KindMap;
