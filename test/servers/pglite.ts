import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const folder = fileURLToPath(new URL('../../node_modules/.cache/slipway/', import.meta.url));
const snapshot = `${folder}pglite-0.5.14.tar.gz`;

/** An embedded PostgreSQL in memory, from a snapshot of an empty one: a fresh start takes three times as long. */
export async function startPglite(): Promise<PGlite> {
  if (!existsSync(snapshot)) await makeSnapshot();
  return PGlite.create({ loadDataDir: new Blob([await readFile(snapshot)]) });
}

async function makeSnapshot(): Promise<void> {
  const empty = await PGlite.create();
  const bytes = Buffer.from(await (await empty.dumpDataDir('gzip')).arrayBuffer());
  await empty.close();
  await mkdir(folder, { recursive: true });
  const mine = `${snapshot}.${process.pid}`;
  await writeFile(mine, bytes);
  await rename(mine, snapshot);
}
