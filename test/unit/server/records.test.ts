import { describe, expect, test } from 'vitest';
import type { RecordStore } from '../../../src/server/index.ts';
import { memoryRecords } from '../../../src/server/records/memory.ts';
import { recordSuite } from '../../../src/testing/conformance/index.ts';
import { describePostgres, onMongo, onNeonHttp, onPglite, onPostgres } from '../../support/record-stores.ts';
import { freshId, startServer } from '../../support/upload-server.ts';

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
  const mongo = onMongo();
  recordSuite({ test, expect }, mongo);

  test('137 duplicate keys, a primary that steps down and lost replies lead to one document', async () => {
    const inner = await mongo.open();
    let troubles = 0;
    const steppingDown: RecordStore = {
      ...inner,
      async insert(rows, now) {
        const made = await inner.insert(rows, now);
        if ((troubles += 1) === 1) throw Object.assign(new Error('not primary'), { code: 10107 });
        return made;
      },
      async change(owner, ids, condition, patch) {
        const changed = await inner.change(owner, ids, condition, patch);
        if (patch.state !== undefined && (troubles += 1) <= 3) throw Object.assign(new Error('closed'), { code: 6 });
        return changed;
      },
    };
    const { call, upload, files } = startServer({ records: steppingDown });
    const id = freshId();
    const entry = { id, kind: 'photos', name: 'beach.png', type: 'image/png', size: 200, metadata: {} };
    expect((await call('POST', '/presign', { body: { files: [entry] } })).status).toBe(503);
    expect((await upload({ id })).id).toBe(id);
    const again = await Promise.all(Array.from({ length: 5 }, () => call('POST', '/confirm', { body: { id } })));
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await files.as({ userId: 'user-1' }).list()).records).toHaveLength(1);
  });
});
