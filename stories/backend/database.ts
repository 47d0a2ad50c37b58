import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { PGlite } from '@electric-sql/pglite';
import type { Query } from '../../src/server/record-store.ts';
import { overPool } from './over-pool.ts';

export interface Database {
  query: Query;
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The PostgreSQL that `url` names; else an embedded one in a folder. */
export const openDatabase = (folder: string, url: string | undefined): Promise<Database> =>
  url === undefined ? openEmbedded(folder) : openPool(url);

async function openPool(url: string): Promise<Database> {
  const { Pool } = await import('pg');
  const pool = new Pool({ connectionString: url });
  return { ...overPool(pool), close: () => pool.end() };
}

/**
 * Kept between runs: opening it again takes a second, making it several. Two processes in one folder would spoil it,
 * so the second one gets a database of its own, in memory.
 */
async function openEmbedded(folder: string): Promise<Database> {
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  const mine = await takeLock(lock);
  if (!mine) console.warn(`slipway demo: ${folder} is in use; this one keeps its rows in memory`);
  const database = mine ? await PGlite.create(folder) : await PGlite.create();
  return {
    // several statements at once, as the schema is, go through `exec`
    query: async (text, params) =>
      params === undefined ? { rows: (await database.exec(text)).at(-1)?.rows ?? [] } : database.query(text, params),
    transaction: (work) => database.transaction((tx) => work((text, params) => tx.query(text, params))),
    async close() {
      await database.close();
      if (mine) await rm(lock, { force: true });
    },
  };
}

/** A killed process leaves a lock that names nobody. */
async function takeLock(path: string): Promise<boolean> {
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
      if (holder > 0 && isAlive(holder)) return false;
      await rm(path, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
