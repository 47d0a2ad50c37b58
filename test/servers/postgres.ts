import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PostgresServer {
  url: string;
  stop(): Promise<void>;
}

/** False, after a loud line, where this machine has no PostgreSQL: the tests then say that they did not run. */
export function hasPostgres(): boolean {
  if (findBinaries() !== null) return true;
  console.error('\n*** No PostgreSQL on this machine: its tests do not run. Debian: apt-get install postgresql ***\n');
  return false;
}

/** A cluster of its own in a temporary folder, on the loopback interface. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = findBinaries();
  if (bin === null) throw new Error('no PostgreSQL on this machine');
  const folder = await mkdtemp(join(tmpdir(), 'slipway-postgres-'));
  const as = await unprivileged();
  if (as !== null) await chown(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const options = { ...as, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' } };
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'slipway', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
  const settings = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c fsync=off -c max_connections=200`;
  const control = (...args: string[]) => run(join(bin, 'pg_ctl'), ['-D', data, '-w', ...args], options);
  await control('start', '-l', join(folder, 'log'), '-o', settings);
  return {
    url: `postgres://slipway@127.0.0.1:${port}/postgres`,
    async stop() {
      await control('stop', '-m', 'immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries(): string | null {
  const named = process.env['POSTGRES_BIN'];
  if (named !== undefined) return named;
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  const [newest] = versions.toSorted((a, b) => Number(b) - Number(a));
  return newest === undefined ? null : join(root, newest, 'bin');
}

/** PostgreSQL refuses to run as root; the package's own user is there wherever the package is. */
async function unprivileged(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const ids = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'postgres'])));
  const [uid = NaN, gid = NaN] = ids.map(({ stdout }) => Number(stdout));
  return { uid, gid };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
