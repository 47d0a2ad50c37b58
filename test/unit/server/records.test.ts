import { describe, expect, test } from 'vitest';
import { memoryRecords } from '../../../src/server/records/memory.ts';
import { recordSuite } from '../../../src/testing/conformance/index.ts';
import { describePostgres, onMongo, onNeonHttp, onPglite, onPostgres } from '../../support/record-stores.ts';

describe('memoryRecords', () => {
  recordSuite({ test, expect }, { open: async () => memoryRecords() });
});
describe('postgresRecords on PGlite', () => {
  recordSuite({ test, expect }, onPglite());
});
describePostgres('postgresRecords on PostgreSQL, over a pg pool', () => {
  recordSuite({ test, expect }, onPostgres());
});
describePostgres('postgresRecords over the Neon driver, on an emulated endpoint', () => {
  recordSuite({ test, expect }, onNeonHttp());
});
describe('mongoRecords over the official driver, on a wire double', () => {
  recordSuite({ test, expect }, onMongo());
});
