import { neonConfig, Pool as NeonPool } from '@neondatabase/serverless';
import { Pool } from 'pg';
import postgresJs from 'postgres';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { UploadError, isUploadError } from '../../../src/core/errors.ts';
import {
  type Batch,
  type PostgresOptions,
  b2Files,
  postgresRecords,
  postgresSchema,
  uploadcareFiles,
} from '../../../src/server/records/postgres.ts';
import { sampleRow } from '../../../src/testing/conformance/sample-row.ts';
import { startNeonSocket } from '../../servers/neon-socket.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { overPool } from '../../../stories/backend/over-pool.ts';
import { describePostgres } from '../../support/record-stores.ts';
import { freshId, startServer } from '../../support/upload-server.ts';

const slow = 60_000;
const now = 1_700_000_000_000;
const guideTables = `
CREATE TABLE IF NOT EXISTS b2_files (
  id SERIAL PRIMARY KEY,
  object_key TEXT NOT NULL UNIQUE,
  file_url TEXT,
  user_id TEXT NOT NULL,
  upload_timestamp TIMESTAMPTZ DEFAULT NOW()
);
CREATE TABLE IF NOT EXISTS uploadcare_files (
  id SERIAL PRIMARY KEY,
  file_id TEXT NOT NULL UNIQUE,
  file_url TEXT NOT NULL,
  user_id TEXT NOT NULL,
  upload_timestamp TIMESTAMPTZ DEFAULT NOW()
);`;

describePostgres('postgresRecords on PostgreSQL', () => {
  let server: PostgresServer;
  let pool: Pool;
  beforeAll(async () => {
    server = await startPostgres();
    pool = new Pool({ connectionString: server.url, max: 20 });
  }, slow);
  afterAll(async () => {
    await pool.end();
    await server.stop();
  }, slow);

  it('names the command that makes its tables, where they are missing', async () => {
    const missing = await postgresRecords({ query: pool.query.bind(pool) })
      .find('user-1', [freshId()])
      .catch((error: unknown) => error);
    expect(isUploadError(missing, 'schema-missing')).toBe(true);
    expect((missing as UploadError).message).toContain('npx slipway schema');
  });

  test('error 17 of the source texts: the printed schema runs, and again without harm', async () => {
    await pool.query(postgresSchema());
    await pool.query(postgresSchema());
    expect(await postgresRecords({ query: pool.query.bind(pool) }).find('user-1', [freshId()])).toEqual([]);
  });

  describe('with a table of the guide\u2019s beside it', () => {
    const store = (options: Partial<PostgresOptions>) => postgresRecords({ ...overPool(pool), ...options });
    beforeAll(() => pool.query(guideTables));

    it('twenty commits at once make one b2_files row, exactly as printed, and erasing removes it', async () => {
      const records = store({ project: b2Files() });
      const [row = sampleRow()] = await records.insert([sampleRow()], now);
      const commit = { state: 'stored', key: 'hash/photos/x-1.jpg', url: null } as const;
      const commits = Array.from({ length: 20 }, () => records.change('user-1', [row.id], {}, commit));
      await Promise.all(commits);
      const kept = async () =>
        (await pool.query('SELECT object_key, file_url, user_id, upload_timestamp IS NULL AS bare FROM b2_files')).rows;
      expect(await kept()).toEqual([{ object_key: commit.key, file_url: null, user_id: 'user-1', bare: false }]);
      await records.change('user-1', [row.id], {}, { state: 'deleting' });
      expect(await kept()).toHaveLength(1);
      await records.change('user-1', [row.id], {}, { state: 'erased' });
      expect(await kept()).toEqual([]);
    });

    it('a commit that loses its race writes no row for the guide', async () => {
      const records = store({ project: b2Files() });
      const [row = sampleRow()] = await records.insert([sampleRow()], now);
      await records.change('user-1', [row.id], { nonce: 'other' }, { state: 'stored', key: 'never' });
      expect((await pool.query("SELECT 1 FROM b2_files WHERE object_key = 'never'")).rows).toEqual([]);
    });

    it('keeps uploadcare_files for files of Uploadcare alone', async () => {
      const records = store({ project: uploadcareFiles() });
      const mine = sampleRow({ provider: 'uploadcare' });
      const other = sampleRow();
      await records.insert([mine, other], now);
      await records.change('user-1', [mine.id], {}, { state: 'stored', key: 'u-1', url: 'https://x.ucarecd.net/u-1/' });
      await records.change('user-1', [other.id], {}, { state: 'stored', key: 'u-2', url: null });
      const { rows } = await pool.query('SELECT file_id, file_url, user_id FROM uploadcare_files');
      expect(rows).toEqual([{ file_id: 'u-1', file_url: 'https://x.ucarecd.net/u-1/', user_id: 'user-1' }]);
    });

    it('carries a whole upload into b2_files and out again', async () => {
      const { upload, call } = startServer({ records: store({ project: b2Files() }) });
      const record = await upload();
      const kept = async () =>
        (await pool.query('SELECT user_id FROM b2_files WHERE object_key = $1', [record.key])).rows;
      expect(await kept()).toEqual([{ user_id: 'user-1' }]);
      await call('DELETE', `/${record.id}`);
      expect(await kept()).toEqual([]);
    });
  });

  it('claims inside the host\u2019s own transaction, and a rollback takes the marks back', async () => {
    const records = postgresRecords(overPool(pool));
    const { upload, files } = startServer({ records });
    const [old, fresh] = [await upload(), await upload()];
    const mine = files.as({ userId: 'user-1' });
    const client = await pool.connect();
    await client.query('BEGIN');
    await mine.claim([fresh.id], { kind: 'photos', replacing: [old.id], query: client.query.bind(client) });
    await client.query('ROLLBACK');
    client.release();
    expect(
      (await records.find('user-1', [old.id, fresh.id])).map(({ state, claimedAt }) => [state, claimedAt]),
    ).toEqual([
      ['stored', null],
      ['stored', null],
    ]);
  });

  it('never lets a forged record reach a host row', async () => {
    await pool.query('CREATE TABLE listing_photos (upload_id uuid PRIMARY KEY, url text, key text)');
    const { upload, files } = startServer({ records: postgresRecords(overPool(pool)) });
    const foreign = await upload({ user: 'user-2' });
    const wrongKind = await upload({ kind: 'avatar' });
    const own = await upload();
    const mine = files.as({ userId: 'user-1' });
    const save = async (posted: unknown): Promise<void> => {
      for (const { id, url, key } of await mine.claim(posted, { kind: 'photos' })) {
        await pool.query('INSERT INTO listing_photos VALUES ($1, $2, $3)', [id, url, key]);
      }
    };
    for (const forged of [foreign, wrongKind, { ...own, id: freshId() }])
      await expect(save([forged])).rejects.toThrow('no such file');
    await save([{ ...own, url: 'javascript:alert(1)', key: '../../secret' }]);
    expect((await pool.query('SELECT * FROM listing_photos')).rows).toEqual([
      { upload_id: own.id, url: null, key: own.key },
    ]);
  });

  describe('with row-level security', () => {
    let owner: Pool;
    beforeAll(async () => {
      await pool.query(postgresSchema({ rowLevelSecurity: true }));
      await pool.query(`CREATE ROLE app LOGIN; CREATE ROLE sweeper LOGIN BYPASSRLS;
        GRANT ALL ON slipway_uploads, slipway_counters TO app, sweeper`);
      owner = new Pool({ connectionString: server.url.replace('slipway@', 'app@'), max: 10 });
    });
    afterAll(async () => {
      await owner.end();
      await pool.query(
        'ALTER TABLE slipway_uploads NO FORCE ROW LEVEL SECURITY; ALTER TABLE slipway_uploads DISABLE ROW LEVEL SECURITY',
      );
    });

    it('serves a whole upload, while a statement without an owner sees nothing', async () => {
      const sweeper = new Pool({ connectionString: server.url.replace('slipway@', 'sweeper@'), max: 2 });
      const rowLevelSecurity = { sweeper: sweeper.query.bind(sweeper) };
      const records = postgresRecords({ ...overPool(owner), rowLevelSecurity });
      const { upload, files, clock, call } = startServer({ records });
      const record = await upload({ user: 'user-3' });
      expect((await owner.query('SELECT 1 FROM slipway_uploads')).rows).toEqual([]);
      expect((await call('GET', `/${record.id}/url`, { user: 'user-3' })).status).toBe(200);
      expect((await call('GET', `/${record.id}/url`, { user: 'user-1' })).status).toBe(404);
      await call('DELETE', `/${record.id}?undoWithin=1`, { user: 'user-3' });
      clock.move(5000);
      expect((await files.sweep()).erased).toContain(record.id);
      await sweeper.end();
    });

    it('refuses to start without a way to keep the setting inside one unit', () => {
      const query = owner.query.bind(owner);
      expect(() => postgresRecords({ query, rowLevelSecurity: { sweeper: query } })).toThrow('batch');
    });

    it('keeps to a batch of two statements where that is all the driver offers', async () => {
      const batch: Batch = async (statements) => {
        const client = await owner.connect();
        try {
          await client.query('BEGIN');
          const answers: unknown[][] = [];
          for (const { text, params } of statements) answers.push((await client.query(text, params)).rows as unknown[]);
          await client.query('COMMIT');
          return answers;
        } finally {
          client.release();
        }
      };
      const query = pool.query.bind(pool);
      const records = postgresRecords({ query: owner.query.bind(owner), batch, rowLevelSecurity: { sweeper: query } });
      const row = sampleRow({ owner: 'user-3' });
      expect(await records.insert([row], now)).toEqual([row]);
      expect(await records.find('user-3', [row.id])).toEqual([row]);
      expect(await records.find('user-1', [row.id])).toEqual([]);
    });
  });

  it('works over postgres.js, one line', async () => {
    const sql = postgresJs(server.url, { max: 2 });
    const records = postgresRecords({ query: (text, params) => sql.unsafe(text, params as string[]) });
    const row = sampleRow({ metadata: { alt: 'a "quoted" text' }, size: 5_000_000_000 });
    expect(await records.insert([row], now)).toEqual([row]);
    expect(
      await records.change('user-1', [row.id], { states: ['pending'] }, { state: 'stored', key: 'k-js' }),
    ).toMatchObject([{ key: 'k-js' }]);
    await sql.end();
  });

  it('works over Neon\u2019s pool, whose connections are web sockets', async () => {
    const bridge = await startNeonSocket(server.url);
    bridge.configure(neonConfig);
    const neonPool = new NeonPool({ connectionString: server.url });
    const { upload, files } = startServer({ records: postgresRecords({ query: neonPool.query.bind(neonPool) }) });
    const record = await upload({ user: 'neon' });
    expect((await files.as({ userId: 'neon' }).list()).records).toEqual([record]);
    await neonPool.end();
    await bridge.close();
  });
});
