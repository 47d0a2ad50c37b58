import { createHmac, timingSafeEqual } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import type { Webhook } from '../../../src/server/index.ts';
import { html, png } from '../../support/pictures.ts';
import { basePath, kinds, origin, startServer } from '../../support/upload-server.ts';

const guideRoutes = { kind: 'photos', maxSize: '300 B' } as const;
const start = () => startServer({ guideRoutes: { ...guideRoutes, maxSize: 300 } });
type Server = ReturnType<typeof start>;

async function post({ files }: Server, path: string, body: unknown, user: string | null = 'user-1') {
  const headers = { 'content-type': 'application/json', ...(user === null ? {} : { 'x-user': user }) };
  const response = await files.guide?.(
    new Request(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  );
  return { status: response?.status, body: (await response?.json()) as Record<string, unknown> };
}
const presign = (server: Server, contentType = 'image/png', fileName = 'test-image.png') =>
  post(server, '/presign-b2-upload', { fileName, contentType });
const put = ({ files }: Server, url: unknown, body: Uint8Array<ArrayBuffer>, type = 'image/png') =>
  files.handler(
    new Request(String(url), {
      method: 'PUT',
      headers: { 'content-type': type, 'content-length': String(body.length) },
      body,
    }),
  );

describe('the B2 guide\u2019s two endpoints, for clients written from it', () => {
  it('answers the guide\u2019s three curl commands, line by line', async () => {
    const server = start();
    const asked = await presign(server);
    expect(asked.status).toBe(200);
    expect(Object.keys(asked.body)).toEqual(['success', 'presignedUrl', 'objectKey', 'publicFileUrl']);
    expect(asked.body['success']).toBe(true);
    expect((await put(server, asked.body['presignedUrl'], png())).status).toBe(200);
    const { objectKey, publicFileUrl } = asked.body;
    const saved = await post(server, '/save-b2-metadata', { objectKey, publicFileUrl });
    expect([saved.status, saved.body]).toEqual([200, { success: true }]);
    const { records } = await server.files.as({ userId: 'user-1' }).list();
    expect(records).toMatchObject([{ name: 'test-image.png', type: 'image/png', size: 200, kind: 'photos' }]);
    expect(String(publicFileUrl)).toBe(`${origin}${basePath}/${records[0]?.id}`);
  });

  test('error 5 of the source texts: the address a client sends along is never believed', async () => {
    const server = start();
    const { presignedUrl, objectKey } = (await presign(server)).body;
    await put(server, presignedUrl, png());
    await post(server, '/save-b2-metadata', { objectKey, publicFileUrl: 'javascript:alert(1)' });
    const { records } = await server.files.as({ userId: 'user-1' }).list();
    expect(JSON.stringify(records)).not.toContain('javascript');
  });

  test('error 5 of the source texts: a foreign or unknown key answers 404 in the guide\u2019s shape', async () => {
    const server = start();
    const { presignedUrl, objectKey } = (await presign(server)).body;
    await put(server, presignedUrl, png());
    const foreign = await post(server, '/save-b2-metadata', { objectKey }, 'user-2');
    const unknown = await post(server, '/save-b2-metadata', { objectKey: 'incoming/x/y' });
    expect([foreign.status, foreign.body['success'], foreign.body['code']]).toEqual([404, false, 'not-found']);
    expect(foreign.body).toEqual(unknown.body);
  });

  test('error 6 of the source texts: saving twice answers 200 twice and makes one row', async () => {
    const server = start();
    const { presignedUrl, objectKey } = (await presign(server)).body;
    await put(server, presignedUrl, png());
    for (let round = 0; round < 2; round += 1)
      expect((await post(server, '/save-b2-metadata', { objectKey })).status).toBe(200);
    expect((await server.files.as({ userId: 'user-1' }).list()).records).toHaveLength(1);
  });

  test('error 3 of the source texts: a file over the limit is refused, at the address and at save', async () => {
    const server = start();
    const { presignedUrl, objectKey } = (await presign(server)).body;
    expect((await put(server, presignedUrl, png(4, 3, 301))).status).toBe(413);
    await server.storage.write(String(objectKey), new Blob([png(4, 3, 301)]).stream(), {
      type: 'image/png',
      size: 301,
    });
    const saved = await post(server, '/save-b2-metadata', { objectKey });
    expect([saved.status, saved.body['success'], saved.body['code']]).toEqual([413, false, 'too-large']);
    expect(await server.storage.head(String(objectKey))).toBeNull();
  });

  test('error 4 of the source texts: a name with dots, # or ? is data, and no part of the key', async () => {
    const server = start();
    const { objectKey, presignedUrl } = (await presign(server, 'image/png', '../a#b?c.png')).body;
    expect(String(objectKey)).toMatch(/^incoming\/[\da-f]{32}\/[\da-f-]{36}$/);
    expect((await put(server, presignedUrl, png())).status).toBe(200);
    expect((await post(server, '/save-b2-metadata', { objectKey })).status).toBe(200);
  });

  test('error 2 of the source texts: the content type must match, and is checked', async () => {
    const server = start();
    const { presignedUrl } = (await presign(server)).body;
    expect((await put(server, presignedUrl, png(), 'text/html')).status).toBe(403);
    expect((await presign(server, 'text/html', 'a.html')).status).toBe(415);
    const lying = (await presign(server)).body;
    await put(server, lying['presignedUrl'], html());
    expect((await post(server, '/save-b2-metadata', { objectKey: lying['objectKey'] })).status).toBe(422);
  });

  test('error 7 of the source texts: bad input is 400, a stranger 401; no exception text leaves', async () => {
    const server = start();
    expect((await post(server, '/presign-b2-upload', {})).status).toBe(400);
    expect(
      (await post(server, '/presign-b2-upload', { fileName: 'a.png', contentType: 'image/png' }, null)).status,
    ).toBe(401);
    const missing = (await presign(server)).body;
    const unsent = await post(server, '/save-b2-metadata', { objectKey: missing['objectKey'] });
    expect([unsent.status, unsent.body['code']]).toEqual([409, 'not-uploaded']);
  });

  test('error 12 of the source texts: an app on another port is allowed by cors.origins', async () => {
    const server = startServer({
      guideRoutes: { kind: 'photos', maxSize: 300 },
      cors: { origins: ['http://localhost:5173'] },
    });
    const ask = async (site: string) => {
      const headers = { 'content-type': 'application/json', 'x-user': 'user-1', origin: site };
      const body = JSON.stringify({ fileName: 'a.png', contentType: 'image/png' });
      return server.files.guide?.(new Request(`${origin}/presign-b2-upload`, { method: 'POST', headers, body }));
    };
    const good = await ask('http://localhost:5173');
    expect([good?.status, good?.headers.get('access-control-allow-origin')]).toEqual([200, 'http://localhost:5173']);
    expect((await ask('https://evil.example'))?.status).toBe(403);
  });

  it('gives an address that lives a minute', async () => {
    const server = start();
    const { presignedUrl } = (await presign(server)).body;
    server.clock.move(61_000);
    expect((await put(server, presignedUrl, png())).status).toBe(403);
  });

  it('is off until it is asked for', () => {
    expect(startServer().files.guide).toBeUndefined();
    expect(() => startServer({ guideRoutes: { kind: 'nope', maxSize: 1 } })).toThrow('names no kind');
  });
});

describe('POST /upload, a native form post', () => {
  const form = (fields: Record<string, string | Blob>): FormData => {
    const made = new FormData();
    for (const [field, value] of Object.entries(fields)) made.append(field, value);
    return made;
  };
  const picture = new File([png()], 'local.png', { type: 'image/png' });
  const send = async (
    body: FormData | string,
    { user = 'user-1', ...options }: { user?: string | null; [option: string]: unknown } = {},
  ) => {
    const { files } = startServer(options);
    const headers: Record<string, string> = user === null ? {} : { 'x-user': user };
    const response = await files.handler(new Request(`${origin}${basePath}/upload`, { method: 'POST', body, headers }));
    return { status: response.status, body: (await response.json()) as Record<string, unknown>, files };
  };

  it('takes `file` and `fileName`, and answers { success, fileUrl }', async () => {
    const { status, body, files } = await send(form({ file: picture, fileName: 'beach.png', kind: 'photos' }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, record: { name: 'beach.png', size: 200, type: 'image/png' } });
    const { id } = body['record'] as { id: string };
    expect(body['fileUrl']).toBe(`${origin}${basePath}/${id}`);
    expect(
      (await files.handler(new Request(String(body['fileUrl']), { headers: { 'x-user': 'user-1' } }))).status,
    ).toBe(302);
  });

  it('takes the file by any field name, where there is one kind or the guide names it', async () => {
    const one = { kinds: { profile: { accept: 'image/*' } } };
    expect((await send(form({ profile_image: picture }), one)).status).toBe(200);
    expect((await send(form({ profile_image: picture }), { guideRoutes })).status).toBe(200);
    expect((await send(form({ profile_image: picture }))).body).toMatchObject({ success: false, code: 'unknown-kind' });
  });

  test('error 16 of the source texts: a missing file is a failure with a status, and limits hold', async () => {
    const missing = await send(form({ fileName: 'x', kind: 'photos' }));
    expect([missing.status, missing.body['success']]).toEqual([400, false]);
    const wrong = await send(form({ file: new File([html()], 'a.html', { type: 'text/html' }), kind: 'photos' }));
    expect([wrong.status, wrong.body['code']]).toEqual([415, 'wrong-type']);
    const lying = await send(form({ file: new File([html()], 'a.png', { type: 'image/png' }), kind: 'photos' }));
    expect([lying.status, lying.body['code']]).toEqual([422, 'type-mismatch']);
    expect((await send('no form')).status).toBe(400);
  });

  test('error 22 of the source texts: nobody uploads for somebody else, or without a login', async () => {
    expect((await send(form({ file: picture, kind: 'photos', user_id: 'user-2' }), { user: null })).status).toBe(401);
    const { files } = await send(form({ file: picture, kind: 'photos', user_id: 'user-2' }));
    expect((await files.as({ userId: 'user-2' }).list()).records).toEqual([]);
  });

  it('stores one file for one id, however often it is posted', async () => {
    const { files } = startServer();
    const id = '01890000-0000-7000-8000-000000000001';
    const postOnce = () =>
      files.handler(
        new Request(`${origin}${basePath}/upload`, {
          method: 'POST',
          body: form({ file: picture, kind: 'photos', id }),
          headers: { 'x-user': 'user-1' },
        }),
      );
    const first = await (await postOnce()).json();
    expect(await (await postOnce()).json()).toEqual(first);
    expect((await files.as({ userId: 'user-1' }).list()).records).toHaveLength(1);
  });
});

describe('125 calls from vendors', () => {
  const key = 'a-visibly-fake-webhook-key';
  const heard: unknown[] = [];
  const webhook: Webhook = {
    verify({ body, headers }) {
      const given = Buffer.from(headers.get('x-signature') ?? '', 'hex');
      const right = createHmac('sha256', key).update(body).digest();
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const payload = JSON.parse(new TextDecoder().decode(body)) as { id: string; at: number };
      return { id: payload.id, sentAt: payload.at, payload };
    },
    onEvent: ({ payload }) => {
      if ((payload as { fail?: boolean }).fail === true && heard.length === 1) throw new Error('not now');
      heard.push(payload);
    },
  };

  test('125 unsigned, wrongly signed, replayed or old calls answer 401 and write nothing', async () => {
    const { call, clock } = startServer({ webhooks: { vendor: webhook }, kinds });
    const send = async (event: object, signature?: string): Promise<number> => {
      const body = JSON.stringify(event);
      const signed = signature ?? createHmac('sha256', key).update(body).digest('hex');
      return (await call('POST', '/webhooks/vendor', { user: null, body, headers: { 'x-signature': signed } })).status;
    };
    const event = { id: 'e1', at: clock.now() };
    expect(await send(event, '')).toBe(401);
    expect(await send(event, '00'.repeat(32))).toBe(401);
    expect(await send({ ...event, at: clock.now() - 6 * 60_000 })).toBe(401);
    expect(heard).toEqual([]);
    expect(await send(event)).toBe(200);
    expect(await send(event)).toBe(401);
    expect(heard).toEqual([event]);
    const retried = { id: 'e2', at: clock.now(), fail: true };
    expect(await send(retried)).toBe(503);
    heard.push('the host has recovered');
    expect(await send(retried)).toBe(200);
    expect((await call('POST', '/webhooks/other', { user: null, body: {} })).status).toBe(404);
  });
});
