import { expect, it, test } from 'vitest';
import { type Storage, memoryStorage } from '../../../src/server/index.ts';
import { png } from '../../support/pictures.ts';
import { type TestServer, freshId, startServer } from '../../support/upload-server.ts';

const bytes = png(4, 3, 250);
const parted = (): Storage => memoryStorage({ multipart: { from: 100, partSize: 100 } });
const entryOf = (id = freshId(), given: object = {}) => ({
  id,
  kind: 'photos',
  name: 'big.png',
  type: 'image/png',
  size: bytes.length,
  metadata: {},
  ...given,
});

async function plan({ call }: TestServer, id = freshId()) {
  return (await call('POST', '/presign', { body: { files: [entryOf(id)] } })).body.files[0];
}
async function sendParts(
  { call, files }: TestServer,
  { id, ticket }: { id: string; ticket: string },
  numbers: number[],
  of = bytes,
) {
  const { body } = await call('POST', '/parts', { body: { id, ticket, numbers } });
  const statuses: number[] = [];
  for (const { number, url, headers, size } of body.parts) {
    const part = of.slice((number - 1) * 100, (number - 1) * 100 + size);
    statuses.push((await files.handler(new Request(url, { method: 'PUT', headers, body: part }))).status);
  }
  return statuses;
}

it('plans a large file in parts, and confirms it where it was written', async () => {
  const server = startServer({ storage: parted() });
  const { call, storage } = server;
  const planned = await plan(server);
  expect(planned.multipart).toEqual({ partSize: 100, count: 3 });
  expect(planned.url).toBeUndefined();
  expect(await sendParts(server, planned, [2, 1, 3])).toEqual([200, 200, 200]);
  const { id, ticket } = planned;
  expect((await call('POST', '/complete', { body: { id, ticket } })).body).toEqual({ id });
  const { record } = (await call('POST', '/confirm', { body: { id } })).body;
  expect(record).toMatchObject({ id, size: 250, type: 'image/png', width: 4, height: 3 });
  const object = await storage.read(record.key);
  expect(new Uint8Array(await new Response(object?.body).arrayBuffer())).toEqual(bytes);
  expect(await storage.multipart?.open(record.key)).toEqual([]);
});

it('signs each part with its exact length', async () => {
  const server = startServer({ storage: parted() });
  const { call, files } = server;
  const { id, ticket } = await plan(server);
  const [part] = (await call('POST', '/parts', { body: { id, ticket, numbers: [3] } })).body.parts;
  expect(part.size).toBe(50);
  const put = (body: Uint8Array<ArrayBuffer>, headers: object = {}) =>
    files.handler(new Request(part.url, { method: 'PUT', headers: { ...part.headers, ...headers }, body }));
  expect((await put(new Uint8Array(100), { 'content-length': '100' })).status).toBe(403);
  expect((await put(new Uint8Array(51))).status).toBe(422);
  expect((await put(new Uint8Array(50))).status).toBe(200);
});

it('answers completion with the parts that are missing or misfit, and only those', async () => {
  const server = startServer({ storage: parted() });
  const { call } = server;
  const planned = await plan(server);
  const { id, ticket } = planned;
  await sendParts(server, planned, [2]);
  const early = await call('POST', '/complete', { body: { id, ticket } });
  expect([early.status, early.body.error.code, early.body.error.details]).toEqual([
    409,
    'not-uploaded',
    { numbers: [1, 3] },
  ]);
  expect((await call('POST', '/status', { body: { id } })).body).toEqual({
    state: 'partial',
    parts: [{ number: 2, size: 100 }],
  });
  await sendParts(server, planned, [1, 3]);
  expect((await call('POST', '/complete', { body: { id, ticket } })).status).toBe(200);
  expect((await call('POST', '/status', { body: { id } })).body).toEqual({ state: 'present' });
});

it('completes again where the first reply was lost', async () => {
  const inner = parted();
  let lost = false;
  const multipart =
    inner.multipart === null
      ? null
      : {
          ...inner.multipart,
          complete: async (...args: Parameters<NonNullable<Storage['multipart']>['complete']>) => {
            const answer = await inner.multipart?.complete(...args);
            if (!lost) {
              lost = true;
              throw new Error('connection reset');
            }
            return answer ?? 'missing';
          },
        };
  const server = startServer({ storage: { ...inner, multipart } });
  const { call } = server;
  const planned = await plan(server);
  await sendParts(server, planned, [1, 2, 3]);
  const { id, ticket } = planned;
  expect((await call('POST', '/complete', { body: { id, ticket } })).status).toBe(503);
  expect((await call('POST', '/complete', { body: { id, ticket } })).status).toBe(200);
  expect((await call('POST', '/confirm', { body: { id } })).status).toBe(200);
  expect((await call('POST', '/complete', { body: { id, ticket } })).status).toBe(200);
});

it('agrees on one upload when two ask at once, and the loser leaves none open', async () => {
  const server = startServer({ storage: parted() });
  const id = freshId();
  await Promise.all([plan(server, id), plan(server, id), plan(server, id)]);
  const [row] = await server.records.find('user-1', [id]);
  expect(await server.storage.multipart?.open(row?.key ?? '')).toEqual([row?.uploadId]);
});

it('aborts: no part stays, the id is spent, and repeating it is harmless', async () => {
  const server = startServer({ storage: parted() });
  const { call, storage, records } = server;
  const planned = await plan(server);
  const { id, ticket } = planned;
  await sendParts(server, planned, [1]);
  const [row] = await records.find('user-1', [id]);
  for (let round = 0; round < 2; round += 1) {
    expect((await call('POST', '/abort', { body: { id, ticket } })).status).toBe(200);
    expect(await storage.multipart?.open(row?.key ?? '')).toEqual([]);
  }
  expect((await call('POST', '/parts', { body: { id, ticket, numbers: [1] } })).status).toBe(410);
  expect((await call('POST', '/complete', { body: { id, ticket } })).status).toBe(410);
});

it('aborts by sweeping what a crash left open', async () => {
  const server = startServer({ storage: parted() });
  const { storage, records, files, clock } = server;
  const planned = await plan(server);
  await sendParts(server, planned, [1, 2]);
  const [row] = await records.find('user-1', [planned.id]);
  const stray = await storage.multipart?.create(row?.key ?? '', { type: 'image/png' });
  expect(await storage.multipart?.open(row?.key ?? '')).toEqual([row?.uploadId, stray]);
  clock.move(8 * 86_400_000);
  expect((await files.sweep()).expired).toEqual([planned.id]);
  expect(await storage.multipart?.open(row?.key ?? '')).toEqual([]);
});

test('114 bytes in parts that are not what was declared are refused and deleted', async () => {
  const server = startServer({ storage: parted() });
  const { call, storage, records } = server;
  const planned = await plan(server);
  const { id, ticket } = planned;
  const [row] = await records.find('user-1', [id]);
  await sendParts(server, planned, [1, 2, 3], new TextEncoder().encode('<html>'.padEnd(250)));
  await call('POST', '/complete', { body: { id, ticket } });
  expect((await call('POST', '/confirm', { body: { id } })).body.error.code).toBe('type-mismatch');
  expect(await storage.head(row?.key ?? '')).toBeNull();
});

it('tells a single upload that it is not planned in parts', async () => {
  const { send, call } = startServer();
  const { id, ticket } = await send();
  expect((await call('POST', '/parts', { body: { id, ticket, numbers: [1] } })).status).toBe(400);
});
