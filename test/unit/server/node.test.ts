import express, { type Express } from 'express';
import { Hono } from 'hono';
import { type RequestListener, type Server, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Storage, memoryStorage } from '../../../src/server/index.ts';
import { toNodeHandler } from '../../../src/server/adapters/node.ts';
import { png } from '../../support/pictures.ts';
import { basePath, freshId, startServer } from '../../support/upload-server.ts';

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Presign, PUT, confirm and read, as a browser would. */
async function walk(origin: string): Promise<Uint8Array> {
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', 'x-user': 'user-1' };
    return (await fetch(`${origin}${basePath}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const id = freshId();
  const file = { id, kind: 'photos', name: 'a.png', type: 'image/png', size: 200, metadata: {} };
  const [plan] = (
    (await post('/presign', { files: [file] })) as { files: { url: string; headers: Record<string, string> }[] }
  ).files;
  const put = await fetch(plan?.url ?? '', { method: 'PUT', headers: plan?.headers ?? {}, body: png() });
  expect(put.status).toBe(200);
  const confirmed = (await post('/confirm', { id })) as { record: { id: string } };
  expect(confirmed.record.id).toBe(id);
  const shown = await fetch(`${origin}${basePath}/${id}`, { headers: { 'x-user': 'user-1' } });
  return new Uint8Array(await shown.arrayBuffer());
}
const withExpress = async (mount: (app: Express) => void): Promise<string> => {
  const app = express();
  mount(app);
  return listen(app);
};

describe('toNodeHandler', () => {
  it('serves http.createServer', async () => {
    expect(await walk(await listen(toNodeHandler(startServer().files)))).toEqual(png());
  });

  it('serves Express before any parser, and leaves other paths to the app', async () => {
    const origin = await withExpress((app) => {
      app.use(toNodeHandler(startServer().files));
      app.use(express.json());
      app.post('/own', (request, response) => void response.json(request.body));
    });
    expect(await walk(origin)).toEqual(png());
    const own = await fetch(`${origin}/own`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    expect(await own.json()).toEqual({ a: 1 });
    expect((await fetch(`${origin}/nothing`)).status).toBe(404);
  });

  it('serves Express after a JSON parser, and under a path', async () => {
    const origin = await withExpress((app) => {
      app.use(express.json());
      app.use(basePath, toNodeHandler(startServer().files));
    });
    expect(await walk(origin)).toEqual(png());
  });

  it('serves the guide\u2019s two endpoints at the root, where they are on', async () => {
    const { files } = startServer({ guideRoutes: { kind: 'photos', maxSize: 300 } });
    const origin = await withExpress((app) => void app.use(toNodeHandler(files)));
    const asked = await fetch(`${origin}/presign-b2-upload`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user': 'user-1' },
      body: JSON.stringify({ fileName: 'test-image.png', contentType: 'image/png' }),
    });
    const { presignedUrl } = (await asked.json()) as { presignedUrl: string };
    expect(
      (await fetch(presignedUrl, { method: 'PUT', headers: { 'content-type': 'image/png' }, body: png() })).status,
    ).toBe(200);
    expect((await fetch(`${origin}/presign-b2-upload/more`)).status).toBe(404);
  });

  it('works at the root of a host of its own', async () => {
    const { files } = startServer({ basePath: '/' });
    expect((await files.handler(new Request('http://127.0.0.1/config'))).status).toBe(200);
  });

  it('names a multipart body that a parser has eaten, instead of waiting for it', async () => {
    const origin = await withExpress((app) => {
      app.use((request, _response, next) => {
        request.resume().on('end', () => next());
      });
      app.use(toNodeHandler(startServer().files));
    });
    const body = new FormData();
    body.append('file', new File([png()], 'a.png', { type: 'image/png' }));
    const response = await fetch(`${origin}${basePath}/upload`, {
      method: 'POST',
      body,
      headers: { 'x-user': 'user-1' },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('mount slipway before it');
  });

  it('answers a path that is not ours with both paths, where there is nobody else to ask', async () => {
    const origin = await listen(toNodeHandler(startServer().files));
    const response = await fetch(`${origin}/elsewhere`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('/elsewhere is not under basePath /api/files');
  });

  it('frees the upload when the browser goes away in the middle of a PUT', async () => {
    let begun = false;
    let ended = 'not yet';
    const inner = memoryStorage();
    const watched: Storage = {
      ...inner,
      async write(...args) {
        begun = true;
        const facts = await inner.write(...args).catch((error: unknown) => {
          ended = 'failed';
          throw error;
        });
        ended = 'stored';
        return facts;
      },
    };
    const { files, call, storage, records } = startServer({ storage: watched });
    const origin = await listen(toNodeHandler(files));
    const id = freshId();
    const file = { id, kind: 'photos', name: 'a.png', type: 'image/png', size: 200, metadata: {} };
    const [plan] = (await call('POST', '/presign', { body: { files: [file] } })).body.files;
    const { port } = new URL(origin);
    const path = new URL(plan.url).pathname;
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: 200\r\n\r\nhalf`);
    await vi.waitFor(() => expect(begun).toBe(true));
    socket.destroy();
    await vi.waitFor(() => expect(ended).toBe('failed'));
    const [row] = await records.find('user-1', [id]);
    expect(await storage.head(row?.incoming ?? '')).toBeNull();
    expect(await walk(origin)).toEqual(png());
  });

  it('sends each cookie as a header of its own', async () => {
    const { files } = startServer({ authenticate: undefined, allowAnonymous: true });
    const origin = await listen(toNodeHandler(files));
    const response = await fetch(`${origin}${basePath}/`);
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });
});

it('serves Hono, and everything else with Request and Response, as it is', async () => {
  const { files } = startServer();
  const app = new Hono();
  app.all(`${basePath}/*`, (context) => files.handler(context.req.raw));
  const response = await app.request(`http://127.0.0.1${basePath}/config`);
  expect(((await response.json()) as { kinds: object }).kinds).toHaveProperty('photos');
});
