import { UploadError } from '../../core/errors.ts';
import { collect, exactly, joined, streamOf } from '../bytes.ts';
import type { ObjectHeaders, Storage } from '../storage.ts';

interface Entry extends ObjectHeaders {
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
}
interface Open {
  key: string;
  headers: ObjectHeaders;
  parts: Map<number, Uint8Array<ArrayBuffer>>;
}

export interface MemoryStorageOptions {
  visibility?: 'private' | 'public';
  prefix?: string;
  /** From this size on in parts; never by default. */
  multipart?: { from: number; partSize: number };
}

/** Bytes in this process: for tests and first steps. They are gone when the process is. */
export function memoryStorage(options: MemoryStorageOptions = {}): Storage {
  const { visibility = 'private', prefix = '', multipart = { from: Infinity, partSize: 8 * 2 ** 20 } } = options;
  const objects = new Map<string, Entry>();
  const uploads = new Map<string, Open>();
  let version = 0;
  const put = (key: string, bytes: Uint8Array<ArrayBuffer>, headers: ObjectHeaders): Entry => {
    version += 1;
    const entry = { ...pick(headers), bytes, etag: `v${version}` };
    objects.set(key, entry);
    return entry;
  };
  const factsOf = ({ bytes, type, etag }: Entry) => ({ size: bytes.length, type, etag });
  const at = (key: string, uploadId: string): Open | null => {
    const open = uploads.get(uploadId);
    return open?.key === key ? open : null;
  };

  return {
    id: `memory:${prefix}`,
    visibility,
    prefix,
    addresses: null,
    multipart: {
      ...multipart,
      async create(key, headers) {
        version += 1;
        uploads.set(`u${version}`, { key, headers, parts: new Map() });
        return `u${version}`;
      },
      async parts(key, uploadId) {
        const open = at(key, uploadId);
        if (open === null) return null;
        return [...open.parts]
          .map(([number, { length: size }]) => ({ number, size }))
          .sort((a, b) => a.number - b.number);
      },
      async complete(key, uploadId, parts) {
        const open = at(key, uploadId);
        if (open === null) return 'missing';
        const chunks = parts.map(({ number }) => open.parts.get(number) ?? new Uint8Array());
        put(key, joined(chunks), open.headers);
        uploads.delete(uploadId);
        return 'done';
      },
      async abort(key, uploadId) {
        if (at(key, uploadId) !== null) uploads.delete(uploadId);
      },
      async open(key) {
        return [...uploads].filter(([, open]) => open.key === key).map(([uploadId]) => uploadId);
      },
      async write(key, uploadId, number, body, size) {
        const bytes = await collect(exactly(body, size));
        const open = at(key, uploadId);
        if (open === null) throw new UploadError('not-found');
        open.parts.set(number, bytes);
      },
    },
    async head(key) {
      const entry = objects.get(key);
      return entry === undefined ? null : factsOf(entry);
    },
    async read(key, { start = 0, end } = {}) {
      const entry = objects.get(key);
      if (entry === undefined) return null;
      return { ...factsOf(entry), body: streamOf(entry.bytes.subarray(start, end)) };
    },
    async write(key, body, headers) {
      return factsOf(put(key, await collect(exactly(body, headers.size)), headers));
    },
    async promote(from, to, { etag, ...headers }) {
      const entry = objects.get(from);
      if (entry === undefined) return 'missing';
      if (entry.etag !== etag) return 'changed';
      put(to, entry.bytes, headers);
      return 'done';
    },
    async erase(key) {
      objects.delete(key);
    },
  };
}

const pick = ({ type, disposition, cacheControl }: ObjectHeaders): ObjectHeaders => ({
  type,
  disposition,
  cacheControl,
});
