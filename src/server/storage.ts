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
  get(target: { key: string; type: string; disposition: string; now: number; expiresAt: number }): Promise<string>;
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
  complete(
    key: string,
    uploadId: string,
    parts: readonly StoredPart[],
    signal?: AbortSignal,
  ): Promise<'done' | 'missing'>;
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
  write(
    key: string,
    body: ReadableStream<Uint8Array>,
    facts: ObjectHeaders & { size: number },
    signal?: AbortSignal,
  ): Promise<ObjectFacts>;
  /** Copies unless the source has changed since `etag`. */
  promote(
    from: string,
    to: string,
    options: ObjectHeaders & { etag: string; signal?: AbortSignal | undefined },
  ): Promise<'done' | 'changed' | 'missing'>;
  /** Every version of exactly this key. Quiet about what is not there. */
  erase(key: string, signal?: AbortSignal): Promise<void>;
  /** A secret kept beside the bytes, where the store can keep one. */
  secret?(): Promise<string>;
}
