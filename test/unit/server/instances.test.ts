import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresSchema } from '../../../src/server/records/postgres.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { type Child, bundleScript, startChild, stopChild } from '../../support/child.ts';
import { png } from '../../support/pictures.ts';
import { describePostgres } from '../../support/record-stores.ts';
import { freshId, secret } from '../../support/upload-server.ts';

const uploads = 1000;
const slow = 180_000;

describePostgres('three instances on one PostgreSQL and one folder', () => {
  let postgres: PostgresServer;
  let pool: Pool;
  let folder: string;
  let instances: Child[] = [];
  let script: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    pool = new Pool({ connectionString: postgres.url, max: 4 });
    await pool.query(postgresSchema());
    await pool.query('CREATE TABLE host_rows (upload_id uuid NOT NULL, key text NOT NULL)');
    folder = await mkdtemp(join(tmpdir(), 'slipway-instances-'));
    script = await bundleScript('test/servers/instance.ts');
    const env = { POSTGRES_URL: postgres.url, FOLDER: folder, SECRET: secret, STARTED: String(Date.now()) };
    instances = await Promise.all([1, 2, 3].map(() => startChild(script, env)));
  }, slow);
  afterAll(async () => {
    await Promise.all(instances.map((instance) => stopChild(instance)));
    await pool.end();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(script, { force: true });
  }, slow);

  /** As a browser would: another instance answers where one is gone or busy. */
  async function ask(turn: number, path: string, init: RequestInit): Promise<Response> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const instance = instances[(turn + attempt) % instances.length];
      const url = path.startsWith('http')
        ? path.replace(/:\d+\//, `:${instance?.firstLine}/`)
        : `http://127.0.0.1:${instance?.firstLine}/api/files${path}`;
      try {
        const response = await fetch(url, init);
        if (response.status < 400) return response;
        await response.body?.cancel();
      } catch {
        // killed: the next one is asked
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`nobody answers ${path}`);
  }
  const post = (turn: number, path: string, body: unknown): Promise<Response> =>
    ask(turn, path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  test(
    '1,000 uploads confirmed twice at once, one instance killed: 1,000 rows, each told to the host once',
    async () => {
      const bytes = png();
      const ids = Array.from({ length: uploads }, () => freshId());
      const plans: { id: string; url: string; headers: Record<string, string> }[] = [];
      for (let from = 0; from < uploads; from += 100) {
        const entries = ids
          .slice(from, from + 100)
          .map((id) => ({ id, kind: 'photos', name: 'a.png', type: 'image/png', size: bytes.length, metadata: {} }));
        const answer = (await (await post(from, '/presign', { files: entries })).json()) as { files: typeof plans };
        plans.push(...answer.files);
      }
      let done = 0;
      const work = async (worker: number): Promise<void> => {
        for (let index = worker; index < plans.length; index += 16) {
          const { id, url, headers } = plans[index] ?? { id: '', url: '', headers: {} };
          await ask(index, url, { method: 'PUT', headers, body: bytes });
          const both = await Promise.all([post(index, '/confirm', { id }), post(index + 1, '/confirm', { id })]);
          const [one, two] = await Promise.all(
            both.map(async (answer) => ((await answer.json()) as { record: unknown }).record),
          );
          expect(one).toEqual(two);
          done += 1;
          if (done === uploads / 2) instances[2]?.process.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: 16 }, (_, worker) => work(worker)));

      expect(instances[2]?.process.signalCode).toBe('SIGKILL');
      const { rows } = await pool.query<{ state: string; count: string }>(
        'SELECT state, count(*) FROM slipway_uploads GROUP BY state',
      );
      expect(rows).toEqual([{ state: 'stored', count: String(uploads) }]);
      const told = await pool.query<{ all: string; different: string }>(
        'SELECT count(*) AS all, count(DISTINCT h.upload_id) AS different FROM host_rows h JOIN slipway_uploads u ON u.id = h.upload_id AND u.key = h.key',
      );
      expect(told.rows).toEqual([{ all: String(uploads), different: String(uploads) }]);
    },
    slow,
  );
});
