import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { Pool } from 'pg';
import { toNodeHandler } from '../../../src/server/adapters/node.ts';
import { createUploadServer, memoryRecords, memoryStorage } from '../../../src/server/index.ts';
import { postgresRecords } from '../../../src/server/records/postgres.ts';
import { overPool } from '../../../stories/backend/over-pool.ts';
import { secret } from '../../support/secret.ts';

/** The server under measurement, or a bare handler that answers a constant, in a process of its own. */
const { MODE: mode, POSTGRES_URL: url } = process.env;
const files = createUploadServer({
  kinds: { photos: { accept: 'image/*' } },
  authenticate: () => ({ userId: 'user-1' }),
  storage: memoryStorage(),
  records:
    url === undefined ? memoryRecords() : postgresRecords(overPool(new Pool({ connectionString: url, max: 10 }))),
  secret,
  limits: { presignsPerMinute: Infinity },
});
const constant = JSON.stringify({ ok: true });
const bare = toNodeHandler({
  owns: () => true,
  async handler(request) {
    await request.text();
    return new Response(constant, { headers: { 'content-type': 'application/json' } });
  },
});
const handle = mode === 'bare' ? bare : toNodeHandler(files);
const server = createServer((request, response) => {
  if (request.url === '/memory') {
    globalThis.gc?.();
    response.end(String(process.memoryUsage().heapUsed));
  } else {
    handle(request, response);
  }
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
