import type { Counting, LedgerRow, Patch, RecordStore } from '../../server/record-store.ts';
import { freshId, sampleRow } from './sample-row.ts';
import type { TestTools } from './tools.ts';

export interface RecordSuiteOptions {
  /** An empty store; asked for once per test. */
  open: () => Promise<RecordStore>;
}

const now = 1_700_000_000_000;
const idsOf = (rows: readonly LedgerRow[]): string[] => rows.map(({ id }) => id).toSorted();
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** What a record store promises, as tests in the caller's own runner. */
export function recordSuite({ test, expect }: TestTools, { open }: RecordSuiteOptions): void {
  test('a row comes back with every field as it went in', async () => {
    const store = await open();
    const row = sampleRow({
      owner: `it's "x" {a,b} \\ \u00fc\u{1f600}`,
      name: 'Fotos \u00fc\n{1}.jpg',
      size: Number.MAX_SAFE_INTEGER,
      metadata: { alt: 'a "quoted" \\ text', nested: { list: [1, 2.5, null, true] } },
      source: {
        id: freshId(),
        crop: {
          version: 1,
          rect: { x: 0.1, y: 0, width: 0.5, height: 1 },
          quarterTurns: 1,
          angle: -2.5,
          flipX: true,
          flipY: false,
        },
      },
      data: ['x', { y: null }],
      loose: ['a/b', 'c"d'],
      type: 'image/png',
      width: 3,
      height: 4,
      storedAt: now + 123,
      partSize: 5_000_000_000,
      leaving: 'replaced',
      refusal: 'no',
    });
    expect(await store.insert([row], now)).toEqual([row]);
    expect(await store.find(row.owner, [row.id])).toEqual([row]);
  });

  test('inserting again changes nothing and answers the earlier row', async () => {
    const store = await open();
    const row = sampleRow();
    const other = sampleRow();
    await store.insert([row], now);
    const answers = await store.insert([{ ...row, name: 'other.jpg', nonce: 'second' }, other], now);
    expect(answers.find(({ id }) => id === row.id)).toEqual(row);
    expect(idsOf(answers)).toEqual([row.id, other.id].toSorted());
  });

  test('of twenty at once with one id, one row is made and all are told of it', async () => {
    const store = await open();
    const id = freshId();
    const all = await Promise.all(times(20, (index) => store.insert([sampleRow({ id, nonce: `n${index}` })], now)));
    expect(new Set(all.map(([row]) => row?.nonce)).size).toBe(1);
    expect(all.every((rows) => rows.length === 1)).toBe(true);
  });

  test('the same id of another owner is another row', async () => {
    const store = await open();
    const id = freshId();
    await store.insert([sampleRow({ id })], now);
    await store.insert([sampleRow({ id, owner: 'user-2' })], now);
    expect((await store.find('user-2', [id])).map(({ owner }) => owner)).toEqual(['user-2']);
    expect(await store.find('nobody', [id])).toEqual([]);
  });

  test('whoever stored an id first is found by the id alone', async () => {
    const store = await open();
    const id = freshId();
    await store.insert([sampleRow({ id, owner: 'late', state: 'stored', storedAt: now + 9, key: 'k1' })], now);
    await store.insert([sampleRow({ id, owner: 'early', state: 'stored', storedAt: now + 1, key: 'k2' })], now);
    await store.insert([sampleRow({ id, owner: 'never' })], now);
    expect((await store.findStored(id))?.owner).toBe('early');
    expect(await store.findStored(freshId())).toBeNull();
  });

  test('a list is mine, newest first, by kind and state, page by page', async () => {
    const store = await open();
    const ids = times(5, (index) => freshId(now + index));
    await store.insert(
      ids.map((id, index) => sampleRow({ id, state: 'stored', key: `k${index}` })),
      now,
    );
    await store.insert([sampleRow({ kind: 'other', state: 'stored', key: 'k9' }), sampleRow()], now);
    await store.insert([sampleRow({ owner: 'user-2', state: 'stored', key: 'k8' })], now);
    const query = { owner: 'user-1', states: ['stored'], kind: 'lists' } as const;
    const first = await store.list({ ...query, limit: 3 });
    expect(first.map(({ id }) => id)).toEqual([ids[4], ids[3], ids[2]]);
    const second = await store.list({ ...query, before: ids[2], limit: 3 });
    expect(second.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
    expect(await store.list({ owner: 'user-1', states: ['stored', 'pending'], limit: 50 })).toHaveLength(7);
  });

  test('a change happens only while its conditions hold', async () => {
    const store = await open();
    const { owner, id } = (await store.insert([sampleRow({ leaseUntil: now + 10 })], now))[0] ?? sampleRow();
    expect(await store.change(owner, [id], { states: ['stored'] }, { name: 'x' })).toEqual([]);
    expect(await store.change(owner, [id], { nonce: 'other' }, { name: 'x' })).toEqual([]);
    expect(await store.change(owner, [id], { freeAt: now + 9 }, { name: 'x' })).toEqual([]);
    expect(await store.change(owner, [id], { uploadId: 'u' }, { name: 'x' })).toEqual([]);
    expect(await store.change('user-2', [id], {}, { name: 'x' })).toEqual([]);
    const condition = { states: ['pending', 'stored'], nonce: 'first', freeAt: now + 10, uploadId: null } as const;
    const patch: Patch = { state: 'confirming', uploadId: 'u', leaseUntil: null, data: { a: [1] }, attempt: 'next' };
    const [changed] = await store.change(owner, [id], condition, patch);
    expect(changed).toMatchObject({
      state: 'confirming',
      uploadId: 'u',
      leaseUntil: null,
      data: { a: [1] },
      attempt: 1,
    });
    expect(await store.find(owner, [id])).toEqual([changed]);
    expect(await store.change(owner, [id], { uploadId: 'u' }, { attempt: 'next' })).toHaveLength(1);
  });

  test('of twenty that want one lease, one gets it', async () => {
    const store = await open();
    const [row] = await store.insert([sampleRow()], now);
    const takers = times(20, (index) =>
      store.change(
        row?.owner ?? '',
        [row?.id ?? ''],
        { states: ['pending'], freeAt: now },
        {
          leaseUntil: now + 60_000,
          nonce: `n${index}`,
          attempt: 'next',
        },
      ),
    );
    const won = (await Promise.all(takers)).flat();
    expect(won).toHaveLength(1);
    expect(await store.find('user-1', [row?.id ?? ''])).toEqual(won);
  });

  test('many rows change in one call, those that may', async () => {
    const store = await open();
    const rows = [sampleRow(), sampleRow({ state: 'stored', key: 'k' }), sampleRow()];
    await store.insert(rows, now);
    const ids = rows.map(({ id }) => id);
    const changed = await store.change('user-1', [...ids, freshId()], { states: ['pending'] }, { claimedAt: now });
    expect(idsOf(changed)).toEqual([ids[0] ?? '', ids[2] ?? ''].toSorted());
  });

  test('three sweepers share thirty due rows, each row once', async () => {
    const store = await open();
    const rows = times(30, (index) => sampleRow({ dueAt: now - index }));
    await store.insert(rows, now);
    await store.insert(
      [sampleRow({ dueAt: now + 1 }), sampleRow({ dueAt: null }), sampleRow({ leaseUntil: now + 1, dueAt: now })],
      now,
    );
    const work = async (nonce: string): Promise<LedgerRow[]> => {
      const mine: LedgerRow[] = [];
      for (;;) {
        const taken = await store.take({ now, leaseUntil: now + 60_000, nonce, limit: 4 });
        if (taken.length === 0) return mine;
        mine.push(...taken);
      }
    };
    const taken = (await Promise.all(['a', 'b', 'c'].map((nonce) => work(nonce)))).flat();
    expect(idsOf(taken)).toEqual(idsOf(rows));
    expect(taken.every(({ attempt, leaseUntil }) => attempt === 1 && leaseUntil === now + 60_000)).toBe(true);
  });

  test('a row is forgotten only while its conditions hold', async () => {
    const store = await open();
    const [row = sampleRow()] = await store.insert([sampleRow()], now);
    expect(await store.drop(row.owner, row.id, { nonce: 'other' })).toBe(false);
    expect(await store.drop(row.owner, row.id, { states: ['pending'], nonce: 'first' })).toBe(true);
    expect(await store.drop(row.owner, row.id, {})).toBe(false);
    expect(await store.find(row.owner, [row.id])).toEqual([]);
  });

  test('of thirty at once, a counter with room for five lets five through', async () => {
    const store = await open();
    const one: Counting = { name: 'c', amount: 1, limit: 5, now, until: now + 1000 };
    const answers = await Promise.all(times(30, () => store.count(one)));
    expect(answers.filter(Boolean)).toHaveLength(5);
    expect(await store.count({ ...one, name: 'other' })).toBe(true);
    expect(await store.count({ ...one, name: 'big', amount: 6 })).toBe(false);
  });

  test('a counter takes back, and starts anew when its time is over', async () => {
    const store = await open();
    const count = (amount: number, at = now): Promise<boolean> =>
      store.count({ name: 'c', amount, limit: 10, now: at, until: at + 1000 });
    expect(await count(10)).toBe(true);
    expect(await count(1)).toBe(false);
    expect(await count(-4)).toBe(true);
    expect(await count(4)).toBe(true);
    expect(await count(1)).toBe(false);
    expect(await count(9, now + 1000)).toBe(true);
    await store.tidy(now + 3000);
    expect(await count(10, now + 3000)).toBe(true);
  });

  test('a fenced owner gets no new rows until the fence is over; what was there stays', async () => {
    const store = await open();
    const [row = sampleRow()] = await store.insert([sampleRow()], now);
    await store.fence('user-1', now + 1000);
    expect(await store.insert([sampleRow()], now)).toEqual([]);
    expect(await store.insert([row], now)).toEqual([row]);
    expect(await store.insert([sampleRow({ owner: 'user-2' })], now)).toHaveLength(1);
    expect(await store.insert([sampleRow()], now + 1000)).toHaveLength(1);
  });

  test('a transaction, where the store has one, happens whole or not at all', async () => {
    const store = await open();
    const [row = sampleRow()] = await store.insert([sampleRow()], now);
    if (store.transaction === undefined) return expect(store.transaction).toBe(undefined);
    const failed = store.transaction(async (inside) => {
      await inside.change(row.owner, [row.id], {}, { name: 'half' });
      throw new Error('the host changed its mind');
    }, row.owner);
    await expect(failed).rejects.toThrow();
    expect((await store.find(row.owner, [row.id]))[0]?.name).toBe('beach.jpg');
    await store.transaction(async (inside) => inside.change(row.owner, [row.id], {}, { name: 'whole' }), row.owner);
    expect((await store.find(row.owner, [row.id]))[0]?.name).toBe('whole');
  });
}
