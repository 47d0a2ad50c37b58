import express, { type Express } from 'express';
import { type Server, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toNodeHandler } from '../../../src/server/adapters/node.ts';
import { memoryRecords, memoryStorage } from '../../../src/server/index.ts';
import { png } from '../../support/pictures.ts';
import { basePath, freshId, origin, startServer } from '../../support/upload-server.ts';

const day = 86_400_000;
const file = (given: object = {}) => ({
  id: freshId(),
  kind: 'photos',
  name: 'beach.png',
  type: 'image/png',
  size: 200,
  metadata: {},
  ...given,
});

/** A moment that others wait for. */
function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

describe('an infected file', () => {
  const infected = async () => {
    const server = startServer({
      hooks: { photos: { scan: () => 'infected' as const } },
      limits: { bytesPerUser: 1000 },
    });
    const { id } = await server.send();
    expect((await server.call('POST', '/confirm', { body: { id } })).body.error.code).toBe('infected');
    return { ...server, id };
  };

  it('does not become a good one by being removed and taken back', async () => {
    const { call, records, id } = await infected();
    await call('DELETE', `/${id}?undoWithin=600`);
    expect((await call('POST', `/${id}/settle`, { body: { replacing: [] } })).status).toBe(404);
    expect((await call('GET', `/${id}`)).status).toBe(404);
    expect((await records.find('user-1', [id]))[0]?.state).not.toBe('stored');
  });

  it('gives its bytes back to the quota once, when they go', async () => {
    const { call, send, id } = await infected();
    await send({ bytes: png(4, 3, 600) });
    const room = async (size: number) =>
      (await call('POST', '/presign', { body: { files: [file({ size })] } })).body.files[0].error?.code ?? 'room';
    expect(await room(201)).toBe('quota-exceeded');
    await call('DELETE', `/${id}`);
    expect(await room(401)).toBe('quota-exceeded');
    expect(await room(400)).toBe('room');
  });
});

describe('claiming while the sweeper is at work', () => {
  it('keeps a file that is claimed after the sweeper has taken its row', async () => {
    const records = memoryRecords();
    let meanwhile: (() => Promise<unknown>) | null = null;
    const { upload, files, clock } = startServer({
      records: {
        ...records,
        async take(work) {
          const rows = await records.take(work);
          const act = rows.length > 0 ? meanwhile : null;
          if (act !== null) meanwhile = null;
          await act?.();
          return rows;
        },
      },
    });
    const { id } = await upload({ kind: 'drafts' });
    clock.move(15 * day);
    const mine = files.as({ userId: 'user-1' });
    meanwhile = () => mine.claim([id], { kind: 'drafts' });
    await files.sweep();
    clock.move(2 * day);
    await files.sweep();
    expect((await mine.get(id)).id).toBe(id);
  });

  it('brings nothing back whose bytes are gone already', async () => {
    const storage = memoryStorage();
    const { upload, files, records } = startServer({ storage });
    const old = await upload();
    const next = await upload();
    const mine = files.as({ userId: 'user-1' });
    await mine.claim([next.id], { kind: 'photos', replacing: [old.id] });
    // a sweeper that died after the bytes and before the row
    await storage.erase(old.key);
    await expect(mine.claim([old.id], { kind: 'photos' })).rejects.toThrow('no such file');
    expect((await records.find('user-1', [old.id]))[0]?.state).toBe('deleting');
  });
});

describe('a sweeper that was slow', () => {
  it('expires nothing that somebody else holds by now', async () => {
    const records = memoryRecords();
    const entered = signal();
    const release = signal();
    const confirming: Promise<{ status: number }>[] = [];
    const { send, call, files, clock } = startServer({
      hooks: {
        photos: {
          async onStored() {
            entered.resolve();
            await release.promise;
          },
        },
      },
      records: {
        ...records,
        async take(work) {
          const rows = await records.take(work);
          if (rows.length > 0 && confirming.length === 0) {
            clock.move(61_000);
            confirming.push(call('POST', '/confirm', { body: { id } }));
            await entered.promise;
          }
          return rows;
        },
      },
    });
    const { id } = await send();
    clock.move(8 * day);
    const report = await files.sweep({ limit: 1 });
    expect(report.expired).toEqual([]);
    release.resolve();
    expect((await Promise.all(confirming)).map(({ status }) => status)).toEqual([200]);
    expect((await files.as({ userId: 'user-1' }).get(id)).id).toBe(id);
  });
});

describe('toNodeHandler among others', () => {
  const running: Server[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  const listen = async (mount: (app: Express) => void): Promise<number> => {
    const app = express();
    mount(app);
    const server = createServer(app);
    running.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const raw = (port: number, text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
      socket.on('end', () => resolve(answer));
      socket.on('error', reject);
    });

  it('sends nobody to a host that stands in the path', async () => {
    const { files, upload } = startServer();
    const record = await upload({ kind: 'open' });
    const port = await listen((app) => void app.use(toNodeHandler(files)));
    for (const target of [`//evil.example${basePath}/${record.id}`, `http://evil.example${basePath}/${record.id}`]) {
      const answer = await raw(port, `GET ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`);
      expect(/^location: (.*)$/im.exec(answer)?.[1] ?? '').not.toContain('evil.example');
    }
  });

  it('leaves a form that a parser has read to the app it was meant for', async () => {
    const port = await listen((app) => {
      app.use(express.urlencoded({ extended: false }));
      app.use(toNodeHandler(startServer().files));
      app.post('/login', (request, response) => void response.json(request.body));
    });
    const body = new URLSearchParams({ user: 'a' });
    const answer = await fetch(`http://127.0.0.1:${port}/login`, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([200, { user: 'a' }]);
  });

  it('leaves the whole body to an app that reads it later', async () => {
    const port = await listen((app) => {
      app.use(toNodeHandler(startServer().files));
      app.use((_request, _response, next) => void setTimeout(next, 50));
      app.use(express.text({ limit: '1mb' }));
      app.post('/own', (request, response) => void response.json(String(request.body).length));
    });
    const answer = await fetch(`http://127.0.0.1:${port}/own`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'x'.repeat(500_000),
    });
    expect(await answer.json()).toBe(500_000);
  });

  it('lets go of a body that nobody reads any more', async () => {
    const cancelled = signal();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel: () => cancelled.resolve(),
    });
    const server = { owns: () => true, handler: async () => new Response(endless) };
    const port = await listen((app) => void app.use(toNodeHandler(server)));
    const leaving = new AbortController();
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    await expect(cancelled.promise).resolves.toBeUndefined();
  });
});

describe('signed addresses of bytes', () => {
  it('leave no clock running behind a body that is refused', async () => {
    const { call, files } = startServer();
    const { body } = await call('POST', '/presign', { body: { files: [file()] } });
    const started = vi.spyOn(globalThis, 'setTimeout');
    const ended = vi.spyOn(globalThis, 'clearTimeout');
    const request = new Request(body.files[0].url, {
      method: 'PUT',
      headers: { 'content-type': 'text/html' },
      body: png(),
    });
    expect((await files.handler(request)).status).toBe(403);
    const clocks = started.mock.results.map(({ value }) => value as unknown);
    const stopped = ended.mock.calls.map(([clock]) => clock as unknown);
    expect(clocks.filter((clock) => !stopped.includes(clock))).toEqual([]);
    vi.restoreAllMocks();
  });

  it('give bytes to GET and HEAD alone', async () => {
    const { files, upload } = startServer();
    const { id } = await upload();
    const { url } = await files.as({ userId: 'user-1' }).url(id);
    for (const method of ['POST', 'DELETE']) {
      const answer = await files.handler(new Request(new URL(url, origin), { method }));
      expect([method, answer.status]).toEqual([method, 404]);
    }
  });
});
