import { describe, expect, it, test, vi } from 'vitest';
import { createUploadServer, memoryRecords, memoryStorage } from '../../../src/server/index.ts';
import { html, png, svg } from '../../support/pictures.ts';
import { basePath, freshId, kinds, origin, secret, startServer } from '../../support/upload-server.ts';

const file = (given: object = {}) => ({
  id: freshId(),
  kind: 'photos',
  name: 'beach.png',
  type: 'image/png',
  size: 200,
  metadata: {},
  ...given,
});
const minute = 60_000;
const day = 86_400_000;

describe('who may ask', () => {
  test('104 presigning without authentication answers 401 and mints no key', async () => {
    const { call, files } = startServer();
    const { status, body } = await call('POST', '/presign', { user: null, body: { files: [file()] } });
    expect(status).toBe(401);
    expect(body.error.code).toBe('unauthorized');
    expect(JSON.stringify(body)).not.toContain('incoming');
    expect((await files.as({ userId: 'user-1' }).list()).records).toEqual([]);
  });

  it('refuses to start without a way to authenticate', () => {
    const options = { kinds, storage: memoryStorage(), records: memoryRecords(), secret };
    expect(() => createUploadServer(options)).toThrow('`authenticate` is missing');
  });

  it('refuses to start without a secret, or with a short one', () => {
    const options = { kinds, storage: memoryStorage(), records: memoryRecords(), authenticate: () => null };
    expect(() => createUploadServer(options)).toThrow('SLIPWAY_SECRET');
    expect(() => createUploadServer({ ...options, secret: 'short' })).toThrow('32 bytes');
  });

  it('refuses to keep a private kind on a public storage', () => {
    const storage = memoryStorage({ visibility: 'public' });
    const options = { kinds, storage, records: memoryRecords(), authenticate: () => null, secret };
    expect(() => createUploadServer(options)).toThrow('is private, but its storage is public');
  });

  it('gives each anonymous visitor an identity of their own, in a signed HttpOnly cookie', async () => {
    const { call } = startServer({ authenticate: undefined, allowAnonymous: true });
    const first = await call('POST', '/presign', { user: null, body: { files: [file()] } });
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^slipway_visitor=v1\..*HttpOnly; SameSite=Lax$/);
    const { id } = first.body.files[0];
    const as = (value: string) => call('POST', '/status', { user: null, body: { id }, headers: { cookie: value } });
    expect((await as(cookie.split(';')[0] ?? '')).body.state).toBe('absent');
    const mine = await call('POST', '/confirm', {
      user: null,
      body: { id },
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect(mine.body.error.code).toBe('not-uploaded');
    const other = await call('POST', '/confirm', { user: null, body: { id } });
    expect(other.body.error.code).toBe('not-found');
    const shared = await call('GET', '/config', { user: null });
    expect([shared.headers.get('cache-control'), shared.headers.get('set-cookie')]).toEqual([
      'public, max-age=60',
      null,
    ]);
    const forged = await call('POST', '/confirm', {
      user: null,
      body: { id },
      headers: { cookie: 'slipway_visitor=v1.a.b.c' },
    });
    expect(forged.body.error.code).toBe('not-found');
  });
});

describe('105 requests from other sites', () => {
  const body = { files: [file()] };
  const from = async (headers: Record<string, string>, options: object = {}): Promise<number> =>
    (await startServer(options).call('POST', '/presign', { body, headers })).status;

  test('105 a cross-origin POST with cookies whose JSON is sent as text/plain answers 403', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' };
    expect(await from(headers)).toBe(403);
  });
  it('refuses a page on a sibling domain, and a page that hides where it is', async () => {
    expect(await from({ 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' })).toBe(403);
    expect(await from({ origin: 'null' })).toBe(403);
    expect(await from({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toBe(403);
  });
  it('takes its own pages, named origins, and callers that are no browser', async () => {
    expect(await from({ 'sec-fetch-site': 'same-origin', origin })).toBe(200);
    expect(await from({ origin })).toBe(200);
    expect(await from({})).toBe(200);
    expect(await from({ origin: 'https://app.example' }, { cors: { origins: ['https://app.example'] } })).toBe(200);
    expect(await from({ origin: 'https://app.example' }, { publicOrigin: 'https://app.example' })).toBe(200);
    expect(await from({ origin }, { publicOrigin: 'https://app.example' })).toBe(403);
  });
  it('refuses JSON that does not say so', async () => {
    expect(await from({ 'content-type': 'text/plain' })).toBe(400);
  });
  it('answers preflights for named origins only, and never with a star', async () => {
    const { call } = startServer({ cors: { origins: ['https://app.example'] } });
    const ask = (site: string) =>
      call('OPTIONS', '/presign', { headers: { origin: site, 'access-control-request-method': 'POST' } });
    const good = await ask('https://app.example');
    expect(good.status).toBe(204);
    expect(good.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(good.headers.get('access-control-allow-credentials')).toBe('true');
    expect(good.headers.get('vary')).toBe('Origin');
    const bad = await ask('https://evil.example');
    expect(bad.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what the client may choose', () => {
  test('106 a key, prefix, bucket or ../ sent by the client is ignored', async () => {
    const { call, send } = startServer();
    const extra = { key: 'other/key', prefix: '../', bucket: 'b', acl: 'public-read', name: '../../etc/passwd.png' };
    const { status } = await call('POST', '/presign', { body: { files: [file(extra)] } });
    expect(status).toBe(200);
    const { id } = await send({ ...(extra as object) });
    const { record } = (await call('POST', '/confirm', { body: { id } })).body;
    expect(record.key).toMatch(/^[\da-f]{32}\/photos\/[\da-f-]{36}-1\.png$/);
    expect(record.key).toContain(id);
    expect(record.name).toBe('../../etc/passwd.png');
  });

  test('107 confirming or completing with a tampered ticket answers 400', async () => {
    const { call, send } = startServer();
    const { id, ticket } = await send();
    const [version, kid, payload, mac] = ticket.split('.');
    const forged = btoa(JSON.stringify({ id, owner: 'user-2', exp: 9e15 })).replace(/=+$/, '');
    for (const bad of [`${ticket}x`, `${version}.${kid}.${forged}.${mac}`, `v2.${kid}.${payload}.${mac}`, 'x', '']) {
      for (const path of ['/confirm', '/complete', '/abort']) {
        const { status, body } = await call('POST', path, { body: { id, ticket: bad } });
        expect([path, bad, status, body.error.code]).toEqual([path, bad, 400, 'bad-request']);
      }
    }
  });

  test('108 confirming with another user\u2019s ticket or id answers 404, as if there were nothing', async () => {
    const { call, send } = startServer();
    const { id, ticket } = await send();
    const nothing = await call('POST', '/confirm', { user: 'user-2', body: { id: freshId() } });
    for (const body of [{ id, ticket }, { id }]) {
      const { status, body: answer } = await call('POST', '/confirm', { user: 'user-2', body });
      expect(status).toBe(404);
      expect(answer).toEqual(nothing.body);
    }
    expect((await call('POST', '/complete', { user: 'user-2', body: { id, ticket } })).body).toEqual(nothing.body);
    expect((await call('GET', `/${id}`, { user: 'user-2' })).body).toEqual(nothing.body);
    expect((await call('DELETE', `/${id}`, { user: 'user-2' })).body).toEqual(nothing.body);
  });

  test('117 a ticket reused for another purpose, file or person answers 400 or 404', async () => {
    const { call, send, upload } = startServer();
    const { id, url, ticket } = await send();
    const putToken = url.split('/').at(-1) ?? '';
    const { proof } = await upload();
    for (const wrong of [putToken, proof]) {
      expect((await call('POST', '/confirm', { body: { id, ticket: wrong } })).status).toBe(400);
    }
    const asAddress = await call('PUT', `/disk/${ticket}`, { body: 'x' });
    expect(asAddress.status).toBe(400);
    expect((await call('GET', `/disk/${putToken}`)).status).toBe(400);
    const { id: other } = await send();
    expect((await call('POST', '/confirm', { body: { id: other, ticket } })).status).toBe(404);
  });

  test('118 an expired ticket alone proves nothing; its signed-in owner may still confirm while the row lives', async () => {
    const { call, send, clock } = startServer();
    const { id, ticket } = await send();
    clock.move(2 * day);
    expect((await call('POST', '/confirm', { user: null, body: { id, ticket } })).status).toBe(401);
    expect((await call('POST', '/confirm', { body: { id, ticket } })).status).toBe(200);
  });

  it('lets a living ticket finish an upload whose session has ended', async () => {
    const { call, send } = startServer();
    const { id, ticket } = await send();
    const { status, body } = await call('POST', '/confirm', { user: null, body: { id, ticket } });
    expect([status, body.record?.id]).toEqual([200, id]);
    expect((await call('POST', '/confirm', { user: null, body: { id } })).status).toBe(401);
  });

  test('118 when the upload is really gone, confirming answers 410', async () => {
    const { call, send, clock, files } = startServer();
    const { id } = await send();
    clock.move(8 * day);
    expect((await files.sweep()).expired).toEqual([id]);
    expect((await call('POST', '/confirm', { body: { id } })).status).toBe(410);
    expect((await call('POST', '/presign', { body: { files: [file({ id })] } })).status).toBe(410);
  });

  it('accepts tickets of an older secret, and signs with the newest', async () => {
    const records = memoryRecords();
    const storage = memoryStorage();
    const older = startServer({ records, storage, secret: 'the-older-secret-of-32-bytes-or-more' });
    const newer = startServer({ records, storage, secret: [secret, 'the-older-secret-of-32-bytes-or-more'] });
    const { id, ticket } = await older.send();
    expect((await newer.call('POST', '/confirm', { user: null, body: { id, ticket } })).status).toBe(200);
    const { id: next, ticket: fresh } = await newer.send();
    expect((await older.call('POST', '/confirm', { body: { id: next, ticket: fresh } })).status).toBe(400);
  });
});

describe('what the bytes are', () => {
  test('112 a stored size that differs from the declared one answers 422 and the object is deleted', async () => {
    const { call, records, storage } = startServer();
    const id = freshId();
    await call('POST', '/presign', { body: { files: [file({ id })] } });
    const [row] = await records.find('user-1', [id]);
    const key = row?.incoming ?? '';
    await storage.write(key, new Blob([png(4, 3, 201)]).stream(), { type: 'image/png', size: 201 });
    const { status, body } = await call('POST', '/confirm', { body: { id } });
    expect([status, body.error.code]).toEqual([422, 'size-mismatch']);
    expect(await storage.head(key)).toBeNull();
    expect((await call('POST', '/confirm', { body: { id } })).body.error.code).toBe('size-mismatch');
  });

  test('113 a body larger than the signed length is refused by the store itself', async () => {
    const { call, files } = startServer();
    const plan = (await call('POST', '/presign', { body: { files: [file({ size: 50 })] } })).body.files[0];
    const put = (init: RequestInit) =>
      files.handler(new Request(plan.url, { method: 'PUT', headers: plan.headers, ...init }));
    expect((await put({ body: png(), headers: { ...plan.headers, 'content-length': '200' } })).status).toBe(403);
    const streamed = { body: new Blob([png()]).stream(), duplex: 'half' } as RequestInit;
    expect((await put(streamed)).status).toBe(422);
    expect((await call('POST', '/confirm', { body: { id: plan.id } })).body.error.code).toBe('not-uploaded');
  });

  test('113 an address signed for one type refuses another', async () => {
    const { call, files } = startServer();
    const plan = (await call('POST', '/presign', { body: { files: [file()] } })).body.files[0];
    const put = await files.handler(
      new Request(plan.url, { method: 'PUT', headers: { 'content-type': 'text/html' }, body: png() }),
    );
    expect(put.status).toBe(403);
  });

  test('114 a sniffed type outside the allow-list answers 422, and the object is deleted', async () => {
    const { call, send, storage, records } = startServer();
    const { id } = await send({ bytes: html() });
    const [row] = await records.find('user-1', [id]);
    const { status, body } = await call('POST', '/confirm', { body: { id } });
    expect([status, body.error.code]).toEqual([422, 'type-mismatch']);
    expect(await storage.head(row?.incoming ?? '')).toBeNull();
    const { id: drawn } = await send({ bytes: svg() });
    expect((await call('POST', '/confirm', { body: { id: drawn } })).body.error.details.stored).toBe('image/svg+xml');
  });

  test('115 a checksum mismatch answers 422; the same id may bring the right bytes', async () => {
    const { call, send, upload } = startServer();
    const bytes = png(9, 9);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const checksum = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const { id } = await send({ kind: 'checked', checksum, bytes: png(1, 1) });
    const { status, body } = await call('POST', '/confirm', { body: { id } });
    expect([status, body.error.code]).toEqual([422, 'checksum-mismatch']);
    expect((await upload({ id, kind: 'checked', checksum, bytes })).checksum).toBe(checksum);
    const without = await call('POST', '/presign', { body: { files: [file({ kind: 'checked' })] } });
    expect(without.status).toBe(400);
  });

  test('116 overwriting through a still valid address changes nothing that is served', async () => {
    const { call, send, files } = startServer();
    const { id, url } = await send();
    const before = (await call('POST', '/confirm', { body: { id } })).body.record;
    const evil = await files.handler(
      new Request(url, { method: 'PUT', headers: { 'content-type': 'image/png' }, body: html() }),
    );
    expect(evil.status).toBe(200);
    const { url: address } = (await call('GET', `/${id}/url`)).body;
    const served = await files.handler(new Request(address));
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(png());
    expect((await call('POST', '/confirm', { body: { id } })).body.record).toEqual(before);
  });

  test('116 the late bytes are gone after the sweep that follows the address', async () => {
    const { call, send, files, records, storage, clock } = startServer();
    const { id, url } = await send();
    await call('POST', '/confirm', { body: { id } });
    await files.handler(new Request(url, { method: 'PUT', headers: { 'content-type': 'image/png' }, body: html() }));
    const key = (await records.find('user-1', [id]))[0]?.incoming ?? '';
    expect(await storage.head(key)).not.toBeNull();
    clock.move(2 * day);
    await files.sweep();
    expect(await storage.head(key)).toBeNull();
    expect((await call('GET', `/${id}/url`)).status).toBe(200);
  });

  test('an image bomb is refused from its header', async () => {
    const { call, send } = startServer({ kinds: { photos: { accept: 'image/*', maxPixels: 1_000_000 } } });
    const { id } = await send({ bytes: png(40_000, 40_000) });
    expect((await call('POST', '/confirm', { body: { id } })).body.error.code).toBe('too-many-pixels');
  });

  test('128 HTML, SVG and XML are served as attachment with nosniff and a sandbox', async () => {
    const { upload, call, files } = startServer();
    const page = await upload({ kind: 'anything', name: 'a.html', type: 'text/html', bytes: html() });
    const drawing = await upload({ kind: 'anything', name: 'a.svg', type: 'image/svg+xml', bytes: svg() });
    const data = await upload({
      kind: 'anything',
      name: 'a.xml',
      type: 'application/xml',
      bytes: new TextEncoder().encode('<a/>'),
    });
    for (const { id } of [page, drawing, data]) {
      const served = await files.handler(new Request((await call('GET', `/${id}/url`)).body.url));
      expect(served.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(served.headers.get('x-content-type-options')).toBe('nosniff');
      expect(served.headers.get('content-security-policy')).toContain('sandbox');
    }
  });

  test('128 an unknown type is served as application/octet-stream, for download', async () => {
    const { upload, call, files } = startServer();
    const { id } = await upload({ kind: 'anything', name: 'x.weird', type: '', bytes: new Uint8Array(64) });
    const served = await files.handler(new Request((await call('GET', `/${id}/url`)).body.url));
    expect(served.headers.get('content-type')).toBe('application/octet-stream');
    expect(served.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  test('a picture that is no picture may not call itself one', async () => {
    const { call, send } = startServer();
    const { id } = await send({ kind: 'avatar', type: 'image/webp', name: 'x.webp', bytes: html() });
    expect((await call('POST', '/confirm', { body: { id } })).status).toBe(422);
  });
});

describe('limits', () => {
  test('119 signing a part for a foreign upload answers 404', async () => {
    const storage = memoryStorage({ multipart: { from: 100, partSize: 64 } });
    const { call } = startServer({ storage });
    const { id, ticket } = (await call('POST', '/presign', { body: { files: [file()] } })).body.files[0];
    const sign = (user: string, body: object) => call('POST', '/parts', { user, body });
    expect((await sign('user-2', { id, ticket, numbers: [1] })).status).toBe(404);
    expect((await sign('user-2', { id, numbers: [1] })).status).toBe(404);
    expect((await sign('user-1', { id: freshId(), ticket, numbers: [1] })).status).toBe(404);
    expect((await sign('user-1', { id, ticket, numbers: [1] })).status).toBe(200);
  });

  test('120 a part number of 0, -1, 10,001, 1e9, NaN or a string answers 400', async () => {
    const storage = memoryStorage({ multipart: { from: 100, partSize: 64 } });
    const { call } = startServer({ storage });
    const { id, ticket } = (await call('POST', '/presign', { body: { files: [file()] } })).body.files[0];
    for (const number of [0, -1, 10_001, 1e9, Number.NaN, '1', 1.5, 5]) {
      const { status } = await call('POST', '/parts', { body: { id, ticket, numbers: [number] } });
      expect([number, status]).toEqual([number, 400]);
    }
  });

  test('121 a huge list, 10 MB of JSON, deep nesting or prototype keys answer 413 or 400', async () => {
    const { call } = startServer();
    const many = JSON.stringify({ files: Array.from({ length: 101 }, () => file()) });
    expect((await call('POST', '/presign', { body: many })).status).toBe(413);
    const hundredThousand = `{"files":[${'{},'.repeat(99_999)}{}]}`;
    expect((await call('POST', '/presign', { body: hundredThousand })).status).toBe(413);
    expect((await call('POST', '/presign', { body: `{"a":"${'x'.repeat(10_000_000)}"}` })).status).toBe(413);
    const nested = '['.repeat(30_000) + ']'.repeat(30_000);
    expect((await call('POST', '/presign', { body: nested })).status).toBe(400);
    const deep = `{"files":[${JSON.stringify(file()).replace('"metadata":{}', `"metadata":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)}]}`;
    expect((await call('POST', '/presign', { body: deep })).status).toBe(400);
    for (const kind of ['__proto__', 'constructor', 'toString', 'nope']) {
      const { status, body } = await call('POST', '/presign', { body: { files: [file({ kind })] } });
      expect([kind, status, body.files[0].error.code]).toEqual([kind, 400, 'unknown-kind']);
    }
    const polluted = `{"files":[${JSON.stringify(file()).replace('"metadata":{}', '"metadata":{"__proto__":{"admin":true}}')}]}`;
    await call('POST', '/presign', { body: polluted });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('121 an endless body is left at the limit, not read to its end', async () => {
    const { files } = startServer();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(32));
      },
    });
    const headers = { 'content-type': 'application/json', 'x-user': 'user-1' };
    const request = new Request(`${origin}${basePath}/presign`, {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    expect((await files.handler(request)).status).toBe(413);
    expect(sent).toBeLessThan(200_000);
  });

  test('122 metadata with CR, LF or emoji comes back as it was; more than 2 KB answers 400', async () => {
    const { upload, call, files } = startServer();
    const metadata = { alt: 'line\r\nSet-Cookie: a=b \u{1f3d6} \u00fc' };
    const name = 'b\r\nX-Evil: 1 "\u{1f3d6}\u00fc.png';
    const { id, ...record } = await upload({ metadata, name });
    expect(record.metadata).toEqual(metadata);
    expect(record.name).toBe(name);
    const served = await files.handler(new Request((await call('GET', `/${id}/url`)).body.url));
    expect(served.headers.get('x-evil')).toBeNull();
    expect(served.headers.get('content-disposition')).toContain("filename*=UTF-8''b%0D%0AX-Evil");
    const large = { files: [file({ metadata: { alt: 'x'.repeat(2100) } })] };
    expect((await call('POST', '/presign', { body: large })).status).toBe(400);
  });

  test('123 a flood of presign requests answers 429 with Retry-After, per user and per address', async () => {
    const clientAddress = (request: Request) => request.headers.get('x-address');
    const limits = { presignsPerMinute: 5, presignsPerMinutePerAddress: 8 };
    const { call, clock } = startServer({ limits, clientAddress });
    const ask = async (user: string, address: string): Promise<number> => {
      const answer = await call('POST', '/presign', {
        user,
        body: { files: [file()] },
        headers: { 'x-address': address },
      });
      expect(answer.status === 429).toBe(Number(answer.headers.get('retry-after')) > 0);
      return answer.status;
    };
    const one = await Promise.all(Array.from({ length: 12 }, () => ask('user-1', 'a')));
    expect(one.filter((status) => status === 200)).toHaveLength(5);
    const others = await Promise.all(Array.from({ length: 12 }, (_, index) => ask(`u${index}`, 'a')));
    expect(others.filter((status) => status === 200)).toHaveLength(3);
    clock.move(minute);
    expect(await ask('user-1', 'a')).toBe(200);
  });

  test('124 a quota counts reserved bytes before any PUT, once for each file, and gives them back', async () => {
    const { call, clock, files } = startServer({
      kinds: { photos: {} },
      limits: { bytesPerUser: '100 GB', presignsPerMinute: 1000 },
    });
    const hundred = Array.from({ length: 100 }, () => file({ size: 5_000_000_000 }));
    const answer = (await call('POST', '/presign', { body: { files: hundred } })).body.files;
    expect(answer.filter((one: { url?: string }) => one.url !== undefined)).toHaveLength(20);
    expect(answer.filter((one: { error?: { code: string } }) => one.error?.code === 'quota-exceeded')).toHaveLength(80);
    const again = hundred.filter(({ id }) =>
      answer.some((one: { id: string; url?: string }) => one.id === id && one.url),
    );
    expect((await call('POST', '/presign', { body: { files: again } })).status).toBe(200);
    expect((await call('POST', '/presign', { body: { files: [file()] } })).status).toBe(429);
    clock.move(8 * day);
    await files.sweep();
    expect((await call('POST', '/presign', { body: { files: [file({ size: 100_000_000_000 })] } })).status).toBe(200);
  });

  test('127 a form post with two files, many fields or too many bytes is refused', async () => {
    const { files } = startServer({ limits: { proxyBytes: '100 kB' } });
    const post = (form: FormData) =>
      files.handler(
        new Request(`${origin}${basePath}/upload`, { method: 'POST', body: form, headers: { 'x-user': 'user-1' } }),
      );
    const form = (entries: [string, string | Blob][]): FormData => {
      const made = new FormData();
      for (const [field, value] of entries) made.append(field, value);
      return made;
    };
    const picture = new File([png()], 'a.png', { type: 'image/png' });
    const kind: [string, string] = ['kind', 'photos'];
    expect((await post(form([kind, ['file', picture]]))).status).toBe(200);
    expect((await post(form([['file', picture], kind]))).status).toBe(200);
    expect((await post(form([kind, ['file', picture], ['file', picture]]))).status).toBe(400);
    expect((await post(form([kind]))).status).toBe(400);
    const fields = Array.from({ length: 300 }, (_, index): [string, string] => [`f${index}`, 'x']);
    expect((await post(form([kind, ['file', picture], ...fields]))).status).toBe(400);
    const large = await post(form([kind, ['file', new File([new Uint8Array(400_000)], 'a.png')]]));
    expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([413, 'too-large']);
  });

  test('127 a form post whose bytes never end is left at the limit', async () => {
    const { files } = startServer({ limits: { proxyBytes: '100 kB' } });
    let sent = 0;
    const head = new TextEncoder().encode('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n');
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(sent === 0 ? head : new Uint8Array(16_384));
        sent += 16_384;
      },
    });
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'x-user': 'user-1' };
    const request = new Request(`${origin}${basePath}/upload`, {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    expect((await files.handler(request)).status).toBe(413);
    expect(sent).toBeLessThan(600_000);
  });

  test('127 a body that drips one byte a minute is left after half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { files } = startServer();
      let cancelled = false;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          controller.enqueue(new TextEncoder().encode('{'));
          return new Promise(() => {});
        },
        cancel: () => void (cancelled = true),
      });
      const headers = { 'content-type': 'application/json', 'x-user': 'user-1' };
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
      const answer = files.handler(new Request(`${origin}${basePath}/confirm`, init));
      await vi.advanceTimersByTimeAsync(31_000);
      const response = await answer;
      expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
        503,
        'timeout',
      ]);
      expect(cancelled).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
