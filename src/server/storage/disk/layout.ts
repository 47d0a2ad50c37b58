import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ObjectFacts, ObjectHeaders } from '../../storage.ts';

/** What the one metadata file of an object says. Whoever renames it last has published the object. */
export interface Manifest extends ObjectFacts, ObjectHeaders {
  key: string;
  /** File name of the bytes, which never change. */
  blob: string;
}

/** Path = SHA-256 of the key: no name from outside ever becomes a path. */
export function pathsOf(
  folder: string,
  key: string,
): { folder: string; name: string; manifest: string; parts: string } {
  const name = createHash('sha256').update(key).digest('hex');
  const inside = join(folder, name.slice(0, 2));
  return { folder: inside, name, manifest: join(inside, `${name}.json`), parts: join(inside, `${name}.parts`) };
}

export const freshName = (stem: string): string => `${stem}.${randomUUID()}`;

/** Null where there is no such file. */
export async function readManifest(path: string): Promise<Manifest | null> {
  try {
    return JSON.parse(
      await readFile(path, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NOFOLLOW }),
    ) as Manifest;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Either the whole text stands there, or what stood there before. */
export async function publish(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await writeWhole(temporary, async (file) => {
    await file.writeFile(text);
  });
  await rename(temporary, path);
}

/** A new file of this process's own, on the disk when it resolves; gone again when the writing fails. */
export async function writeWhole(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(
    path,
    constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW,
    0o600,
  );
  try {
    await fill(file);
    await file.sync();
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined); // the first error is the one to tell
    await removeFile(path);
    throw error;
  }
}

export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

/**
 * What a process left that died while it wrote this key. Younger files may still be written to, so they stay for the
 * sweeper's second deletion.
 */
export async function removeStrays({ folder, name, manifest }: ReturnType<typeof pathsOf>): Promise<void> {
  const current = (await readManifest(manifest))?.blob;
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const file of names) {
    if (!file.startsWith(`${name}.`) || [current, `${name}.json`, `${name}.parts`].includes(file)) continue;
    const path = join(folder, file);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity })); // gone meanwhile
    if (mtimeMs < Date.now() - strayAge) await removeFile(path);
  }
}
const strayAge = 20 * 3600 * 1000;

export const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
