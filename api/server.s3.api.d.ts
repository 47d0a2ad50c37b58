// server/storage/s3.d.ts
export { type B2Options, b2FromEnv } from './s3/b2-from-env.ts';
export { type B2CorsRule, type CorsOptions, type CorsRules, corsRules } from './s3/cors-rules.ts';
export type { AddressStyle } from './s3/place.ts';
export { type S3Options, s3 } from './s3/s3.ts';
export type { Credentials } from './s3/signer.ts';

// server/storage/s3/b2-from-env.d.ts
import type { Storage } from '../../storage.ts';
import { type S3Options } from './s3.ts';
/** All that the environment does not say. */
export type B2Options = Omit<S3Options, 'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'bucket' | 'endpoint'>;
/**
 * A Backblaze B2 bucket from `B2_APPLICATION_KEY_ID` (or `B2_KEY_ID`), `B2_APPLICATION_KEY` (or `B2_APP_KEY`),
 * `B2_BUCKET_NAME` and `B2_ENDPOINT_URL`. Throws with the names of all that are missing; values are never shown.
 */
export declare function b2FromEnv(options?: B2Options): Storage;

// server/storage.d.ts: see server.api.d.ts

// server/storage/s3/s3.d.ts
import { type Size } from '../../../core/size.ts';
import type { Storage } from '../../storage.ts';
import { type AddressStyle } from './place.ts';
import { type Credentials } from './signer.ts';
export interface S3Options extends Credentials {
    bucket: string;
    /** The host that all buckets share, such as `s3.us-west-004.backblazeb2.com`; with or without `https://`. */
    endpoint: string;
    /** Needed unless the endpoint's host is known to carry it. */
    region?: string | undefined;
    /** `path` by default: one host for every bucket, in a content security policy too. */
    style?: AddressStyle | undefined;
    /** What the bucket is: B2 opens whole buckets, never single objects. `private` by default. */
    visibility?: 'private' | 'public' | undefined;
    /** Put before every key: a folder of this app in a bucket that others use too. */
    prefix?: string | undefined;
    /** Where anyone reads a public bucket (`https://f004.backblazeb2.com/file/<bucket>`, a CDN); its S3 form by default. */
    publicBaseUrl?: string | undefined;
    /** Files of `from` and more go in parts of `partSize`: 64 MiB and 16 MiB by default; at least 5 MiB, `from` at most 5 GB. */
    multipart?: {
        from: Size;
        partSize: Size;
    } | undefined;
    /** Milliseconds that a call may take, beside a minute for each 4 MB it sends: 30 seconds by default. */
    timeout?: number | undefined;
    /** Makes each request; the runtime's own by default. */
    fetch?: ((request: Request) => Promise<Response>) | undefined;
}
/**
 * Bytes in a bucket of S3, Backblaze B2 or whatever speaks like them. Throws at creation on options that cannot
 * work. A call that the store is too busy for is tried three times; `Retry-After` is obeyed.
 */
export declare function s3(options: S3Options): Storage;

// core/size.d.ts: see core.api.d.ts

// server/storage/s3/place.d.ts
/** How a bucket is addressed: as the first segment of the path, or as the first part of the host name. */
export type AddressStyle = 'path' | 'virtual-host';
/** A bucket's addresses. */
export interface Place {
    region: string;
    host: string;
    bucket: string;
    bucketUrl: string;
    objectUrl(key: string): string;
}
export interface PlaceOptions {
    endpoint: string;
    bucket: string;
    region?: string | undefined;
    style: AddressStyle;
}
/** Reads the options; throws at once, with the cure, on what no request could mend. */
export declare function placeOf({ endpoint, bucket, region: given, style }: PlaceOptions): Place;
/** Only where the host is known to carry it; a guess would sign for the wrong place. */
export declare function regionIn(hostname: string): string | null;
/**
 * A key as a path. No client can send a segment `.` or `..`, since every URL parser resolves them; such a segment
 * gets a `~` at its end, and so does one that looks like the result: no two keys meet.
 */
export declare const encodeKey: (key: string) => string;
/** A key as the store's own lists name it. */
export declare const storedKey: (key: string) => string;

// server/storage/s3/signer.d.ts
export interface Credentials {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string | undefined;
}
export interface SignedRequest {
    url: string;
    headers: Headers;
}
export interface Signer {
    /** For a call of this server. */
    headers(method: string, url: string, headers: Record<string, string>): Promise<SignedRequest>;
    /** For somebody else, until then. Every header given is required of them. */
    query(method: string, url: string, given: {
        headers?: Record<string, string>;
        now: number;
        expiresAt: number;
    }): Promise<string>;
}
/** AWS Signature Version 4. Every header is signed, the type and the length of a body too. */
export declare function createSigner({ sessionToken, ...keys }: Credentials, region: string): Signer;

// server/storage/s3/cors-rules.d.ts
export interface CorsOptions {
    /** The pages that upload: scheme, host and port, exactly as a browser sends them. */
    origins: readonly string[];
    /** Seconds that a browser may keep the answer to its question: an hour by default, a day at most. */
    maxAge?: number;
}
/** A rule as Backblaze B2's own tools take it. */
export interface B2CorsRule {
    corsRuleName: string;
    allowedOrigins: string[];
    allowedOperations: string[];
    allowedHeaders: string[];
    exposeHeaders: string[];
    maxAgeSeconds: number;
}
export interface CorsRules {
    /** For `b2 bucket update --cors-rules`, as JSON. */
    b2: B2CorsRule[];
    /** For `PutBucketCors` of S3. */
    s3: string;
}
/** The rules that let these pages upload to a bucket and read from it, and nobody else. */
export declare function corsRules({ origins, maxAge }: CorsOptions): CorsRules;
