import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UploadError } from '../../../core/errors.ts';
import { exactly } from '../../bytes.ts';
import type { Multipart, ObjectHeaders, StoredPart } from '../../storage.ts';
import { freshName, isMissing, pathsOf, publish, readManifest, writeWhole } from './layout.ts';

/** Publishes the chunks as one object. */
type Join = (key: string, chunks: AsyncIterable<Uint8Array>, headers: ObjectHeaders) => Promise<unknown>;

/** Multipart on a folder: one file a part, one folder an upload, whose headers wait in a file beside the parts. */
export function diskMultipart(
  folder: () => Promise<string>,
  plan: Pick<Multipart, 'from' | 'partSize'>,
  publishAll: Join,
): Multipart {
  const uploadFolder = async (key: string, uploadId: string): Promise<string> => {
    if (!/^[\da-f-]{36}$/.test(uploadId)) throw new UploadError('not-found');
    return join(pathsOf(await folder(), key).parts, uploadId);
  };

  return {
    ...plan,
    async create(key, headers) {
      const uploadId = randomUUID();
      const path = await uploadFolder(key, uploadId);
      await mkdir(path, { recursive: true });
      await publish(join(path, 'headers.json'), JSON.stringify(headers));
      return uploadId;
    },
    async parts(key, uploadId) {
      return partsIn(await uploadFolder(key, uploadId));
    },
    async write(key, uploadId, number, body, size) {
      const path = await uploadFolder(key, uploadId);
      if ((await partsIn(path)) === null) throw new UploadError('not-found');
      const temporary = join(path, freshName('writing'));
      await writeWhole(temporary, async (file) => {
        for await (const chunk of exactly(body, size)) await file.write(chunk);
      });
      await rename(temporary, join(path, String(number)));
    },
    async complete(key, uploadId, parts) {
      const path = await uploadFolder(key, uploadId);
      const headers = await readManifest(join(path, 'headers.json'));
      if (headers === null) return 'missing';
      await publishAll(key, concatenated(path, parts), headers);
      await rm(path, { recursive: true, force: true });
      return 'done';
    },
    async abort(key, uploadId) {
      await rm(await uploadFolder(key, uploadId), { recursive: true, force: true });
    },
    async open(key) {
      return listing(pathsOf(await folder(), key).parts);
    },
  };
}

/** Null where there is no such upload. */
async function partsIn(path: string): Promise<StoredPart[] | null> {
  const names = await listing(path);
  if (!names.includes('headers.json')) return null;
  const numbers = names.flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  const sizes = numbers.map(async (number) => ({ number, size: (await stat(join(path, String(number)))).size }));
  return (await Promise.all(sizes)).sort((a, b) => a.number - b.number);
}

async function* concatenated(path: string, parts: readonly StoredPart[]): AsyncGenerator<Uint8Array> {
  for (const { number } of parts) {
    for await (const chunk of createReadStream(join(path, String(number)))) yield chunk as Uint8Array;
  }
}

async function listing(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
