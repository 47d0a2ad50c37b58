import { describe, expect, test } from 'vitest';
import { memoryRecords } from '../../../src/server/index.ts';
import { describePostgres, onMongo, onNeonHttp, onPglite, onPostgres } from '../../support/record-stores.ts';
import type { OpenStore } from '../../support/record-stores.ts';
import { type HostTable, pairs, expectConsistent } from '../../support/schedule.ts';

const seedsPerPair = 21;
const slow = 120_000;

function schedules({ open }: OpenStore, host: () => HostTable | null = () => null): void {
  test(`at least 200 schedules are run`, () => {
    expect(pairs.length * seedsPerPair).toBeGreaterThanOrEqual(200);
  });
  test.each(
    pairs.map(([first, second]) => ({
      first,
      second: second ?? 'nobody',
      pair: [first, second] as (typeof pairs)[number],
    })),
  )(
    '135 killed anywhere in $first, with $second at work: one consistent state after a sweep',
    async ({ pair }) => {
      for (let seed = 1; seed <= seedsPerPair; seed += 1) {
        const store = await open();
        try {
          await expectConsistent(seed * 7919, pair, store, store.transaction === undefined ? null : host());
        } catch (error) {
          throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
        }
      }
    },
    slow,
  );
}

describe('memoryRecords', () => {
  schedules({ open: async () => memoryRecords() });
});
describe('postgresRecords on PGlite', () => {
  const store = onPglite();
  schedules(store, () => hostTable((text, params) => store.database().query(text, params)));
});
describePostgres('postgresRecords on PostgreSQL', () => {
  const store = onPostgres();
  schedules(store, () => hostTable((text, params) => store.pool().query(text, params)));
});
describePostgres('postgresRecords over the Neon driver', () => {
  schedules(onNeonHttp());
});
describe('mongoRecords on a wire double', () => {
  schedules(onMongo());
});

type Ask = (text: string, params?: unknown[]) => Promise<{ rows: unknown[] }>;

/** A plain INSERT: if it ever ran twice and was kept twice, there would be two rows. */
function hostTable(ask: Ask): HostTable {
  const made = ask('CREATE TABLE IF NOT EXISTS host_rows (upload_id uuid NOT NULL)');
  return {
    async add(id, tx) {
      await made;
      await tx('INSERT INTO host_rows (upload_id) VALUES ($1::text::uuid)', [id]);
    },
    async count(id) {
      await made;
      return (await ask('SELECT 1 FROM host_rows WHERE upload_id = $1::text::uuid', [id])).rows.length;
    },
  };
}
