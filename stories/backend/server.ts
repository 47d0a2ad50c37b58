import { createServer } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { toNodeHandler } from '../../src/server/adapters/node.ts';
import { createUploadServer } from '../../src/server/index.ts';
import { postgresRecords, postgresSchema } from '../../src/server/records/postgres.ts';
import { disk } from '../../src/server/storage/disk.ts';
import { b2FromEnv } from '../../src/server/storage/s3.ts';
import { openDatabase } from './database.ts';
import { demoKinds } from './kinds.ts';

/**
 * The demo backend: the real server half on a folder and an embedded PostgreSQL, for this machine only. With the names
 * of the guides in the environment it uses a real bucket (`B2_BUCKET_NAME` and its companions) and a real database
 * (`DATABASE_URL`) instead.
 */
const cache = join(fileURLToPath(new URL('../../', import.meta.url)), 'node_modules/.cache/slipway');
const port = Number(process.env['BACKEND_PORT'] ?? 6070);

const database = await openDatabase(join(cache, 'demo-database'), process.env['DATABASE_URL']);
await database.query(postgresSchema());

const isLoopback = (origin: string): boolean =>
  URL.canParse(origin) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(origin).hostname);

const files = createUploadServer({
  kinds: demoKinds,
  authenticate: () => ({ userId: 'demo' }),
  storage: process.env['B2_BUCKET_NAME'] ? b2FromEnv() : disk({ folder: join(cache, 'demo-files') }),
  records: postgresRecords(database),
  // a bucket keeps no secret for the server, as the folder does
  ...(process.env['B2_BUCKET_NAME'] && {
    secret: process.env['SLIPWAY_SECRET'] ?? 'demo-only-secret-of-this-machine-not-for-use',
  }),
  cors: { origins: isLoopback },
  limits: { presignsPerMinute: 10_000 },
});
const handle = toNodeHandler(files);

const server = createServer((request, response) => {
  // a name that somebody else points at this machine would make a page of theirs one of ours
  if (!isLoopback(`http://${request.headers.host ?? ''}`)) response.writeHead(403).end();
  else if (request.url === '/health') response.end('ok');
  else handle(request, response);
});
server.listen(port, '127.0.0.1');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
    database.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
