import { afterAll, describe, expect, it, test } from 'vitest';
import { storageSuite } from '../../../src/testing/conformance/index.ts';
import { type S3Double, type S3DoubleOptions, startS3Double } from '../../servers/s3/s3-double.ts';
import { fetchFrom, storageOn, virtualStorageOn } from '../../support/s3-storage.ts';

const doubles: S3Double[] = [];
afterAll(() => Promise.all(doubles.map((double) => double.close())));
async function start(options: S3DoubleOptions = {}): Promise<S3Double> {
  const double = await startS3Double(options);
  doubles.push(double);
  return double;
}
const streamOf = (text: string): ReadableStream<Uint8Array> => new Blob([text]).stream();

describe('s3 in path style', () => {
  storageSuite({ test, expect }, { open: async () => storageOn(await start()) });
});
describe('s3 in virtual-host style', () => {
  storageSuite({ test, expect }, { open: async () => virtualStorageOn(await start()) });
});
describe('s3 on a store as Backblaze B2', () => {
  storageSuite({ test, expect }, { open: async () => storageOn(await start({ b2: true })) });
});

describe('erasing', () => {
  it('leaves no version of the key and no marker, and every version of its neighbours', async () => {
    const double = await start({ b2: true });
    const storage = storageOn(double);
    for (const key of ['id.jpg', 'id.jpg.bak']) {
      for (const text of ['one', 'two', 'three']) double.bucket.put(key, Buffer.from(text), {});
    }
    double.bucket.delete('id.jpg');
    expect(await storage.head('id.jpg')).toBeNull();
    expect(double.bucket.versions().filter(({ key }) => key === 'id.jpg')).toHaveLength(4);
    await storage.erase('id.jpg');
    expect(double.bucket.versions().map(({ key }) => key)).toEqual(['id.jpg.bak', 'id.jpg.bak', 'id.jpg.bak']);
  });

  it('finds the versions that stand on later pages', async () => {
    const double = await start({ b2: true });
    for (let count = 0; count < 1001; count += 1) double.bucket.put('often', Buffer.from(String(count)), {});
    await storageOn(double).erase('often');
    expect(double.bucket.versions()).toEqual([]);
    expect(double.log.filter((line) => line.startsWith('ListObjectVersions'))).toHaveLength(2);
  });
});

describe('a copy', () => {
  it('of other bytes than were looked at is taken back, where a store overlooks the condition', async () => {
    const double = await start();
    const storage = storageOn(double, {
      // such a store: the condition never reaches it, and the bytes change just before the copy
      fetch: async (request) => {
        if (!request.headers.has('x-amz-copy-source')) return fetch(request);
        const { etag } = double.bucket.put('final', Buffer.from('evil!'), {});
        return new Response(`<CopyObjectResult><ETag>&quot;${etag}&quot;</ETag></CopyObjectResult>`);
      },
    });
    const { etag } = await storage.write('incoming', streamOf('hello'), { type: 'text/plain', size: 5 });
    expect(await storage.promote('incoming', 'final', { etag, type: 'text/plain' })).toBe('changed');
    expect(double.bucket.keys()).toEqual(['incoming']);
  });
});

describe('an address', () => {
  const target = (size: number | null) => ({
    key: 'incoming/a b+c',
    type: 'image/png',
    size,
    now: Date.now(),
    expiresAt: Date.now() + 60_000,
  });
  it.each([
    ['path', storageOn],
    ['virtual-host', virtualStorageOn],
  ] as const)('in %s style signed for 1,000 bytes refuses 999 and 1,001', async (_, open) => {
    const double = await start({ b2: true });
    const signed = await open(double).addresses?.put(target(1000));
    const put = async (size: number, type = 'image/png') => {
      const { url, headers } = signed ?? { url: '', headers: {} };
      const body = new Uint8Array(size);
      return (
        await fetchFrom(
          double,
          new Request(url, { method: 'PUT', headers: { ...headers, 'content-type': type }, body }),
        )
      ).status;
    };
    expect([await put(1001), await put(999), await put(1000, 'text/html')]).toEqual([403, 403, 403]);
    expect(double.bucket.keys()).toEqual([]);
    expect(await put(1000)).toBe(200);
    expect(double.bucket.current('incoming/a b+c')?.bytes).toHaveLength(1000);
  });

  it('that has expired brings nothing', async () => {
    const double = await start();
    const now = Date.now() - 120_000;
    const signed = await storageOn(double).addresses?.put({ ...target(1), now, expiresAt: now + 60_000 });
    const answer = await fetch(signed?.url ?? '', { method: 'PUT', headers: signed?.headers ?? {}, body: 'x' });
    expect([answer.status, double.bucket.keys()]).toEqual([403, []]);
  });

  it('for reading serves under the type and the name it was signed for', async () => {
    const double = await start();
    const storage = storageOn(double);
    await storage.write('k', streamOf('hello'), { type: 'text/plain', size: 5 });
    const disposition = `attachment; filename="a  b.svg"; filename*=UTF-8''%c3%bc.svg`;
    const url = await storage.addresses?.get({ ...target(null), key: 'k', type: 'image/svg+xml', disposition });
    const answer = await fetch(url ?? '');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
      200,
      'image/svg+xml',
      disposition,
    ]);
    expect(await answer.text()).toBe('hello');
    expect((await fetch((url ?? '').replace('svg%2Bxml', 'png'))).status).toBe(403);
  });
});

describe('trouble', () => {
  it('of a moment is waited out, a lost reply included', async () => {
    const double = await start();
    const storage = storageOn(double);
    double.faults.push({ operation: 'PutObject', what: { status: 503, code: 'SlowDown' } });
    double.faults.push({ operation: 'PutObject', when: 'after', what: 'disconnect' });
    await storage.write('k', streamOf('hello'), { type: 'text/plain', size: 5 });
    expect(double.bucket.current('k')?.bytes.toString()).toBe('hello');
  });

  it('that the store expects to last is told at once, with its time', async () => {
    const double = await start();
    double.faults.push({ what: { status: 503, code: 'SlowDown', retryAfter: 30 } });
    await expect(storageOn(double).head('k')).rejects.toMatchObject({
      code: 'unavailable',
      details: { retryAfter: 30 },
    });
    expect(double.log).toHaveLength(1);
  });

  it('is never taken for absence: refusals, and a bucket that is not there', async () => {
    const double = await start();
    double.denies = () => true;
    const storage = storageOn(double);
    await expect(storage.head('k')).rejects.toMatchObject({ code: 'store-refused', details: { status: 403 } });
    await expect(storage.read('k')).rejects.toMatchObject({ details: { status: 403, storeCode: 'AccessDenied' } });
    await expect(storage.erase('k')).rejects.toMatchObject({ code: 'store-refused' });
    double.denies = () => false;
    const elsewhere = storageOn(double, { bucket: 'nowhere' });
    await expect(elsewhere.head('k')).rejects.toMatchObject({ details: { status: 404, storeCode: 'NoSuchBucket' } });
    await expect(elsewhere.promote('a', 'b', { etag: 'x', type: 'text/plain' })).rejects.toMatchObject({
      code: 'store-refused',
    });
  });

  it('ends with the deadline, and at once with the signal of the caller', async () => {
    const double = await start();
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    double.faults.push({ what: held }, { what: held });
    await expect(storageOn(double, { timeout: 50 }).head('k')).rejects.toMatchObject({ code: 'timeout' });
    const stopping = new AbortController();
    const reading = storageOn(double).head('k', stopping.signal);
    stopping.abort(new Error('the caller left'));
    await expect(reading).rejects.toThrow('the caller left');
    goOn();
  });

  it('says nothing of bucket, key or signature in its words', async () => {
    const double = await start();
    const storage = storageOn(double, { secretAccessKey: 'another-fake-secret' });
    const error: Error = await storage.read('private/key').then(
      () => new Error('not refused'),
      (thrown: Error) => thrown,
    );
    expect(error.message).toContain('SignatureDoesNotMatch');
    expect(error.message).not.toMatch(/uploads|private|X-Amz|fake/);
  });
});

it('writes a file larger than a part in parts, and leaves none of them where it breaks off', async () => {
  const double = await start();
  const storage = storageOn(double, { multipart: { from: '5 GB', partSize: 5 * 2 ** 20 } });
  const size = 11 * 2 ** 20;
  const whole = new Blob(['a'.repeat(size - 1), 'z']);
  const written = await storage.write('big', whole.stream(), { type: 'video/mp4', size, disposition: 'inline' });
  expect(written).toEqual(await storage.head('big'));
  expect(written).toMatchObject({ size, type: 'video/mp4' });
  expect(double.bucket.current('big')?.bytes.toString()).toBe(await whole.text());
  expect(double.log.filter((line) => line.startsWith('UploadPart'))).toHaveLength(3);
  await expect(storage.write('short', whole.stream(), { type: 'video/mp4', size: size + 1 })).rejects.toMatchObject({
    code: 'size-mismatch',
  });
  expect([double.bucket.keys(), double.bucket.uploads.size]).toEqual([['big'], 0]);
});
