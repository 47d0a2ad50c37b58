// testing/conformance/index.d.ts
export { recordSuite, type RecordSuiteOptions } from './record-suite.ts';
export { storageSuite, type StorageSuiteOptions } from './storage-suite.ts';
export type { TestTools } from './tools.ts';
export { type Fault, faults } from './fault.ts';
export { type CaseOutcome, providerSuite, type ProviderSuiteOptions, type TestContext } from './provider-suite.ts';
export type { ProviderCase } from './provider-case.ts';
export type { Awaitable, Make, NotApplicable, Rig, StoreRequest, StoreStep, StoreView } from './rig.ts';
export type { Command, Scene } from './scene.ts';
export type { Switch } from './surroundings.ts';

// testing/conformance/record-suite.d.ts
import type { RecordStore } from '../../server/record-store.ts';
import type { TestTools } from './tools.ts';
export interface RecordSuiteOptions {
    /** An empty store; asked for once per test. */
    open: () => Promise<RecordStore>;
}
/** What a record store promises, as tests in the caller's own runner. */
export declare function recordSuite({ test, expect }: TestTools, { open }: RecordSuiteOptions): void;

// server/record-store.d.ts: see server.api.d.ts

// core/json.d.ts: see core.api.d.ts

// core/record.d.ts: see core.api.d.ts

// core/crop-state.d.ts: see core.api.d.ts

// core/provider.d.ts: see core.api.d.ts

// core/id.d.ts: see core.api.d.ts

// core/kinds.d.ts: see core.api.d.ts

// core/rules.d.ts: see core.api.d.ts

// core/errors.d.ts: see core.api.d.ts

// core/size.d.ts: see core.api.d.ts

// core/standard-schema.d.ts: see core.api.d.ts

// core/send.d.ts: see core.api.d.ts

// testing/conformance/tools.d.ts
/** @internal */
interface Matchers {
    toBe(expected: unknown): void;
    toEqual(expected: unknown): void;
    toBeNull(): void;
    toHaveLength(length: number): void;
    toBeGreaterThan(than: number): void;
    toMatchObject(expected: object): void;
}
/** The caller's own test runner, as Vitest, Jest and others offer it: nothing of it is a dependency here. */
export interface TestTools {
    test: (name: string, run: () => Promise<void>) => void;
    expect: (value: unknown) => Matchers & {
        rejects: {
            toThrow(): Promise<void>;
        };
    };
}
export {};

// testing/conformance/storage-suite.d.ts
import type { Storage } from '../../server/storage.ts';
import type { TestTools } from './tools.ts';
export interface StorageSuiteOptions {
    /** An empty storage; asked for once per test. */
    open: () => Promise<Storage>;
}
/** What a storage promises, as tests in the caller's own runner. */
export declare function storageSuite({ test, expect }: TestTools, { open }: StorageSuiteOptions): void;

// server/storage.d.ts: see server.api.d.ts

// testing/conformance/fault.d.ts
/**
 * Everything the suite asks a store to do wrong, as data: a provider maps each name onto its own double. The sentence
 * says what the store does. "Once" ends by itself; all else lasts until `heal()`.
 */
export declare const faults: {
    readonly 'reset-mid-body': 'The connection of the first body is reset half-way; after that all is well.';
    readonly 'reset-three-times': 'The connections of the first three bodies are reset half-way.';
    readonly 'reset-always': 'The connection of every body is reset half-way.';
    readonly stall: 'The store stops reading every body half-way, and stays connected.';
    readonly 'no-answer': 'The first body is read and stored whole, and no answer ever comes.';
    readonly 'no-answer-not-stored': 'The first body is read whole and not stored, and no answer ever comes.';
    readonly 'slow-body': 'The body moves steadily, and takes longer than the stall limit in all.';
    readonly 'connection-lost': 'From half-way through the first body on, no request gets through.';
    readonly unreachable: 'No request of any step gets an answer.';
    readonly 'name-not-found': 'The host of the store has no address.';
    readonly 'tls-broken': 'The store shows a certificate nobody trusts.';
    readonly 'cors-blocked': 'The store answers, and the browser hides the answer.';
    readonly 'preflight-refused': 'The preflight of the body refuses the content type.';
    readonly 'csp-blocked': "The page's own policy forbids the request.";
    readonly 'lost-reply': 'The first body is stored, and its answer is lost.';
    readonly 'sent-twice': 'The browser by itself sends the first body twice.';
    readonly 'truncated-reply': 'The first body is stored, and its answer ends early.';
    readonly 'slow-presign': 'The first answer before any body takes a second.';
    readonly 'slow-confirm': 'Proof of the object takes a second.';
    readonly '500-once': 'The first body is answered with 500.';
    readonly '500-always': 'Every body is answered with 500.';
    readonly '502-html': "The first body is answered with 502 and a proxy's page.";
    readonly '503-retry-after': 'The first body is answered with 503 and `Retry-After: 2`.';
    readonly '503-retry-after-date': 'The first body is answered with 503 and a `Retry-After` date three seconds ahead.';
    readonly '503-retry-after-long': 'The first body is answered with 503 and `Retry-After: 99999`.';
    readonly '429-retry-after': 'The first body is answered with 429 and `Retry-After: 2`.';
    readonly '403-expired': 'The first body is answered with 403: the signature has expired.';
    readonly '403-always': 'Every body is answered with 403, however fresh its signature.';
    readonly 'clock-skew': "Every body is answered with 403: the time of the request is too far from the store's.";
    readonly 'entity-too-large': 'Every body is answered with 400 `EntityTooLarge`.';
    readonly 'no-such-bucket': 'Every body is answered with 404 `NoSuchBucket`.';
    readonly 'locked-once': 'The first body is answered with 423: somebody holds a lock.';
    readonly redirect: 'The first body is answered with 307 to another address of the same store.';
    readonly 'bad-json': 'Bodies are stored, and answered with 200 and something that is no JSON.';
    readonly 'error-in-200': 'Bodies are not stored, and answered with 200 and an error in the JSON.';
    readonly 'captive-portal': 'Bodies go nowhere, and are answered with 200 and a page to sign in at.';
    readonly 'stored-short': 'The store keeps less of the body than was sent.';
    readonly 'presign-500-once': 'The first request before a body is answered with 500.';
    readonly 'presign-html': 'Requests before a body are answered with 200 and a page.';
    readonly 'presign-reset': 'The first request before a body is reset.';
    readonly 'presign-422': 'Requests before a body are answered with 422 and the words "This album is full."';
    readonly 'presign-reordered': 'The answers for several files come in another order than asked.';
    readonly 'presign-expired': 'The first address has expired when it arrives.';
    readonly 'foreign-origin': 'The address to send to is of an origin nobody has allowed.';
    readonly '401-once': 'Nobody is signed in until the host has been asked to sign in.';
    readonly 'etag-hidden': 'The answer to a part does not show its ETag.';
    readonly 'part-500-once': 'The first answer to the second part is 500.';
    readonly 'part-mismatch-once': 'Completing is refused once: the second part is not what was promised.';
    readonly 'upload-id-expired': 'The second part is answered once with "no such upload".';
    readonly 'complete-200-error': 'Completing is answered with 200 and an error inside, and nothing is stored.';
    readonly 'complete-200-error-once': 'Completing is answered so once.';
    readonly 'complete-500-once': 'Completing is answered with 500 once.';
    readonly 'complete-lost-reply': 'Completing succeeds, and its answer is lost.';
    readonly 'part-size-changed': 'The store cuts parts in another size after a pause than before it.';
    readonly 'many-parts': 'The store cuts a file into 1,500 parts and lists 1,000 a page.';
    readonly 'confirm-500-once': 'The first request for proof is answered with 500.';
    readonly 'confirm-always-500': 'Every request for proof is answered with 500.';
    readonly 'confirm-not-there': 'The first body vanishes after it was accepted.';
};
export type Fault = keyof typeof faults;

// testing/conformance/provider-suite.d.ts
import type { ProviderCase } from './provider-case.ts';
import type { Make } from './rig.ts';
/** Every case there is, in the order of their numbers. */
export declare const providerCases: readonly ProviderCase[];
/** What became of one case. */
export type CaseOutcome = {
    outcome: 'passed';
} | {
    outcome: 'failed';
    problems: readonly string[];
} | {
    outcome: 'not applicable';
    reason: string;
};
/** What a runner hands to a test, as far as the suite may use it: Vitest's and Node's contexts both have it. */
export interface TestContext {
    skip?(note?: string): unknown;
}
export interface ProviderSuiteOptions {
    /** Your runner's own. */
    test(name: string, run: (context?: TestContext) => Promise<void>): unknown;
    expect(actual: unknown): {
        toEqual(expected: unknown): unknown;
    };
    /** A new provider before a new store that has this fault, or the reason why that cannot be. */
    make: Make;
    /** Only these numbers; default: all. */
    cases?: readonly number[];
    /** Bytes of an ordinary file. Large enough to be seen half-way. Default 30,000. */
    size?: number;
    /** Called after each case, for reports. */
    onOutcome?(test: ProviderCase, outcome: CaseOutcome): void;
}
/**
 * Registers one test per case, each named by its number and its promise. A case drives the provider through a real
 * engine, and looks at nothing but the items and the store: so a vendor's own package can be put to it as well as
 * a double. A case that `make` calls not applicable is skipped with its reason.
 */
export declare function providerSuite({ test, expect, make, cases, size, onOutcome }: ProviderSuiteOptions): void;

// testing/conformance/provider-case.d.ts
import type { AnyProvider } from '../../core/provider.ts';
import type { EngineOptions } from '../../core/uploader-options.ts';
import type { Fault } from './fault.ts';
import type { Scene } from './scene.ts';
/** One named test of the suite. Several may carry one number: the sides of one promise. */
export interface ProviderCase {
    readonly number: number;
    /** The promise, as a sentence. */
    readonly title: string;
    readonly fault: Fault | null;
    readonly options?: EngineOptions;
    /** Why this provider cannot be asked, by what it declares; null where it can. */
    readonly unfit?: (provider: AnyProvider) => string | null;
    run(scene: Scene): Promise<void>;
}
type Unfit = NonNullable<ProviderCase['unfit']>;
/** The provider has to have this optional method. */
export declare const needs: (method: 'confirm' | 'verify' | 'discard' | 'remove') => Unfit;
/** The provider has to claim this capability. */
export declare const needsTo: (power: 'progress' | 'abort' | 'resume') => Unfit;
export {};

// core/uploader-options.d.ts: see core.api.d.ts

// core/deliver.d.ts: see core.api.d.ts

// core/ports.d.ts: see core.api.d.ts

// core/prepare.d.ts: see core.api.d.ts

// core/item.d.ts: see core.api.d.ts

// core/retry.d.ts: see core.api.d.ts

// core/watchdog.d.ts: see core.api.d.ts

// testing/conformance/scene.d.ts
import type { OnUploaded } from '../../core/deliver.ts';
import { type Status, type UploadItem } from '../../core/item.ts';
import { type RetryPolicy } from '../../core/retry.ts';
import type { AnyUploader } from '../../core/uploader.ts';
import type { EngineOptions } from '../../core/uploader-options.ts';
import { type Limits } from '../../core/watchdog.ts';
import type { Rig, StoreRequest, StoreStep } from './rig.ts';
import { type Switch } from './surroundings.ts';
/** Short enough that a case on the real clock takes seconds, long enough that a busy machine keeps them. */
export declare const realLimits: Limits;
export declare const realRetry: RetryPolicy;
export interface SceneOptions {
    rig: Rig;
    size: number;
    options: EngineOptions;
}
export type Command = 'start' | 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';
/**
 * One case on its stage: a real engine, the provider, the store behind it, and everybody who watches.
 *
 * @internal
 */
export interface Scene {
    readonly rig: Rig;
    readonly uploader: AnyUploader;
    readonly online: Switch;
    readonly limits: Limits;
    readonly retry: RetryPolicy;
    readonly size: number;
    /** What the host does with a record; a case may put its own here. */
    host: OnUploaded;
    /** Calls of the host so far. */
    readonly hostCalls: number;
    now(): number;
    file(name?: string, size?: number): File;
    add(files: readonly Blob[]): string[];
    /** One file of the usual size. */
    addOne(name?: string): string;
    command(command: Command, ...ids: readonly string[]): void;
    item(id: string): UploadItem | undefined;
    status(id: string): Status | 'gone';
    journey(id: string): readonly string[];
    /** The item, which must be in this status by now. */
    expectStatus<S extends Status>(id: string, status: S): UploadItem<never, S> | null;
    expectCode(id: string, ...codes: string[]): void;
    /** Something the case promises. The sentence says what is wrong where it does not hold. */
    must(holds: boolean, sentence: string): void;
    pass(milliseconds: number): Promise<void>;
    until(what: string, holds: () => boolean | Promise<boolean>, most?: number): Promise<void>;
    /** Until these, or all, are at their end. */
    ended(ids?: readonly string[]): Promise<void>;
    requests(...steps: StoreStep[]): Promise<StoreRequest[]>;
    /** The most often that one and the same piece of a file was sent. */
    sendings(): Promise<number>;
    objects(): Promise<readonly string[]>;
    /** Everything at rest: the invariants are looked at, and all that was wrong is handed back. */
    close(): Promise<string[]>;
}
export declare function createScene({ rig, size, options }: SceneOptions): Scene;

// core/uploader.d.ts: see core.api.d.ts

// core/store.d.ts: see core.api.d.ts

// core/progress.d.ts: see core.api.d.ts

// testing/conformance/rig.d.ts
import type { Ports } from '../../core/ports.ts';
import type { AnyProvider } from '../../core/provider.ts';
import type { Fault } from './fault.ts';
/** What a request was for. `body` is a whole file or one part of it. */
export type StoreStep = 'presign' | 'body' | 'complete' | 'confirm' | 'verify' | 'discard' | 'remove';
/** One request as the store saw it. */
export interface StoreRequest {
    step: StoreStep;
    /** Milliseconds, by the clock of the rig. */
    at: number;
    /** Null while the store has neither answered nor been left. */
    endedAt: number | null;
    /** The object it is about; null where the store cannot know one. */
    key: string | null;
    /** Which part, from 1; absent for a whole file and for all other steps. */
    part?: number;
}
/** The store's side, for the suite to look at. Nothing here may ask the provider. */
export interface StoreView {
    /** Keys of the objects that are stored whole. */
    objects(): Awaitable<readonly string[]>;
    /** Every request that reached the store, oldest first. */
    requests(): Awaitable<readonly StoreRequest[]>;
    /** The bytes of an object, or null where there is none. */
    bytes(key: string): Awaitable<Uint8Array | null>;
}
/** A provider and the store behind it, which has the fault that was asked for. Made anew for every case. */
export interface Rig {
    provider: AnyProvider;
    store: StoreView;
    /** Ends the fault. */
    heal(): Awaitable<void>;
    /** Brought to the engine: a clock the rig can move, a transport. */
    ports?: Partial<Omit<Ports, 'online'>>;
    /** Lets so much time pass on a clock that is not the real one. Absent: the suite really waits. */
    advance?(milliseconds: number): Promise<void>;
    /** Texts that must never be seen outside of a request: signatures, tickets, tokens. */
    secrets?: readonly string[];
    /** The browser may send a body again by itself when its connection is reset. */
    resends?: boolean;
    /** How often the host has been asked to sign in. */
    signIns?(): number;
    /** Called after the case: closes servers, removes files. */
    dispose?(): Awaitable<void>;
}
/** A fault this provider cannot meet, and why; the report prints the reason. */
export interface NotApplicable {
    notApplicable: string;
}
export type Make = (fault: Fault | null) => Awaitable<Rig | NotApplicable>;
export type Awaitable<T> = T | Promise<T>;

// testing/conformance/surroundings.d.ts
import type { Clock, Online } from '../../core/ports.ts';
/** A clock whose running timers are counted. */
export interface CountedClock extends Clock {
    readonly timers: number;
}
export declare function countTimers(clock: Clock): CountedClock;
/** The network as the suite says it is. */
export interface Switch extends Online {
    turn(on: boolean): void;
    readonly listeners: number;
}
export declare function createSwitch(): Switch;
/** What a page's own facilities saw during a case. */
export interface Surroundings {
    readonly rejections: readonly unknown[];
    /** Everything written to the console. */
    readonly written: readonly string[];
    /** Object addresses made and not given back. */
    readonly objectUrls: number;
    leave(): void;
}
/** Looks on at console, rejections and object addresses until `leave()`. One case at a time. */
export declare function watchSurroundings(): Surroundings;
