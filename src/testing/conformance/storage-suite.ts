import type { ObjectFacts, Storage } from '../../server/storage.ts';
import type { TestTools } from './tools.ts';

export interface StorageSuiteOptions {
  /** An empty storage; asked for once per test. */
  open: () => Promise<Storage>;
}

const encoder = new TextEncoder();
const streamOf = (text: string): ReadableStream<Uint8Array> => new Blob([encoder.encode(text)]).stream();
const put = (storage: Storage, key: string, text: string, type = 'text/plain'): Promise<ObjectFacts> =>
  storage.write(key, streamOf(text), { type, size: encoder.encode(text).length });

async function textOf(
  storage: Storage,
  key: string,
  range: { start?: number; end?: number } = {},
): Promise<string | null> {
  const object = await storage.read(key, range);
  return object === null ? null : new Response(object.body).text();
}

/** What a storage promises, as tests in the caller's own runner. */
export function storageSuite({ test, expect }: TestTools, { open }: StorageSuiteOptions): void {
  test('what was written is read back, with its facts', async () => {
    const storage = await open();
    const written = await put(storage, 'a/b.txt', 'hello', 'text/csv');
    expect(written).toMatchObject({ size: 5, type: 'text/csv' });
    expect(await storage.head('a/b.txt')).toEqual(written);
    expect(await textOf(storage, 'a/b.txt')).toBe('hello');
  });

  test('what is not there is null, and erasing it is quiet', async () => {
    const storage = await open();
    expect(await storage.head('nothing')).toBeNull();
    expect(await storage.read('nothing')).toBeNull();
    await storage.erase('nothing');
  });

  test('a range gives those bytes, and the size of the whole', async () => {
    const storage = await open();
    await put(storage, 'k', '0123456789');
    expect(await textOf(storage, 'k', { start: 2, end: 5 })).toBe('234');
    expect(await textOf(storage, 'k', { start: 8 })).toBe('89');
    expect(await textOf(storage, 'k', { end: 100 })).toBe('0123456789');
    const part = await storage.read('k', { end: 1 });
    expect(part?.size).toBe(10);
    await part?.body.cancel();
  });

  test('an empty object is an object', async () => {
    const storage = await open();
    await put(storage, 'empty', '');
    expect((await storage.head('empty'))?.size).toBe(0);
    expect(await textOf(storage, 'empty')).toBe('');
  });

  test('too many or too few bytes publish nothing', async () => {
    const storage = await open();
    for (const size of [4, 6]) {
      await expect(storage.write('k', streamOf('hello'), { type: 'text/plain', size })).rejects.toThrow();
      expect(await storage.head('k')).toBeNull();
    }
    await put(storage, 'k', 'before');
    await expect(storage.write('k', streamOf('hello'), { type: 'text/plain', size: 9 })).rejects.toThrow();
    expect(await textOf(storage, 'k')).toBe('before');
  });

  test('a body that breaks off publishes nothing', async () => {
    const storage = await open();
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(encoder.encode('he'));
        controller.error(new Error('the connection is gone'));
      },
    });
    await expect(storage.write('k', broken, { type: 'text/plain', size: 5 })).rejects.toThrow();
    expect(await storage.head('k')).toBeNull();
  });

  test('writing again replaces the whole object and changes its etag', async () => {
    const storage = await open();
    const first = await put(storage, 'k', 'first');
    const second = await put(storage, 'k', 'other', 'text/html');
    expect(first.etag === second.etag).toBe(false);
    expect(await textOf(storage, 'k')).toBe('other');
    expect((await storage.head('k'))?.type).toBe('text/html');
  });

  test('of many writers at once one wins, whole', async () => {
    const storage = await open();
    const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(50_000));
    await Promise.all(texts.map((text) => put(storage, 'k', text)));
    expect(texts.includes((await textOf(storage, 'k')) ?? '')).toBe(true);
  });

  test('a reader gets one whole object while others write', async () => {
    const storage = await open();
    const texts = ['a', 'b'].map((letter) => letter.repeat(300_000));
    await put(storage, 'k', texts[0] ?? '');
    const writing = (async () => {
      for (let round = 0; round < 6; round += 1) await put(storage, 'k', texts[round % 2] ?? '');
    })();
    const seen = await Promise.all(Array.from({ length: 6 }, () => textOf(storage, 'k')));
    await writing;
    expect(seen.every((text) => text !== null && texts.includes(text))).toBe(true);
  });

  test('promoting copies under new headers, and leaves the source', async () => {
    const storage = await open();
    const { etag } = await put(storage, 'incoming/x', 'hello', 'application/x-declared');
    expect(await storage.promote('incoming/x', 'final/x.txt', { etag, type: 'text/plain' })).toBe('done');
    expect(await storage.head('final/x.txt')).toMatchObject({ size: 5, type: 'text/plain' });
    expect(await textOf(storage, 'final/x.txt')).toBe('hello');
    await storage.erase('incoming/x');
    expect(await textOf(storage, 'final/x.txt')).toBe('hello');
  });

  test('promoting refuses bytes other than those that were looked at', async () => {
    const storage = await open();
    const { etag } = await put(storage, 'incoming/x', 'hello');
    await put(storage, 'incoming/x', 'evil!');
    expect(await storage.promote('incoming/x', 'final/x', { etag, type: 'text/plain' })).toBe('changed');
    expect(await storage.head('final/x')).toBeNull();
    expect(await storage.promote('incoming/none', 'final/x', { etag, type: 'text/plain' })).toBe('missing');
  });

  test('erasing touches exactly one key', async () => {
    const storage = await open();
    for (const key of ['id.jpg', 'id.jpg.bak', 'id', 'id.jpg/x']) await put(storage, key, key);
    await storage.erase('id.jpg');
    expect(await storage.head('id.jpg')).toBeNull();
    for (const key of ['id.jpg.bak', 'id', 'id.jpg/x']) expect(await textOf(storage, key)).toBe(key);
  });

  test('no key is a way out: odd names are names', async () => {
    const storage = await open();
    const keys = [
      '../../etc/passwd',
      '/root',
      'a\\..\\b',
      'C:evil',
      '.',
      '..',
      'x'.repeat(900),
      '\u00fc/\u{1f600} +%#?&',
      'a//b',
    ];
    for (const key of keys) await put(storage, key, key);
    for (const key of keys) expect(await textOf(storage, key)).toBe(key);
  });

  test('parts become one object in the order of their numbers', async () => {
    const storage = await open();
    const { multipart } = storage;
    if (multipart?.write === undefined) return expect(storage.addresses === null).toBe(false);
    const uploadId = await multipart.create('big', { type: 'text/plain' });
    for (const [number, text] of [
      [2, 'world'],
      [1, 'wrong!'],
      [1, 'hello '],
    ] as const) {
      await multipart.write('big', uploadId, number, streamOf(text), encoder.encode(text).length);
    }
    expect(await multipart.open('big')).toEqual([uploadId]);
    expect(await multipart.open('bi')).toEqual([]);
    const parts = await multipart.parts('big', uploadId);
    expect(parts).toEqual([
      { number: 1, size: 6 },
      { number: 2, size: 5 },
    ]);
    expect(await storage.head('big')).toBeNull();
    expect(await multipart.complete('big', uploadId, parts ?? [])).toBe('done');
    expect(await textOf(storage, 'big')).toBe('hello world');
    expect(await multipart.parts('big', uploadId)).toBeNull();
    expect(await multipart.complete('big', uploadId, parts ?? [])).toBe('missing');
    expect(await multipart.open('big')).toEqual([]);
  });

  test('a part of the wrong length is no part, and an aborted upload leaves none', async () => {
    const storage = await open();
    const { multipart } = storage;
    if (multipart?.write === undefined) return expect(storage.addresses === null).toBe(false);
    const uploadId = await multipart.create('big', { type: 'text/plain' });
    await expect(multipart.write('big', uploadId, 1, streamOf('abc'), 9)).rejects.toThrow();
    expect(await multipart.parts('big', uploadId)).toEqual([]);
    await multipart.write('big', uploadId, 1, streamOf('abc'), 3);
    expect(await multipart.parts('other', uploadId)).toBeNull();
    await multipart.abort('big', uploadId);
    await multipart.abort('big', uploadId);
    expect(await multipart.parts('big', uploadId)).toBeNull();
    await expect(multipart.write('big', uploadId, 1, streamOf('abc'), 3)).rejects.toThrow();
    expect(await storage.head('big')).toBeNull();
  });
}
