import express, { type Express } from 'express';
import { type Server, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toNodeHandler } from '../../../src/server/adapters/node.ts';
import { createUploadServer, memoryRecords, memoryStorage } from '../../../src/server/index.ts';
import type { Query } from '../../../src/server/record-store.ts';
import { postgresRecords } from '../../../src/server/records/postgres.ts';
import { png } from '../../support/pictures.ts';
import { basePath, freshId, kinds, origin, secret, startServer } from '../../support/upload-server.ts';

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

describe('reading a file', () => {
  it('leads to this same host, whatever a request says of hosts and schemes', async () => {
    const { call, upload } = startServer();
    const { id } = await upload({ kind: 'open' });
    const { headers } = await call('GET', `/${id}`, { user: null });
    expect(headers.get('location')).toMatch(/^\/api\/files\/disk\//);
  });

  it('writes no address for a page whose scheme is none of the web', async () => {
    const { call, upload } = startServer();
    const { id } = await upload({ kind: 'open' });
    for (const page of ['javascript://127.0.0.1:3000/%0aalert(1)//', 'http://127.0.0.1:3000/elsewhere?']) {
      const { body } = await call('GET', `/${id}/url`, { headers: { origin: page, host: '127.0.0.1:3000' } });
      expect(body.url.startsWith(`${origin}/api/files/disk/`)).toBe(true);
    }
  });

  it('shows everybody a public file that waits to be replaced, since that save may be rolled back', async () => {
    const { call, upload, files } = startServer();
    const old = await upload({ kind: 'open' });
    const next = await upload({ kind: 'open' });
    await files.as({ userId: 'user-1' }).claim([next.id], { kind: 'open', replacing: [old.id] });
    expect((await call('GET', `/${old.id}`, { user: null })).status).toBe(302);
    await call('DELETE', `/${next.id}?undoWithin=60`);
    expect((await call('GET', `/${next.id}`, { user: null })).status).toBe(404);
  });

  it('keeps the name of a download short enough for a header', async () => {
    const { call, upload } = startServer();
    const { id } = await upload({ name: `${'\u6f22'.repeat(1000)}.png` });
    const { body } = await call('GET', `/${id}/url`);
    expect(body.url.length).toBeLessThan(4000);
    const shown = await call('GET', body.url, { user: null });
    expect(shown.headers.get('content-disposition')).toMatch(/\.png"; .*\.png$/);
  });
});

describe('removing a crop', () => {
  const crop = {
    version: 1 as const,
    rect: { x: 0, y: 0, width: 1, height: 1 },
    quarterTurns: 0 as const,
    angle: 0,
    flipX: false,
    flipY: false,
  };
  it('removes the original that was kept for it, and taking it back brings both', async () => {
    const { call, upload, storage } = startServer();
    const original = await upload();
    const cut = await upload({ source: { id: original.id, crop } });
    await call('DELETE', `/${cut.id}?undoWithin=60`);
    expect((await call('GET', `/${original.id}`)).status).toBe(404);
    expect((await call('POST', `/${cut.id}/settle`, { body: { replacing: [] } })).status).toBe(204);
    expect((await call('GET', `/${original.id}`)).status).toBe(302);
    await call('DELETE', `/${cut.id}`);
    expect([await storage.head(cut.key), await storage.head(original.key)]).toEqual([null, null]);
  });
});

describe('text that no database could keep', () => {
  it('is refused by name, and harms no other file of the request', async () => {
    const { call } = startServer();
    const odd = [
      file({ name: 'a\u0000.png' }),
      file({ name: 'a\ud800.png' }),
      file({ kind: 'anything', type: 'image/png\r\nx: y' }),
      file(),
    ];
    const { body } = await call('POST', '/presign', { body: { files: odd } });
    const codes = body.files.map((answer: { error?: { code: string } }) => answer.error?.code ?? 'signed');
    expect(codes).toEqual(['bad-request', 'bad-request', 'bad-request', 'signed']);
  });

  it('is refused in metadata, escaped or not', async () => {
    const { call } = startServer();
    const ask = async (metadata: object) =>
      (await call('POST', '/presign', { body: { files: [file({ kind: 'anything', metadata })] } })).status;
    expect(await ask({ alt: 'a\u0000' })).toBe(400);
    expect(await ask({ 'a\ud800': 1 })).toBe(400);
    expect(await ask({ alt: String.raw`a\u0000`, face: '\u{1f600}' })).toBe(200);
  });

  it('takes a checksum as text alone', async () => {
    const { call } = startServer();
    const checksum = ['0'.repeat(64)];
    expect((await call('POST', '/presign', { body: { files: [file({ kind: 'checked', checksum })] } })).status).toBe(
      400,
    );
  });
});

describe('a host that is not set up right', () => {
  const base = { kinds, authenticate: () => null, storage: memoryStorage(), records: memoryRecords(), secret };

  it('hears at once of an origin that no browser would ever send', () => {
    for (const publicOrigin of ['example.org', 'https://example.org/app', 'ftp://example.org']) {
      expect(() => createUploadServer({ ...base, publicOrigin })).toThrow('publicOrigin');
    }
    for (const one of ['*', 'https://example.org/', 'example.org']) {
      expect(() => createUploadServer({ ...base, cors: { origins: [one] } })).toThrow('cors.origins');
    }
    const right = { publicOrigin: 'https://example.org/', cors: { origins: ['http://localhost:5173'] } };
    expect(() => createUploadServer({ ...base, ...right })).not.toThrow();
  });

  it('hears at once that a folder keeps no secret in production', () => {
    vi.stubEnv('NODE_ENV', 'production');
    const storage = { ...memoryStorage(), secret: async () => secret };
    try {
      expect(() => createUploadServer({ ...base, storage, secret: undefined })).toThrow('SLIPWAY_SECRET');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('does not let everybody without a name be one person', async () => {
    for (const userId of ['', 42 as unknown as string]) {
      const { call, logged } = startServer({ authenticate: () => ({ userId }) });
      expect((await call('GET', '/')).status).toBe(503);
      expect(String(logged[0]?.cause)).toContain('userId');
    }
    const nobody = { userId: undefined as unknown as string };
    expect((await startServer({ authenticate: () => nobody }).call('GET', '/')).status).toBe(401);
  });
});

describe('an upload that outlasts a session', () => {
  it('is confirmed by its ticket where visitors without a name are welcome too', async () => {
    const { call, send } = startServer({ allowAnonymous: true });
    const { id, ticket } = await send();
    expect((await call('POST', '/confirm', { user: null, body: { id } })).status).toBe(404);
    expect((await call('POST', '/confirm', { user: null, body: { id, ticket } })).status).toBe(200);
  });
});

describe('a call from a vendor', () => {
  it('without a readable time is not taken', async () => {
    const event = { id: 'e', sentAt: NaN, payload: null };
    const onEvent = vi.fn();
    const { call } = startServer({ webhooks: { vendor: { verify: () => event, onEvent } } });
    expect((await call('POST', '/webhooks/vendor', { body: {} })).status).toBe(401);
    expect(onEvent).not.toHaveBeenCalled();
  });
});

describe('row-level security', () => {
  it('knows the owner before a hook writes through `tx`, and inside a transaction of the host', async () => {
    const said: string[] = [];
    const query: Query = async (text, params) => {
      said.push(text.includes('set_config') ? `owner ${String(params?.[0])}` : text);
      return [];
    };
    const records = postgresRecords({
      query,
      transaction: (work) => work(query),
      rowLevelSecurity: { sweeper: query },
    });
    await records.transaction?.(async (_inside, tx) => tx('host'), 'user-3');
    expect(said).toEqual(['owner user-3', 'host']);
    said.length = 0;
    await records.within?.(query).find('user-3', []);
    expect(said[0]).toBe('owner user-3');
  });
});

describe('files in parts', () => {
  it('leave no second upload open beside a stored file', async () => {
    const storage = memoryStorage({ multipart: { from: 100, partSize: 100 } });
    const { call, files, records } = startServer({ storage });
    const one = file();
    const ask = () => call('POST', '/presign', { body: { files: [one] } });
    await ask();
    const key = (await records.find('user-1', [one.id]))[0]?.key ?? '';
    await storage.multipart?.create(key, { type: 'image/png' }); // of a process that died before it could say so
    const { body } = await call('POST', '/parts', { body: { id: one.id, numbers: [1, 2] } });
    for (const { number, url } of body.parts) {
      const bytes = png().slice((number - 1) * 100, number * 100);
      await files.handler(new Request(url, { method: 'PUT', body: bytes }));
    }
    await call('POST', '/complete', { body: { id: one.id } });
    expect((await call('POST', '/confirm', { body: { id: one.id } })).status).toBe(200);
    expect(await storage.multipart?.open(key)).toEqual([]);
  });
});

describe('what only wears a server out', () => {
  it('a file named twice in one batch of confirms is refused', async () => {
    const { call, send } = startServer();
    const { id } = await send();
    const { status, body } = await call('POST', '/confirm', { body: { files: [{ id }, { id, metadata: {} }] } });
    expect([status, body.error.code]).toEqual([400, 'bad-request']);
  });

  it('a body that stands still is left after half a minute, however long its address lives', async () => {
    const { call, files } = startServer();
    const { body } = await call('POST', '/presign', { body: { files: [file()] } });
    const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(png().slice(0, 10)) });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const headers = { 'content-type': 'image/png' };
      const put = { method: 'PUT', headers, body: silent, duplex: 'half' } as RequestInit;
      const answer = files.handler(new Request(body.files[0].url, put));
      // one clock for the whole body, one for standing still
      while (vi.getTimerCount() < 2) await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(31_000);
      expect((await answer).status).toBe(503);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a secret that could not be fetched', () => {
  it('is asked for again', async () => {
    let asked = 0;
    const storage = {
      ...memoryStorage(),
      async secret() {
        asked += 1;
        if (asked === 1) throw new Error('the disk was busy');
        return secret;
      },
    };
    const { call } = startServer({ storage, secret: undefined });
    const ask = async () => (await call('POST', '/presign', { body: { files: [file()] } })).status;
    expect([await ask(), await ask()]).toEqual([503, 200]);
  });
});

describe('a kind with checksums', () => {
  it('holds no more than two whole files in memory, however many are confirmed at once', async () => {
    const storage = memoryStorage();
    const held = { now: 0, most: 0 };
    const counting: typeof storage = {
      ...storage,
      async read(key, options) {
        const object = await storage.read(key, options);
        // a ranged read looks at the first bytes only
        if (options?.end !== undefined) return object;
        held.now += 1;
        held.most = Math.max(held.most, held.now);
        await new Promise((resolve) => setTimeout(resolve, 2));
        held.now -= 1;
        return object;
      },
    };
    const { call, send } = startServer({ storage: counting });
    const bytes = png(9, 9);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const checksum = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const sent = await Promise.all(Array.from({ length: 12 }, () => send({ kind: 'checked', checksum, bytes })));
    const { body } = await call('POST', '/confirm', { body: { files: sent.map(({ id }) => ({ id })) } });
    expect(body.files.filter((one: { record?: unknown }) => one.record !== undefined)).toHaveLength(12);
    expect(held.most).toBe(2);
  });
});
