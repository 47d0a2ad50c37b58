import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { PGlite } from '@electric-sql/pglite';

/**
 * An embedded PostgreSQL in a folder, kept between runs: opening it again takes a second, making it ten.
 * Two processes in one folder would spoil it, so the second one gets a database of its own, in memory.
 */
export async function openDatabase(folder: string): Promise<PGlite> {
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  if (!(await lockFile(lock))) {
    console.warn(`slipway demo: ${folder} is in use; this one keeps its rows in memory`);
    return PGlite.create();
  }
  process.once('exit', () => {
    // the folder is free again; a killed process leaves a lock that names nobody
    void rm(lock, { force: true });
  });
  const database = await PGlite.create(folder);
  const close = database.close.bind(database);
  database.close = async () => {
    await close();
    await rm(lock, { force: true });
  };
  return database;
}

async function lockFile(path: string): Promise<boolean> {
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
