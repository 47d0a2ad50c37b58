import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { errorCodes } from '../../../src/core/index.ts';
import { UploadRefusal, memoryStorage } from '../../../src/server/index.ts';
import { idRoutes, routes } from '../../../src/server/routes.ts';
import { type Schema, fits, lookUp } from '../../support/json-schema.ts';
import { html, png } from '../../support/pictures.ts';
import { type TestServer, basePath, freshId, origin, startServer } from '../../support/upload-server.ts';

interface Operation {
  requestBody?: Schema;
  responses: Record<string, Schema>;
}
type Page = Schema & { paths: Record<string, Record<string, Operation>> };
const page = parse(readFileSync('openapi.yaml', 'utf8')) as Page;
const follow = (schema: Schema): Schema => (typeof schema['$ref'] === 'string' ? lookUp(page, schema['$ref']) : schema);

const documented = Object.entries(page.paths).flatMap(([path, operations]) =>
  Object.entries(operations)
    .filter(([method]) => method !== 'parameters')
    .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
);
const seen = new Set<string>();

/** The documented operation of a request, by method and shape of its path. */
function operationOf(method: string, pathname: string) {
  const path = (pathname.slice(basePath.length) || '/')
    .replace(/^\/disk\/.+$/, '/disk/{token}')
    .replace(/^\/webhooks\/.+$/, '/webhooks/{provider}')
    .replace(/^\/[\da-f-]{36}/, '/{id}');
  return documented.find(({ name }) => name === `${method} ${path}`);
}

describe('openapi.yaml and the handler', () => {
  it('name the same routes', () => {
    const served = [...Object.keys(routes), ...Object.keys(idRoutes).map((route) => route.replace(':id', '{id}'))];
    const elsewhere = ['POST /webhooks/{provider}', 'PUT /disk/{token}', 'GET /disk/{token}'];
    expect(documented.map(({ name }) => name).toSorted()).toEqual([...served, ...elsewhere].toSorted());
  });

  test('every answer on a tour of all routes is documented, and fits its schema', async () => {
    const tour = startTour();
    await tour();
    expect(seen.size).toBeGreaterThan(30);
  });

  it('promise no answer that the tour never got', () => {
    const promised = documented.flatMap(({ name, operation }) =>
      Object.keys(operation.responses).flatMap((status) => (status === 'default' ? [] : [`${name} ${status}`])),
    );
    expect(promised.filter((one) => !seen.has(one))).toEqual([]);
  });
});

function startTour(): () => Promise<void> {
  let mood: 'fine' | 'refusing' | 'failing' | 'later' = 'fine';
  const server: TestServer = startServer({
    storage: memoryStorage({ multipart: { from: 1000, partSize: 600 } }),
    sweepSecret: 'a-visibly-fake-sweep-secret',
    limits: { presignsPerMinute: 30 },
    webhooks: {
      vendor: {
        verify: ({ headers }) =>
          headers.get('x-good') === null ? null : { id: 'e', sentAt: server.clock.now(), payload: null },
        onEvent: () => undefined,
      },
    },
    hooks: {
      photos: {
        scan: () => (mood === 'later' ? { later: 5 } : 'clean'),
        onStored() {
          if (mood === 'refusing') throw new UploadRefusal('No.');
          if (mood === 'failing') throw new Error('broken');
          return { ok: true };
        },
      },
    },
  });

  async function visit(
    method: string,
    path: string,
    {
      body,
      headers = {},
      user = 'user-1',
    }: { body?: unknown; headers?: Record<string, string>; user?: string | null } = {},
  ) {
    const url = new URL(path.startsWith('http') ? path : `${origin}${basePath}${path}`);
    const raw = body instanceof Uint8Array || body instanceof FormData;
    const init: RequestInit = {
      method,
      headers: {
        ...(user === null ? {} : { 'x-user': user }),
        ...(raw || body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    };
    const response = await server.files.handler(new Request(url, init));
    const found = operationOf(method, url.pathname);
    expect(found, `${method} ${path} is documented`).toBeDefined();
    const documentedStatus =
      String(response.status) in (found?.operation.responses ?? {}) ? String(response.status) : 'default';
    seen.add(`${found?.name} ${response.status}`);
    const schema = follow(found?.operation.responses[documentedStatus] ?? {})['content'] as
      | { 'application/json'?: { schema: Schema } }
      | undefined;
    const expected = schema?.['application/json']?.schema;
    if (expected === undefined) {
      await response.body?.cancel();
      return { response, body: null };
    }
    const answer = await response.json();
    expect(fits(answer, expected, page), `${found?.name} ${response.status}: ${JSON.stringify(answer)}`).toBe(true);
    const code = answer.error?.code ?? answer.code;
    if (code !== undefined) expect(errorCodes).toContain(code);
    return { response, body: answer };
  }
  const entry = (given: object = {}) => ({
    id: freshId(),
    kind: 'photos',
    name: 'a.png',
    type: 'image/png',
    size: 200,
    metadata: {},
    ...given,
  });
  const presign = async (given: object = {}) => {
    const request = { files: [entry(given)] };
    expect(fits(request, lookUp(page, '#/components/schemas/PresignRequest'), page)).toBe(true);
    return (await visit('POST', '/presign', { body: request })).body;
  };
  const sent = async (bytes = png()) => {
    const [plan] = (await presign({ size: bytes.length })).files;
    await visit('PUT', plan.url, { body: bytes, headers: plan.headers });
    return plan as { id: string; url: string };
  };
  const confirm = async (id: string, more: object = {}) => visit('POST', '/confirm', { body: { id, ...more } });

  return async () => {
    await visit('GET', '/config', { user: null });
    const { id, url } = await sent();
    mood = 'later';
    await confirm(id);
    await visit('POST', '/status', { body: { id } });
    mood = 'failing';
    await confirm(id);
    mood = 'refusing';
    await confirm(id);
    mood = 'fine';
    await confirm(id, { metadata: { alt: 'x' } });
    await presign({ id });
    await visit('POST', '/status', { body: { id } });
    await visit('POST', '/status', { body: { id: freshId() } });
    await visit('GET', '/');
    await visit('GET', `/${id}`);
    await visit('GET', `/${freshId()}`);
    const bytes = (await visit('GET', `/${id}/url`)).body.url as string;
    const { response } = await visit('GET', bytes, { user: null });
    await visit('GET', bytes, { headers: { range: 'bytes=0-9' } });
    await visit('GET', bytes, { headers: { range: 'bytes=900-' } });
    await visit('GET', bytes, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } });
    await visit('PUT', url, { body: png(), headers: { 'content-type': 'text/html' } });
    await visit('POST', `/${id}/metadata`, { body: { metadata: { alt: 'y' } } });
    await visit('POST', `/${id}/settle`, { body: { replacing: [] } });

    await confirm((await presign()).files[0].id);
    await visit('POST', '/confirm', { body: { files: [{ id }, { id: freshId() }] } });
    mood = 'later';
    await visit('POST', '/confirm', { body: { files: [{ id: (await sent()).id }] } });
    mood = 'fine';
    await confirm(freshId());
    await confirm(id, { ticket: 'x' });
    await visit('POST', '/confirm', { body: { id }, user: null });
    await confirm((await sent(html())).id);

    const [big] = (await presign({ size: 1200 })).files;
    const { id: parted, ticket } = big;
    await visit('POST', '/complete', { body: { id: parted, ticket } });
    const { parts } = (await visit('POST', '/parts', { body: { id: parted, ticket, numbers: [1, 2] } })).body;
    await visit('POST', '/parts', { body: { id: freshId(), numbers: [1] } });
    const whole = png(4, 3, 1200);
    await visit('POST', '/status', { body: { id: parted } });
    for (const part of parts)
      await visit('PUT', part.url, {
        body: whole.slice((part.number - 1) * 600, part.number * 600),
        headers: part.headers,
      });
    await visit('POST', '/complete', { body: { id: parted, ticket } });
    await confirm(parted, { ticket });
    const [given] = (await presign({ size: 1200 })).files;
    await visit('POST', '/abort', { body: { id: given.id, ticket: given.ticket } });
    await confirm(given.id);

    await presign({ kind: 'nope' });
    await presign({ name: 'a.exe', type: 'text/html' });
    await presign({ size: 9_000_000 });
    await visit('POST', '/presign', { body: { files: [] } });
    await visit('POST', '/presign', { body: {}, user: null });
    await visit('POST', '/presign', { body: {}, headers: { origin: 'https://evil.example' } });
    await visit('POST', '/presign', { body: { files: Array.from({ length: 101 }, () => ({})) } });
    for (let round = 0; round < 30; round += 1) await visit('POST', '/presign', { body: { files: [entry()] } });
    server.clock.move(60_000);
    await visit('DELETE', `/${id}`);

    const form = new FormData();
    form.append('kind', 'photos');
    await visit('POST', '/upload', { body: form });
    form.append('file', new File([png()], 'a.png', { type: 'image/png' }));
    await visit('POST', '/upload', { body: form });
    await visit('POST', '/sweep', { headers: { authorization: 'Bearer wrong' } });
    await visit('POST', '/sweep', { headers: { authorization: 'Bearer a-visibly-fake-sweep-secret' } });
    await visit('POST', '/webhooks/vendor', { body: {} });
    await visit('POST', '/webhooks/vendor', { body: {}, headers: { 'x-good': '1' } });
  };
}
