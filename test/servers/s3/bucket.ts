import { createHash, randomUUID } from 'node:crypto';
import type { CorsRule } from './cors.ts';

export interface StoredObject {
  bytes: Buffer;
  etag: string;
  /** The headers that are kept and served: type, disposition, cache control, own metadata. */
  headers: Readonly<Record<string, string>>;
  modified: Date;
}
export interface Version {
  versionId: string;
  /** `hidden` is a delete marker. */
  content: StoredObject | 'hidden';
}
export interface OpenUpload {
  uploadId: string;
  key: string;
  headers: StoredObject['headers'];
  parts: Map<number, { bytes: Buffer; etag: string }>;
}

/** A bucket's contents: every key with its versions, newest last, and the uploads that are open. */
export class Bucket {
  readonly uploads = new Map<string, OpenUpload>();
  readonly #versions = new Map<string, Version[]>();
  readonly #keepsVersions: boolean;
  cors: CorsRule[] = [];

  constructor(keepsVersions: boolean) {
    this.#keepsVersions = keepsVersions;
  }

  /** What a plain read finds. */
  current(key: string): StoredObject | null {
    const content = this.#versions.get(key)?.at(-1)?.content;
    return content === undefined || content === 'hidden' ? null : content;
  }

  /** Keys that a plain read finds, sorted. */
  keys(): string[] {
    return [...this.#versions.keys()].filter((key) => this.current(key) !== null).toSorted();
  }

  /** Every version of every key, in the order that S3 lists them: by key, newest first. */
  versions(): (Version & { key: string; isLatest: boolean })[] {
    return [...this.#versions]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, list]) =>
        list.map((version, index) => ({ ...version, key, isLatest: index === list.length - 1 })).toReversed(),
      );
  }

  put(key: string, bytes: Buffer, headers: StoredObject['headers'], etag: string = md5(bytes)): StoredObject {
    const content = { bytes, etag, headers, modified: new Date() };
    this.#add(key, content);
    return content;
  }

  /** Without a version: hides the key where versions are kept, removes it where they are not. */
  delete(key: string, versionId?: string): void {
    if (versionId === undefined && this.#keepsVersions) return this.#add(key, 'hidden');
    const left = (this.#versions.get(key) ?? []).filter((version) => version.versionId !== (versionId ?? 'null'));
    if (left.length === 0) this.#versions.delete(key);
    else this.#versions.set(key, left);
  }

  #add(key: string, content: Version['content']): void {
    const before = this.#keepsVersions ? (this.#versions.get(key) ?? []) : [];
    this.#versions.set(key, [...before, { versionId: this.#keepsVersions ? randomUUID() : 'null', content }]);
  }
}

export const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');
