import type { PGlite } from '@electric-sql/pglite';
import { neon, neonConfig } from '@neondatabase/serverless';
import { MongoClient } from 'mongodb';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Query, RecordStore } from '../../src/server/record-store.ts';
import { mongoRecords } from '../../src/server/records/mongo.ts';
import { type Batch, postgresRecords, postgresSchema } from '../../src/server/records/postgres.ts';
import { overPool } from '../../stories/backend/over-pool.ts';
import { startMongoWire } from '../servers/mongo-wire.ts';
import { startNeonHttp } from '../servers/neon-http.ts';
import { startPglite } from '../servers/pglite.ts';
import { type PostgresServer, hasPostgres, startPostgres } from '../servers/postgres.ts';

/** A store that is made empty each time it is opened, and stopped after the tests around it. */
export interface OpenStore {
  open(): Promise<RecordStore>;
}
/** Skipped, after a loud line, where this machine has no PostgreSQL. */
export const describePostgres = hasPostgres() ? describe : describe.skip;

const slow = 60_000;
const emptied = 'TRUNCATE slipway_uploads, slipway_counters';

export const overPglite = (
  database: PGlite,
): { query: Query; transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T> } => ({
  query: (text, params) => database.query(text, params),
  transaction: (work) => database.transaction((tx) => work((text, params) => tx.query(text, params))),
});

export function onPglite(): OpenStore & { database: () => PGlite } {
  let database: PGlite;
  beforeAll(async () => {
    database = await startPglite();
    await database.exec(postgresSchema());
  }, slow);
  afterAll(() => database.close());
  return {
    database: () => database,
    async open() {
      await database.exec(emptied);
      return postgresRecords(overPglite(database));
    },
  };
}

export function onPostgres(): OpenStore & { pool: () => Pool } {
  let server: PostgresServer;
  let pool: Pool;
  beforeAll(async () => {
    server = await startPostgres();
    pool = new Pool({ connectionString: server.url, max: 20 });
    await pool.query(postgresSchema());
  }, slow);
  afterAll(async () => {
    await pool.end();
    await server.stop();
  }, slow);
  return {
    pool: () => pool,
    async open() {
      await pool.query(emptied);
      return postgresRecords(overPool(pool));
    },
  };
}

/** Neon's own driver over HTTP, where a transaction is a list of statements known beforehand. */
export function onNeonHttp(): OpenStore {
  let server: PostgresServer;
  let endpoint: Awaited<ReturnType<typeof startNeonHttp>>;
  let pool: Pool;
  beforeAll(async () => {
    server = await startPostgres();
    endpoint = await startNeonHttp(server.url);
    pool = new Pool({ connectionString: server.url, max: 1 });
    await pool.query(postgresSchema());
    neonConfig.fetchEndpoint = () => endpoint.url;
  }, slow);
  afterAll(async () => {
    await endpoint.close();
    await pool.end();
    await server.stop();
  }, slow);
  return {
    async open() {
      await pool.query(emptied);
      const sql = neon('postgres://reader:not-a-secret@db.example.test/app');
      const batch: Batch = async (statements) =>
        (await sql.transaction(statements.map(({ text, params }) => sql.query(text, params)))) as unknown[][];
      return postgresRecords({ query: (text, params) => sql.query(text, params), batch });
    },
  };
}

/** The wire double, or the MongoDB that MONGODB_URI names. */
export function onMongo(): OpenStore {
  let stop: (() => Promise<void>) | undefined;
  let client: MongoClient;
  beforeAll(async () => {
    const given = process.env['MONGODB_URI'];
    const double = given === undefined ? await startMongoWire() : undefined;
    stop = double?.close;
    client = await MongoClient.connect(given ?? double?.url ?? '');
  }, slow);
  afterAll(async () => {
    await client.close();
    await stop?.();
  });
  return {
    async open() {
      const collection = client.db('slipway-test').collection('slipway_uploads');
      await collection.deleteMany({});
      return mongoRecords({ collection });
    },
  };
}
