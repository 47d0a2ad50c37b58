import { describe, expect, it, test, vi } from 'vitest';
import type { UploadRecord } from '../../../src/core/record.ts';
import { isUploadError } from '../../../src/core/errors.ts';
import { type KindHooks, memoryStorage } from '../../../src/server/index.ts';
import { freshId, startServer } from '../../support/upload-server.ts';

const day = 86_400_000;
const hour = 3_600_000;
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (isUploadError(error) ? error.code : String(error)),
  );
const idsOf = (records: readonly UploadRecord[]): string[] => records.map(({ id }) => id);

describe('claiming what a browser handed back', () => {
  it('reads nothing but ids, and gives the server\u2019s own records in that order', async () => {
    const { upload, files } = startServer();
    const [a, b, c] = [await upload(), await upload(), await upload()];
    const mine = files.as({ userId: 'user-1' });
    const forged = {
      ...b,
      url: 'javascript:alert(1)',
      key: 'other/key',
      size: 1,
      type: 'text/html',
      name: '<b>',
      kind: 'avatar',
    };
    const claimed = await mine.claim([c.id, JSON.stringify(forged), a], { kind: 'photos' });
    expect(claimed).toEqual([c, b, a]);
    expect(await mine.claim([c.id, c.id, JSON.stringify(b), a.id, ''], { kind: 'photos' })).toEqual(claimed);
    expect(await mine.claim(null, { kind: 'photos' })).toEqual([]);
  });

  it('answers foreign, missing, unfinished, malformed and other kinds\u2019 ids alike', async () => {
    const { upload, send, files } = startServer();
    const foreign = await upload({ user: 'user-2' });
    const other = await upload({ kind: 'avatar' });
    const { id: unfinished } = await send();
    const mine = files.as({ userId: 'user-1' });
    const answers = await Promise.all(
      [foreign.id, other.id, unfinished, freshId(), 'x', '{"id":1}', { id: '../../x' }, "'; DROP TABLE x"].map(
        (value) => mine.claim([value], { kind: 'photos' }).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('no such file');
  });

  it('lets go of nothing it does not know among what the host used to refer to', async () => {
    const { upload, files } = startServer();
    const { id } = await upload();
    const replacing = ['https://old.example/a.jpg', { url: 'x' }, null, freshId()];
    expect(await files.as({ userId: 'user-1' }).claim([id], { kind: 'photos', replacing })).toHaveLength(1);
  });

  it('refuses more than the kind allows, and one file of a single kind at a time', async () => {
    const { upload, files } = startServer();
    const mine = files.as({ userId: 'user-1' });
    const four = await Promise.all(Array.from({ length: 4 }, () => upload()));
    expect(await codeOf(mine.claim(idsOf(four), { kind: 'photos' }))).toBe('too-many');
    const two = [await upload({ kind: 'avatar' }), await upload({ kind: 'avatar' })];
    expect(await codeOf(mine.claim(idsOf(two), { kind: 'avatar' }))).toBe('too-many');
    expect(await codeOf(mine.claim([], { kind: '__proto__' }))).toBe('unknown-kind');
  });

  it('proves a record to a server that cannot ask', async () => {
    const { upload, call } = startServer();
    const record = await upload();
    const payload = record.proof?.split('.')[2] ?? '';
    const facts = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
    const { id, kind, key, size, type } = record;
    expect(facts).toEqual({ id, owner: 'user-1', kind, key, size, type });
    expect((await call('POST', '/status', { body: { id } })).body).toEqual({ state: 'stored', record });
    expect((await call('POST', '/status', { user: 'user-2', body: { id } })).body).toEqual({ state: 'absent' });
  });
});

describe('replacing', () => {
  test('139 an avatar replaced twice quickly: the last one stays, the others go exactly once', async () => {
    const storage = memoryStorage();
    const erase = vi.spyOn(storage, 'erase');
    const { upload, files, clock } = startServer({ storage });
    const mine = files.as({ userId: 'user-1' });
    const [a, b, c] = [
      await upload({ kind: 'avatar' }),
      await upload({ kind: 'avatar' }),
      await upload({ kind: 'avatar' }),
    ];
    await mine.claim([a.id], { kind: 'avatar' });
    await mine.claim([b.id], { kind: 'avatar', replacing: [a.id] });
    await mine.claim([c.id], { kind: 'avatar', replacing: [b.id] });
    clock.move(25 * hour);
    expect((await files.sweep()).erased.toSorted()).toEqual([a.id, b.id].toSorted());
    expect(await storage.head(c.key)).not.toBeNull();
    expect(erase.mock.calls.filter(([key]) => key === a.key)).toHaveLength(1);
    expect(erase.mock.calls.some(([key]) => key === c.key)).toBe(false);
  });

  test('139 stored A, stored B, the host saves B and then A: A lives, B goes', async () => {
    const { upload, files, clock, call } = startServer();
    const mine = files.as({ userId: 'user-1' });
    const [a, b] = [await upload({ kind: 'avatar' }), await upload({ kind: 'avatar' })];
    await mine.claim([b.id], { kind: 'avatar', replacing: [a.id] });
    await mine.claim([a.id], { kind: 'avatar', replacing: [b.id] });
    clock.move(2 * day);
    expect((await files.sweep()).erased).toEqual([b.id]);
    expect((await call('GET', `/${a.id}/url`)).status).toBe(200);
    expect((await call('GET', `/${b.id}/url`)).status).toBe(404);
  });

  test('134 a rolled-back edit still has every old picture', async () => {
    const referenced = new Set<string>();
    const hooks = { photos: { isReferenced: (record: UploadRecord) => referenced.has(record.id) } satisfies KindHooks };
    const { upload, files, clock, call } = startServer({ hooks });
    const mine = files.as({ userId: 'user-1' });
    const old = [await upload(), await upload()];
    for (const { id } of old) referenced.add(id);
    await mine.claim(idsOf(old), { kind: 'photos' });
    const fresh = await upload();
    // the host claims, and then its own transaction fails
    await mine.claim([fresh.id], { kind: 'photos', replacing: idsOf(old) });
    for (const { id } of old) expect((await call('GET', `/${id}/url`)).status).toBe(200);
    clock.move(3 * day);
    const report = await files.sweep();
    expect([report.erased, report.restored.toSorted()]).toEqual([[], idsOf(old).toSorted()]);
    for (const { id } of old) expect((await call('GET', `/${id}/url`)).status).toBe(200);
  });

  it('keeps an original with its crop, and lets it go with the last crop of it', async () => {
    const { upload, files, clock, storage } = startServer();
    const mine = files.as({ userId: 'user-1' });
    const original = await upload({ kind: 'drafts' });
    const crop = {
      version: 1,
      rect: { x: 0, y: 0, width: 1, height: 1 },
      quarterTurns: 0,
      angle: 0,
      flipX: false,
      flipY: false,
    } as const;
    const first = await upload({ kind: 'drafts', source: { id: original.id, crop } });
    await mine.claim([first.id], { kind: 'drafts' });
    clock.move(20 * day);
    await files.sweep();
    expect(await storage.head(original.key)).not.toBeNull();
    const second = await upload({ kind: 'drafts', source: { id: original.id, crop } });
    await mine.claim([second.id], { kind: 'drafts', replacing: [first.id] });
    clock.move(2 * day);
    expect((await files.sweep()).erased).toEqual([first.id]);
    await mine.claim([], { kind: 'drafts', replacing: [second.id] });
    clock.move(2 * day);
    expect((await files.sweep()).erased.toSorted()).toEqual([original.id, second.id].toSorted());
  });
});

describe('files that nobody claims', () => {
  it('of a kind that keeps on claim are gone after the grace, and leave nothing', async () => {
    const { upload, files, clock, storage, records } = startServer();
    const abandoned = await upload({ kind: 'drafts' });
    const claimed = await upload({ kind: 'drafts' });
    await files.as({ userId: 'user-1' }).claim([claimed.id], { kind: 'drafts' });
    clock.move(13 * day);
    await files.sweep();
    expect(await storage.head(abandoned.key)).not.toBeNull();
    clock.move(2 * day);
    expect((await files.sweep()).erased).toEqual([abandoned.id]);
    expect(await storage.head(abandoned.key)).toBeNull();
    expect(await storage.head(claimed.key)).not.toBeNull();
    clock.move(2 * day);
    await files.sweep();
    expect(await records.find('user-1', [abandoned.id])).toEqual([]);
  });

  it('of a kind that keeps on upload stay for ever', async () => {
    const { upload, files, clock, storage } = startServer();
    const record = await upload();
    for (let month = 0; month < 12; month += 1) {
      clock.move(30 * day);
      await files.sweep();
    }
    expect(await storage.head(record.key)).not.toBeNull();
  });
});

describe('apps without server code', () => {
  it('settle a new file in place of old ones', async () => {
    const { upload, call, clock, files } = startServer();
    const [a, b] = [await upload({ kind: 'drafts' }), await upload({ kind: 'drafts' })];
    expect((await call('POST', `/${b.id}/settle`, { body: { replacing: [a.id] } })).status).toBe(204);
    expect((await call('POST', `/${b.id}/settle`, { user: 'user-2', body: { replacing: [] } })).status).toBe(404);
    clock.move(20 * day);
    expect((await files.sweep()).erased).toEqual([a.id]);
    expect((await call('GET', `/${b.id}/url`)).status).toBe(200);
  });

  it('never let go of somebody else\u2019s file', async () => {
    const { upload, call, clock, files, storage } = startServer();
    const theirs = await upload({ user: 'user-2' });
    const mine = await upload();
    await call('POST', `/${mine.id}/settle`, { body: { replacing: [theirs.id] } });
    clock.move(20 * day);
    await files.sweep();
    expect(await storage.head(theirs.key)).not.toBeNull();
  });

  it('undo a removal: hidden at once, back by settle, gone otherwise', async () => {
    const { upload, call, clock, files, storage } = startServer();
    const [a, b] = [await upload(), await upload()];
    for (const { id } of [a, b]) expect((await call('DELETE', `/${id}?undoWithin=10`)).status).toBe(204);
    expect((await call('GET', `/${a.id}/url`)).status).toBe(404);
    expect((await call('POST', '/status', { body: { id: a.id } })).body.state).toBe('gone');
    await call('POST', `/${a.id}/settle`, { body: { replacing: [] } });
    expect((await call('GET', `/${a.id}/url`)).status).toBe(200);
    clock.move(11_000);
    expect((await files.sweep()).erased).toEqual([b.id]);
    expect(await storage.head(a.key)).not.toBeNull();
    expect((await call('DELETE', `/${a.id}?undoWithin=x`)).status).toBe(400);
  });

  it('change the metadata of a stored file, by the kind\u2019s own schema', async () => {
    const metadata = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) =>
          typeof (value as { alt?: unknown }).alt === 'string'
            ? { value: { alt: (value as { alt: string }).alt.trim(), at: new Date(0) } }
            : { issues: [{ message: 'must be text', path: ['alt'] }] },
      },
    };
    const { upload, call } = startServer({ kinds: { photos: { metadata } } });
    const { id, metadata: first } = await upload({ metadata: { alt: ' a ' } });
    expect(first).toEqual({ alt: 'a', at: '1970-01-01T00:00:00.000Z' });
    const changed = await call('POST', `/${id}/metadata`, { body: { metadata: { alt: ' beach ' } } });
    expect(changed.body.record.metadata.alt).toBe('beach');
    const bad = await call('POST', `/${id}/metadata`, { body: { metadata: { alt: 1 } } });
    expect([bad.status, bad.body.error.details]).toEqual([400, { issues: ['alt: must be text'] }]);
    expect((await call('POST', `/${id}/metadata`, { user: 'user-2', body: { metadata: { alt: 'x' } } })).status).toBe(
      404,
    );
  });
});

describe('erasing', () => {
  test('error 20 of the source texts: removing a file deletes its bytes and its row', async () => {
    const { upload, call, storage, files, clock, records } = startServer();
    const { id, key } = await upload();
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect(await storage.head(key)).toBeNull();
    expect((await call('GET', '/')).body.records).toEqual([]);
    clock.move(2 * day);
    await files.sweep();
    expect(await records.find('user-1', [id])).toEqual([]);
  });

  test('140 a failed delete is tried again, and the row does not go before its bytes', async () => {
    const inner = memoryStorage();
    let failing = true;
    const storage = {
      ...inner,
      erase: (key: string) => (failing ? Promise.reject(new Error('store down')) : inner.erase(key)),
    };
    const { upload, call, files, clock, records } = startServer({ storage });
    const { id, key } = await upload();
    expect((await call('DELETE', `/${id}`)).status).toBe(503);
    expect((await call('GET', `/${id}/url`)).status).toBe(404);
    expect((await records.find('user-1', [id]))[0]?.state).toBe('deleting');
    failing = false;
    clock.move(2 * 60_000);
    expect((await files.sweep()).erased).toEqual([id]);
    expect(await inner.head(key)).toBeNull();
  });

  it('ends an upload on its way, and what comes late is deleted too', async () => {
    const { send, call, files, clock, storage, records } = startServer();
    const { id, url } = await send();
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    const [row] = await records.find('user-1', [id]);
    expect(await storage.head(row?.incoming ?? '')).toBeNull();
    await storage.write(row?.incoming ?? '', new Blob(['late']).stream(), { type: 'image/png', size: 4 });
    expect(url).toContain('/disk/');
    clock.move(2 * day);
    await files.sweep();
    expect(await storage.head(row?.incoming ?? '')).toBeNull();
    expect(await records.find('user-1', [id])).toEqual([]);
  });

  test('141 sweeping never touches what is in flight, referenced or young', async () => {
    const { upload, send, files, clock, storage, records } = startServer();
    const record = await upload();
    const { id } = await send();
    for (let round = 0; round < 6; round += 1) {
      clock.move(day);
      const report = await files.sweep();
      expect([report.expired, report.erased]).toEqual([[], []]);
    }
    expect(await storage.head((await records.find('user-1', [id]))[0]?.incoming ?? '')).not.toBeNull();
    expect(await storage.head(record.key)).not.toBeNull();
  });

  test('142 erasing a person reaches every file, attached or not, and fences what is on its way', async () => {
    const { upload, send, files, clock, storage, records, call } = startServer();
    const stored = await Promise.all(Array.from({ length: 5 }, () => upload()));
    const hidden = await upload();
    await call('DELETE', `/${hidden.id}?undoWithin=1000`);
    const { id: pending } = await send();
    const theirs = await upload({ user: 'user-2' });
    expect(await files.eraseOwner('user-1')).toEqual({ erased: 7, failed: [] });
    for (const { key } of stored) expect(await storage.head(key)).toBeNull();
    expect((await call('POST', '/confirm', { body: { id: pending } })).status).toBe(410);
    const entry = { id: freshId(), kind: 'photos', name: 'a.png', type: 'image/png', size: 200, metadata: {} };
    expect((await call('POST', '/presign', { body: { files: [entry] } })).status).toBe(409);
    expect(await storage.head(theirs.key)).not.toBeNull();
    clock.move(2 * day);
    await files.sweep();
    expect(
      await records.list({ owner: 'user-1', states: ['erased', 'expired', 'stored', 'pending'], limit: 10 }),
    ).toEqual([]);
    clock.move(8 * day);
    expect((await send()).put.status).toBe(200);
  });

  test('142 a confirm at work when its owner is erased commits nothing', async () => {
    const hooks = { photos: { onStored: async () => void (await files.eraseOwner('user-1')) } };
    const { send, call, files, storage, records } = startServer({ hooks });
    const { id } = await send();
    expect((await call('POST', '/confirm', { body: { id } })).status).toBe(409);
    const [row] = await records.find('user-1', [id]);
    expect(row?.state).toBe('expired');
    expect(await storage.head(row?.key ?? '')).toBeNull();
  });

  it('names what it could not erase, and finishes when asked again', async () => {
    const inner = memoryStorage();
    let failing = '';
    const storage = {
      ...inner,
      erase: (key: string) => (key === failing ? Promise.reject(new Error('held')) : inner.erase(key)),
    };
    const { upload, files } = startServer({ storage });
    const [a] = [await upload(), await upload()];
    failing = a.key;
    expect(await files.eraseOwner('user-1')).toEqual({ erased: 1, failed: [a.id] });
    failing = '';
    expect(await files.eraseOwner('user-1')).toEqual({ erased: 1, failed: [] });
    expect(await inner.head(a.key)).toBeNull();
  });
});

describe('server code without HTTP', () => {
  it('puts, gets, lists, addresses and erases one person\u2019s files', async () => {
    const { files } = startServer();
    const mine = files.as({ userId: 'user-1' });
    const body = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0])], { type: 'image/jpeg' });
    const record = await mine.put({ kind: 'photos', name: 'a.jpg', body });
    expect(await mine.get(record.id)).toEqual(record);
    expect((await mine.list({ kind: 'photos' })).records).toEqual([record]);
    const { url } = await mine.url(record.id);
    expect((await files.handler(new Request(new URL(url, 'http://127.0.0.1')))).status).toBe(200);
    expect(await codeOf(files.as({ userId: 'user-2' }).get(record.id))).toBe('not-found');
    expect(await codeOf(mine.put({ kind: 'photos', name: 'a.exe', body: new Blob(['MZ']) }))).toBe('wrong-type');
    expect(await codeOf(mine.get('no-id'))).toBe('not-found');
    expect(await codeOf(mine.erase('no-id'))).toBe('not-found');
    await mine.erase(record.id);
    expect(await codeOf(mine.get(record.id))).toBe('not-found');
  });

  it('pages through long lists by cursor, newest first', async () => {
    const { call, upload } = startServer();
    const ids: string[] = [];
    for (let index = 0; index < 60; index += 1) ids.push((await upload({ id: freshId(1_900_000_000_000 + index) })).id);
    const first = (await call('GET', '/?kind=photos')).body;
    const second = (await call('GET', `/?kind=photos&cursor=${first.cursor}`)).body;
    expect([...idsOf(first.records), ...idsOf(second.records)]).toEqual(ids.toReversed());
    expect(second.cursor).toBeNull();
    expect((await call('GET', '/?cursor=x')).status).toBe(400);
    expect((await call('GET', '/?kind=nope')).status).toBe(400);
  });
});
