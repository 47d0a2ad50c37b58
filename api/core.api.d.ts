// core/index.d.ts
export * from './crop-state.ts';
export * from './errors.ts';
export * from './id.ts';
export * from './json.ts';
export * from './kinds.ts';
export * from './provider.ts';
export * from './record.ts';
export * from './rules.ts';
export * from './send.ts';
export * from './size.ts';
export * from './standard-schema.ts';

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

// core/errors.d.ts
import type { Json } from './json.ts';
/** Where on its journey a file met the error. */
export type ErrorPlace = 'intake' | 'prepare' | 'upload' | 'confirm' | 'record' | 'outbox';
/** The one thing a person can do about an error; the UI shows that button and no other. */
export type ErrorAction = 'retry' | 'choose-another' | 'sign-in' | 'wait' | 'free-space' | 'contact';
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
    'not-uploaded': undefined;
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
interface Trait {
    /** Trying again, by itself or by a person, can succeed with nothing else changed. */
    retryable: boolean;
    action: ErrorAction;
}
/** One row a code. The words for people live in `describe`, the HTTP statuses in the server. */
export declare const errorTraits: {
    readonly [Code in ErrorCode]: Trait;
};
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
    get action(): ErrorAction;
    toJSON(): {
        code: C;
        details: Json | undefined;
        retryable: boolean;
        at: ErrorPlace | undefined;
    };
}
/** True for an `UploadError` of any copy of this package; with codes, for those codes only. */
export declare function isUploadError<C extends ErrorCode = ErrorCode>(value: unknown, ...codes: C[]): value is UploadError<C>;
/**
 * A refusal in the host's own words: throw it from `onUploaded`. The item fails for good,
 * shows exactly these words and is not tried again.
 */
export declare function refuse(message: string): UploadError<'refused'>;
export {};

// core/json.d.ts
/** Anything that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
    [key: string]: Json;
}

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

// core/kinds.d.ts
import type { KindMap } from './provider.ts';
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
/** A kind is shared with the browser: behaviour belongs into the server's `hooks`, so a function in it is an error. @internal */
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
} & KindMap;
/** Own kinds only: `__proto__`, `constructor` and the like are no kinds. */
export declare const kindOf: <K extends Kinds>(kinds: K, kind: string) => KindOptions | undefined;
export {};

// core/provider.d.ts
import type { UploadId } from './id.ts';
import type { Json, JsonObject } from './json.ts';
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
/** Why an attempt was told to stop; the `reason` of `context.signal`. */
export type StopReason = 'pause' | 'cancel' | 'timeout' | 'stall';
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
    upload(source: UploadSource, context: UploadContext<T>): Promise<Receipt<T>>;
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

// core/record.d.ts
import type { CropState } from './crop-state.ts';
import type { Json } from './json.ts';
import type { KindMap } from './provider.ts';
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
    minWidth: number | null;
    minHeight: number | null;
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

// core/size.d.ts
/** Bytes, or text as people say it: `'5 MB'`, `'1.5 GB'` (decimal), `'512 KiB'` (binary). */
export type Size = number | `${number} ${SizeUnit}`;
export type SizeUnit = 'B' | 'kB' | 'KB' | 'MB' | 'GB' | 'TB' | 'KiB' | 'MiB' | 'GiB';
/** Whole bytes. Throws on anything else, since a limit that is misread is no limit. */
export declare function toBytes(size: Size): number;

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
