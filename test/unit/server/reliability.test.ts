import { describe, expect, it, test, vi } from 'vitest';
import {
  type KindHooks,
  type RecordStore,
  type ScanVerdict,
  type Storage,
  UploadRefusal,
  memoryRecords,
  memoryStorage,
} from '../../../src/server/index.ts';
import { png } from '../../support/pictures.ts';
import { freshId, startServer } from '../../support/upload-server.ts';

const day = 86_400_000;
const minute = 60_000;
const withHooks = (hooks: KindHooks, more: object = {}) => startServer({ hooks: { photos: hooks } as never, ...more });

describe('confirming', () => {
  test('109 a replayed confirm answers 200 with the same record, and asks the host once', async () => {
    const onStored = vi.fn(() => ({ at: new Date(0), nothing: undefined }));
    const { call, send } = withHooks({ onStored });
    const { id } = await send();
    const first = await call('POST', '/confirm', { body: { id } });
    const second = await call('POST', '/confirm', { body: { id } });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect(first.body.record.data).toEqual({ at: '1970-01-01T00:00:00.000Z' });
    expect(onStored).toHaveBeenCalledTimes(1);
  });

  test('110 twenty concurrent confirms produce one row and one call of the hook', async () => {
    const onStored = vi.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return null;
    });
    const { call, send, files } = withHooks({ onStored });
    const { id } = await send();
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', '/confirm', { body: { id } })));
    const good = answers.filter(({ status }) => status === 200);
    expect(new Set(good.map(({ body }) => body.record.key)).size).toBe(1);
    expect(answers.every(({ status, body }) => status === 200 || body.error.code === 'busy')).toBe(true);
    expect(onStored).toHaveBeenCalledTimes(1);
    expect((await files.as({ userId: 'user-1' }).list()).records).toHaveLength(1);
  });

  it('tells a loser who waited too long to come again, with Retry-After', async () => {
    let finish = (): void => undefined;
    const working = new Promise<void>((resolve) => (finish = resolve));
    const onStored = vi.fn(() => working);
    const { call, send } = withHooks({ onStored });
    const { id } = await send();
    const first = call('POST', '/confirm', { body: { id } });
    await vi.waitFor(() => expect(onStored).toHaveBeenCalled());
    const second = await call('POST', '/confirm', { body: { id } });
    expect([second.status, second.body.error.code, second.headers.get('retry-after')]).toEqual([409, 'busy', '1']);
    finish();
    expect((await first).status).toBe(200);
  });

  test('111 a confirm before the PUT answers 409 not-uploaded, and succeeds after it', async () => {
    const { call, send, clock } = startServer();
    const id = freshId();
    const entry = { id, kind: 'photos', name: 'a.png', type: 'image/png', size: 200, metadata: {} };
    await call('POST', '/presign', { body: { files: [entry] } });
    const before = clock.now();
    const { status, body } = await call('POST', '/confirm', { body: { id } });
    expect([status, body.error.code]).toEqual([409, 'not-uploaded']);
    expect(clock.now() - before).toBe(3500);
    await send({ id, name: 'a.png' });
    expect((await call('POST', '/confirm', { body: { id } })).status).toBe(200);
  });

  it('gives the same key and a fresh address for the same question, and none for another file under that id', async () => {
    const { call, clock } = startServer();
    const entry = { id: freshId(), kind: 'photos', name: 'a.png', type: 'image/png', size: 200, metadata: {} };
    const ask = async (given: object = {}) =>
      (await call('POST', '/presign', { body: { files: [{ ...entry, ...given }] } })).body.files[0];
    const first = await ask();
    clock.move(minute);
    const second = await ask({ name: 'b.png', metadata: { alt: 'x' } });
    expect(second.url).not.toBe(first.url);
    for (const other of [{ size: 201 }, { kind: 'avatar' }, { type: 'image/jpeg', name: 'a.jpg' }]) {
      expect((await ask(other)).error).toMatchObject({ status: 409, code: 'id-reused' });
    }
  });

  it('answers a presign of what is stored with the record, and no address', async () => {
    const { call, upload } = startServer();
    const record = await upload({ name: 'a.png' });
    const entry = { id: record.id, kind: 'photos', name: 'a.png', type: 'image/png', size: 200, metadata: {} };
    expect((await call('POST', '/presign', { body: { files: [entry] } })).body.files[0]).toEqual({
      id: record.id,
      record,
    });
  });

  it('lets the last word on name and metadata count until confirm', async () => {
    const { call, send } = startServer();
    const { id } = await send({ name: 'first.png', metadata: { alt: 'first' } });
    await send({ id, name: 'second.png', metadata: { alt: 'second' } });
    const { record } = (await call('POST', '/confirm', { body: { id, metadata: { alt: 'third' } } })).body;
    expect([record.name, record.metadata]).toEqual(['second.png', { alt: 'third' }]);
  });
});

describe('the host\u2019s hook', () => {
  test('133 a refusal in the host\u2019s words answers 422; a corrected form needs no second upload', async () => {
    let slug = 'taken';
    const onStored = vi.fn(() => {
      if (slug === 'taken') throw new UploadRefusal('That name is taken. Choose another.');
      return { slug };
    });
    const { call, send, storage, records, files, clock } = withHooks({ onStored });
    const { id } = await send();
    const refused = await call('POST', '/confirm', { body: { id } });
    expect(refused.status).toBe(422);
    expect(refused.body.error).toMatchObject({
      code: 'refused',
      details: { message: 'That name is taken. Choose another.' },
    });
    clock.move(10 * day);
    await files.sweep();
    expect(onStored).toHaveBeenCalledTimes(1);
    slug = 'free';
    const saved = await call('POST', '/confirm', { body: { id } });
    expect([saved.status, saved.body.record.data]).toEqual([200, { slug: 'free' }]);
    expect(await storage.head((await records.find('user-1', [id]))[0]?.key ?? '')).not.toBeNull();
  });

  it('lets a refused file go after the grace', async () => {
    const { send, call, files, clock, storage, records } = withHooks({
      onStored: () => {
        throw new UploadRefusal('no');
      },
    });
    const { id } = await send();
    await call('POST', '/confirm', { body: { id } });
    const key = (await records.find('user-1', [id]))[0]?.key ?? '';
    expect(await storage.head(key)).not.toBeNull();
    clock.move(15 * day);
    expect((await files.sweep()).expired).toEqual([id]);
    expect(await storage.head(key)).toBeNull();
  });

  test('143 a hook that throws is 503 and retryable; its text reaches nobody but the log', async () => {
    let works = false;
    const attempts: number[] = [];
    const { call, send, logged } = withHooks({
      onStored: ({ attempt }) => {
        attempts.push(attempt);
        if (!works) throw new Error('password=hunter2');
        return 1;
      },
    });
    const { id } = await send();
    const { status, body } = await call('POST', '/confirm', { body: { id } });
    expect([status, body.error.code]).toEqual([503, 'hook-failed']);
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(logged.some(({ cause }) => String(cause).includes('hunter2'))).toBe(true);
    works = true;
    expect((await call('POST', '/confirm', { body: { id } })).status).toBe(200);
    expect(attempts).toEqual([1, 2]);
  });

  test('143 a hook that never resolves ends after 15 seconds, its signal aborted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let seen: AbortSignal | undefined;
      const { call, send } = withHooks({
        onStored: ({ signal }) => {
          seen = signal;
          return new Promise(() => {});
        },
      });
      const { id } = await send();
      const answer = call('POST', '/confirm', { body: { id } });
      await vi.waitFor(() => expect(seen).toBeDefined());
      await vi.advanceTimersByTimeAsync(15_000);
      expect((await answer).body.error.code).toBe('hook-failed');
      expect(seen?.aborted).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is run by the sweeper, as attempt 2, where a process died after the take', async () => {
    const attempts: number[] = [];
    const { send, files, records, clock, call } = withHooks({ onStored: ({ attempt }) => attempts.push(attempt) });
    const { id } = await send();
    const now = clock.now();
    await records.change(
      'user-1',
      [id],
      {},
      { state: 'confirming', nonce: 'dead', leaseUntil: now + minute, dueAt: now + minute, attempt: 'next' },
    );
    expect((await files.sweep()).confirmed).toEqual([]);
    clock.move(2 * minute);
    expect((await files.sweep()).confirmed).toEqual([id]);
    expect(attempts).toEqual([2]);
    expect((await call('GET', `/${id}/url`)).status).toBe(200);
  });
});

describe('a scanner', () => {
  test('129 an infected file is quarantined, its bytes unreadable, and every repeat hears the same', async () => {
    const read: number[] = [];
    const { call, send, storage, records } = withHooks({
      async scan({ read: bytes }): Promise<ScanVerdict> {
        read.push((await new Response(await bytes()).arrayBuffer()).byteLength);
        return 'infected';
      },
    });
    const { id } = await send();
    for (let round = 0; round < 2; round += 1) {
      const { status, body } = await call('POST', '/confirm', { body: { id } });
      expect([status, body.error.code]).toEqual([422, 'infected']);
    }
    expect(read).toEqual([200]);
    const [row] = await records.find('user-1', [id]);
    expect(row?.state).toBe('quarantined');
    expect(await storage.head(row?.key ?? '')).not.toBeNull();
    expect((await call('GET', `/${id}`)).status).toBe(404);
    expect((await call('GET', `/${id}/url`)).status).toBe(404);
    expect((await call('GET', '/')).body.records).toEqual([]);
  });

  test('129 while the scanner works the file is unreadable and confirm answers 202', async () => {
    let verdict: ScanVerdict = { later: 30 };
    const onStored = vi.fn(() => 'linked');
    const { call, send } = withHooks({ scan: () => verdict, onStored });
    const { id } = await send();
    const answer = await call('POST', '/confirm', { body: { id } });
    expect([answer.status, answer.body, answer.headers.get('retry-after')]).toEqual([
      202,
      { state: 'scanning', retryAfter: 30 },
      '30',
    ]);
    expect(onStored).not.toHaveBeenCalled();
    expect((await call('GET', `/${id}/url`)).status).toBe(404);
    expect((await call('POST', '/status', { body: { id } })).body).toEqual({ state: 'scanning', retryAfter: 30 });
    verdict = 'clean';
    expect((await call('POST', '/confirm', { body: { id } })).body.record.data).toBe('linked');
  });

  test('129 the sweeper asks a slow scanner again by itself', async () => {
    let verdict: ScanVerdict = { later: 30 };
    const { call, send, files, clock } = withHooks({ scan: () => verdict });
    const { id } = await send();
    await call('POST', '/confirm', { body: { id } });
    verdict = 'clean';
    clock.move(31_000);
    expect((await files.sweep()).confirmed).toEqual([id]);
    expect((await call('POST', '/status', { body: { id } })).body.state).toBe('stored');
  });

  test('129 a scanner that is down fails closed, or open by option', async () => {
    const scan = (): never => {
      throw new Error('scanner down');
    };
    const closed = withHooks({ scan });
    const { id } = await closed.send();
    expect((await closed.call('POST', '/confirm', { body: { id } })).status).toBe(503);
    expect((await closed.call('GET', `/${id}/url`)).status).toBe(404);
    expect((await withHooks({ scan, scanFails: 'open' }).upload()).type).toBe('image/png');
  });
});

/** The store, with some replies lost after their effect. */
function losing(store: RecordStore, lose: (method: string, state: string | undefined) => boolean): RecordStore {
  return {
    ...store,
    async change(owner, ids, condition, patch) {
      const rows = await store.change(owner, ids, condition, patch);
      if (lose('change', patch.state)) throw new Error('connection reset');
      return rows;
    },
  };
}

describe('lost replies and failures of the store', () => {
  test('132 when the database committed but its reply was lost, the upload succeeds and a retry returns the same row', async () => {
    let lost = 0;
    const records = losing(memoryRecords(), (_method, state) => state === 'stored' && (lost += 1) === 1);
    const onStored = vi.fn(() => 7);
    const { call, send } = withHooks({ onStored }, { records });
    const { id } = await send();
    const first = await call('POST', '/confirm', { body: { id } });
    expect([first.status, first.body.record?.data]).toEqual([200, 7]);
    expect((await call('POST', '/confirm', { body: { id } })).body).toEqual(first.body);
    expect(onStored).toHaveBeenCalledTimes(1);
    expect(lost).toBe(1);
  });

  test('132 when the reply to the take was lost, the one who took it goes on', async () => {
    let lost = 0;
    const records = losing(memoryRecords(), (_method, state) => state === 'confirming' && (lost += 1) === 1);
    const { upload } = startServer({ records });
    expect((await upload()).size).toBe(200);
    expect(lost).toBe(1);
  });

  test('136 a database that is down for a while is 503 with Retry-After, and the next try succeeds', async () => {
    const inner = memoryRecords();
    let down = true;
    const records: RecordStore = {
      ...inner,
      insert: (rows, now) => (down ? Promise.reject(new Error('too many connections')) : inner.insert(rows, now)),
    };
    const { call, send, logged } = startServer({ records });
    const entry = { id: freshId(), kind: 'photos', name: 'a.png', type: 'image/png', size: 200, metadata: {} };
    const { status, body, headers } = await call('POST', '/presign', { body: { files: [entry] } });
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '1']);
    expect(JSON.stringify(body)).not.toContain('connections');
    expect(logged).toHaveLength(1);
    down = false;
    expect((await send()).put.status).toBe(200);
  });

  test('138 of two that promote the same upload one wins, and the loser\u2019s copy goes', async () => {
    const inner = memoryStorage();
    let slow = true;
    const storage: Storage = {
      ...inner,
      async promote(from, to, options) {
        if (slow) {
          slow = false;
          // this worker sleeps past its lease; somebody else confirms meanwhile
          clock.move(2 * minute);
          expect((await call('POST', '/confirm', { body: { id } })).status).toBe(200);
          await inner.write(from, new Blob([png()]).stream(), { type: 'image/png', size: 200 });
          const etag = (await inner.head(from))?.etag ?? '';
          return inner.promote(from, to, { ...options, etag });
        }
        return inner.promote(from, to, options);
      },
    };
    const { call, send, clock, files, records } = startServer({ storage });
    const { id } = await send();
    const late = await call('POST', '/confirm', { body: { id } });
    expect(late.body.error?.code ?? late.body.record.id).toBe('busy');
    const [row] = await records.find('user-1', [id]);
    expect(row?.key).toMatch(/-2\.png$/);
    clock.move(3 * day);
    await files.sweep();
    expect(await inner.head((row?.key ?? '').replace('-2.png', '-1.png'))).toBeNull();
    expect(await inner.head(row?.key ?? '')).not.toBeNull();
  });

  it('changes nothing while a store refuses everything', async () => {
    const inner = memoryStorage();
    let refusing = false;
    const guard =
      <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
      (...args: A): Promise<R> =>
        refusing ? Promise.reject(new Error('403 AccessDenied')) : run(...args);
    const storage: Storage = {
      ...inner,
      head: guard(inner.head),
      read: guard(inner.read),
      erase: guard(inner.erase),
      write: guard(inner.write),
    };
    const { upload, send, files, clock, records, call } = startServer({ storage });
    const { id } = await upload();
    const { id: waiting } = await send();
    await call('DELETE', `/${(await upload()).id}?undoWithin=60`);
    clock.move(3 * day);
    refusing = true;
    const report = await files.sweep();
    expect(report.missing).toEqual([]);
    expect(report.erased).toEqual([]);
    expect(report.failed.length).toBeGreaterThan(0);
    expect((await records.find('user-1', [id]))[0]?.state).toBe('stored');
    expect((await records.find('user-1', [waiting]))[0]?.state).toBe('pending');
    refusing = false;
    clock.move(day);
    expect((await files.sweep()).failed).toEqual([]);
  });

  it('deletes nothing from a full bucket under an empty database', async () => {
    const storage = memoryStorage();
    const old = startServer({ storage });
    const record = await old.upload();
    const fresh = startServer({ storage });
    fresh.clock.move(100 * day);
    const report = await fresh.files.sweep();
    expect(report).toEqual({ expired: [], confirmed: [], erased: [], restored: [], missing: [], failed: [] });
    expect(await storage.head(record.key)).not.toBeNull();
  });

  it('marks a row missing only while the store still shows what we once put there', async () => {
    const { upload, storage, files, clock, records } = startServer();
    const one = await upload();
    await storage.erase(one.key);
    const state = async () => (await records.find('user-1', [one.id]))[0]?.state;
    clock.move(3 * day);
    expect((await files.sweep()).missing).toEqual([]);
    expect(await state()).toBe('stored');
    clock.move(2 * day);
    expect((await files.sweep()).missing).toEqual([one.id]);
    expect(await state()).toBe('missing');
    await storage.write(one.key, new Blob([png()]).stream(), { type: 'image/png', size: 200 });
    clock.move(2 * day);
    await files.sweep();
    expect(await state()).toBe('stored');
  });
});

describe('private files', () => {
  test('144 what is saved is a stable key or public address, never a presigned one', async () => {
    const { upload } = startServer({ publicOrigin: 'https://app.example' });
    expect((await upload()).url).toBeNull();
    const open = await upload({ kind: 'open' });
    expect(open.url).toBe(`https://app.example/api/files/${open.id}`);
    const cdn = memoryStorage({ visibility: 'public' });
    const direct = startServer({
      storage: {
        private: memoryStorage(),
        public: { ...cdn, publicUrl: (key: string) => `https://cdn.example/${key}` },
      },
    });
    const record = await direct.upload({ kind: 'open' });
    expect(record.url).toBe(`https://cdn.example/${record.key}`);
  });

  it('have one address per window, good for at least another one', async () => {
    const { upload, call, clock } = startServer();
    const { id } = await upload();
    const first = (await call('GET', `/${id}/url`)).body;
    clock.move(minute);
    expect((await call('GET', `/${id}/url`)).body).toEqual(first);
    expect(Date.parse(first.expiresAt) - clock.now()).toBeGreaterThan(15 * minute);
    clock.move(15 * minute);
    const later = (await call('GET', `/${id}/url`)).body;
    expect(later.url).not.toBe(first.url);
    const redirect = await call('GET', `/${id}`);
    // relative, so that it is true of whatever host the browser asked
    const target = new URL(redirect.headers.get('location') ?? '', later.url).href;
    expect([redirect.status, target]).toEqual([302, later.url]);
    const age = Number(/^private, max-age=(\d+)$/.exec(redirect.headers.get('cache-control') ?? '')?.[1]);
    expect(age * 1000).toBeLessThanOrEqual(Date.parse(later.expiresAt) - clock.now() - minute);
  });

  it('stop being readable when their address expires', async () => {
    const { upload, call, files, clock } = startServer();
    const { url } = (await call('GET', `/${(await upload()).id}/url`)).body;
    expect((await files.handler(new Request(url))).status).toBe(200);
    clock.move(31 * minute);
    expect((await files.handler(new Request(url))).status).toBe(403);
  });

  it('serve ranges, and nothing again to who has it', async () => {
    const { upload, call, files } = startServer();
    const { url } = (await call('GET', `/${(await upload()).id}/url`)).body;
    const get = (headers: Record<string, string>) => files.handler(new Request(url, { headers }));
    const part = await get({ range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/200']);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(png().subarray(10, 20));
    expect((await get({ range: 'bytes=-5' })).headers.get('content-range')).toBe('bytes 195-199/200');
    expect((await get({ range: 'bytes=200-' })).status).toBe(416);
    const etag = part.headers.get('etag') ?? '';
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  });

  it('of a public kind need nobody signed in, and may be cached for days', async () => {
    const { upload, call } = startServer();
    const { id } = await upload({ kind: 'open' });
    const { status, headers } = await call('GET', `/${id}`, { user: null });
    expect(status).toBe(302);
    expect(Number(/^public, max-age=(\d+)$/.exec(headers.get('cache-control') ?? '')?.[1])).toBeGreaterThan(86_400);
    const { id: hidden } = await upload();
    expect((await call('GET', `/${hidden}`, { user: null })).status).toBe(401);
  });

  it('are shown to others by the host\u2019s own rule only', async () => {
    const authorize = ({ action, userId, record }: { action: string; userId: string; record: { id: string } | null }) =>
      action === 'upload' ? userId !== 'banned' : userId === 'admin' || (userId === 'user-1' && record !== null);
    const { upload, call } = startServer({ authorize });
    const { id } = await upload();
    expect((await call('GET', `/${id}/url`, { user: 'admin' })).status).toBe(200);
    expect((await call('GET', `/${id}/url`, { user: 'user-2' })).status).toBe(404);
    const entry = { id: freshId(), kind: 'photos', name: 'a.png', type: 'image/png', size: 200, metadata: {} };
    expect((await call('POST', '/presign', { user: 'banned', body: { files: [entry] } })).status).toBe(403);
    expect((await call('DELETE', `/${id}`, { user: 'user-2' })).status).toBe(404);
    expect((await call('DELETE', `/${id}`, { user: 'admin' })).status).toBe(204);
    expect((await call('GET', `/${id}/url`, { user: 'admin' })).status).toBe(404);
  });
});
