import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { Pool } from 'pg';
import { createUploadServer } from '../../src/server/index.ts';
import { toNodeHandler } from '../../src/server/adapters/node.ts';
import { postgresRecords } from '../../src/server/records/postgres.ts';
import { disk } from '../../src/server/storage/disk.ts';
import { overPool } from '../../stories/backend/over-pool.ts';

/** One instance of many: the same database and folder as the others, nothing of its own. Says its port and serves. */
const pool = new Pool({ connectionString: process.env['POSTGRES_URL'], max: 10 });
// a dying server ends its connections; the next query says so
pool.on('error', () => undefined);

const started = Number(process.env['STARTED']);
const files = createUploadServer({
  kinds: { photos: { accept: 'image/*' } },
  authenticate: (request) => ({ userId: request.headers.get('x-user') ?? 'user-1' }),
  storage: disk({ folder: process.env['FOLDER'] ?? '' }),
  records: postgresRecords(overPool(pool)),
  secret: process.env['SECRET'] ?? '',
  limits: { presignsPerMinute: Infinity },
  // the clock runs fast, alike in all instances: a killed one's leases end in seconds
  ports: { now: () => started + (Date.now() - started) * 30 },
  lifetimes: { address: 3_600_000 },
  hooks: {
    photos: {
      async onStored({ record, tx }) {
        await tx?.('INSERT INTO host_rows (upload_id, key) VALUES ($1::text::uuid, $2)', [record.id, record.key]);
      },
    },
  },
});
const server = createServer(toNodeHandler(files));
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
