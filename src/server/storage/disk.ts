import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { link, mkdir, open, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { type ByteStream, exactly, streamOf } from '../bytes.ts';
import type { Multipart, ObjectFacts, ObjectHeaders, Storage } from '../storage.ts';
import {
  type Manifest,
  freshName,
  isMissing,
  pathsOf,
  publish,
  readManifest,
  removeFile,
  removeStrays,
  writeWhole,
} from './disk/layout.ts';
import { diskMultipart } from './disk/parts.ts';

export interface DiskOptions {
  /** Made when it is missing. On a local disk: network file systems are not supported. */
  folder: string;
  visibility?: 'private' | 'public';
  prefix?: string;
  /** From this size on in parts: 64 MiB in parts of 16 MiB by default. */
  multipart?: Pick<Multipart, 'from' | 'partSize'>;
}

/**
 * Bytes in a folder of this machine. Several processes may share it without a lock: bytes go to a file of their
 * own, and one atomic rename publishes the metadata file that names it.
 */
export function disk(options: DiskOptions): Storage {
  const { visibility = 'private', prefix = '', multipart = { from: 64 * 2 ** 20, partSize: 16 * 2 ** 20 } } = options;
  let resolved: Promise<string> | undefined;
  const folder = (): Promise<string> => {
    resolved ??= mkdir(options.folder, { recursive: true, mode: 0o700 }).then(() => realpath(options.folder));
    return resolved;
  };
  const manifestOf = async (key: string): Promise<Manifest | null> =>
    readManifest(pathsOf(await folder(), key).manifest);

  /** Names new bytes as the object, then lets the old ones go: a reader that has them open keeps them. */
  const point = async (key: string, manifest: Manifest): Promise<void> => {
    const paths = pathsOf(await folder(), key);
    const before = await readManifest(paths.manifest);
    await publish(paths.manifest, JSON.stringify(manifest));
    if (before !== null && before.blob !== manifest.blob) await removeFile(join(paths.folder, before.blob));
  };
  const store = async (
    key: string,
    chunks: AsyncIterable<Uint8Array>,
    headers: ObjectHeaders,
    signal?: AbortSignal,
  ): Promise<ObjectFacts> => {
    const paths = pathsOf(await folder(), key);
    const blob = freshName(paths.name);
    const hash = createHash('sha256');
    let size = 0;
    await writeWhole(join(paths.folder, blob), async (file) => {
      for await (const chunk of chunks) {
        signal?.throwIfAborted();
        hash.update(chunk);
        size += chunk.length;
        await file.write(chunk);
      }
    });
    const facts = { size, type: headers.type, etag: hash.digest('hex').slice(0, 32) };
    await point(key, { ...pick(headers), ...facts, key, blob });
    return facts;
  };

  return {
    id: `disk:${prefix}`,
    visibility,
    prefix,
    addresses: null,
    multipart: diskMultipart(folder, multipart, store),
    async head(key) {
      const manifest = await manifestOf(key);
      return manifest === null ? null : factsOf(manifest);
    },
    async read(key, { start = 0, end = Infinity, signal } = {}) {
      // the object may be replaced between the two files: then the new one is read
      for (;;) {
        const manifest = await manifestOf(key);
        if (manifest === null) return null;
        try {
          const body = await bytesOf(
            join(pathsOf(await folder(), key).folder, manifest.blob),
            start,
            Math.min(end, manifest.size),
          );
          signal?.throwIfAborted();
          return { ...factsOf(manifest), body };
        } catch (error) {
          if (!isMissing(error) || (await manifestOf(key))?.blob === manifest.blob) throw error;
        }
      }
    },
    write: (key, body, headers, signal) => store(key, exactly(body, headers.size), headers, signal),
    async promote(from, to, { etag, ...headers }) {
      const source = await manifestOf(from);
      if (source === null) return 'missing';
      if (source.etag !== etag) return 'changed';
      const paths = pathsOf(await folder(), to);
      const blob = freshName(paths.name);
      await mkdir(paths.folder, { recursive: true });
      try {
        // a second name for the same bytes: nothing is copied
        await link(join(pathsOf(await folder(), from).folder, source.blob), join(paths.folder, blob));
      } catch (error) {
        if (isMissing(error)) return 'changed';
        throw error;
      }
      await point(to, { ...factsOf(source), ...pick(headers), key: to, blob });
      return 'done';
    },
    async erase(key) {
      const paths = pathsOf(await folder(), key);
      const manifest = await readManifest(paths.manifest);
      if (manifest !== null) {
        await removeFile(paths.manifest);
        await removeFile(join(paths.folder, manifest.blob));
      }
      await removeStrays(paths);
    },
    async secret() {
      if (process.env['NODE_ENV'] === 'production') {
        throw new TypeError('disk(): in production give createUploadServer a `secret`, or set SLIPWAY_SECRET');
      }
      return keptSecret(join(await folder(), 'secret'));
    },
  };
}

const factsOf = ({ size, type, etag }: ObjectFacts): ObjectFacts => ({ size, type, etag });
const pick = ({ type, disposition, cacheControl }: ObjectHeaders): ObjectHeaders => ({
  type,
  disposition,
  cacheControl,
});

/** Opened before anything is promised, so that a file which is gone is an error and no broken stream. */
async function bytesOf(path: string, start: number, end: number): Promise<ByteStream> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  if (end <= start) {
    await file.close();
    return streamOf(new Uint8Array());
  }
  const stream = createReadStream(path, { fd: file, start, end: end - 1, highWaterMark: 2 ** 18 });
  return Readable.toWeb(stream) as unknown as ByteStream; // Node declares its own name for the same class
}

/** The first process publishes it, whole; the others read what the first wrote. */
async function keptSecret(path: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const temporary = freshName(path);
  await writeWhole(temporary, async (file) => {
    await file.writeFile(secret);
  });
  try {
    await link(temporary, path);
    console.warn(`slipway: made a secret for development in ${path}`);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return await readFile(path, 'utf8');
  } finally {
    await removeFile(temporary);
  }
}
