import { describe, expect, test } from 'vitest';
import { memoryRecords } from '../../../src/server/records/memory.ts';
import { recordSuite } from '../../../src/testing/conformance/index.ts';
import { hasPostgres } from '../../servers/postgres.ts';
import { onMongo, onNeonHttp, onPglite, onPostgres } from '../../support/record-stores.ts';

const postgres = describe.skipIf(!hasPostgres());

describe('memoryRecords', () => {
  recordSuite({ test, expect }, { open: async () => memoryRecords() });
});
describe('postgresRecords on PGlite', () => {
  recordSuite({ test, expect }, onPglite());
});
postgres('postgresRecords on PostgreSQL, over a pg pool', () => {
  recordSuite({ test, expect }, onPostgres());
});
postgres('postgresRecords over the Neon driver, on an emulated endpoint', () => {
  recordSuite({ test, expect }, onNeonHttp());
});
describe('mongoRecords over the official driver, on a wire double', () => {
  recordSuite({ test, expect }, onMongo());
});
