import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Storage } from '../../../src/server/index.ts';
import { type S3Double, startS3Double } from '../../servers/s3/s3-double.ts';
import { html, png } from '../../support/pictures.ts';
import { storageOn } from '../../support/s3-storage.ts';
import { type TestServer, freshId, startServer } from '../../support/upload-server.ts';

const day = 24 * 3600_000;
const MiB = 2 ** 20;
const partSize = 5 * MiB;
const move = (milliseconds: number): void => void vi.setSystemTime(Date.now() + milliseconds);

let double: S3Double;
let storage: Storage;
let server: TestServer;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  double = await startS3Double({ b2: true });
  storage = storageOn(double, { multipart: { from: 6 * MiB, partSize } });
  server = serverOn(storage);
});
afterEach(async () => {
  vi.useRealTimers();
  await double.close();
});

/** Signer, store and server read one clock; pauses of the server pass at once and move it. */
const serverOn = (where: Storage): TestServer =>
  startServer({
    storage: where,
    ports: {
      now: () => Date.now(),
      sleep: async (milliseconds) => {
        move(milliseconds);
        await new Promise((resolve) => setTimeout(resolve, 1));
      },
    },
  });

interface Plan {
  id: string;
  ticket: string;
  url: string;
  headers: Record<string, string>;
}
async function plan(given: object = {}): Promise<Plan> {
  const file = {
    id: freshId(Date.now()),
    kind: 'photos',
    name: 'beach.png',
    type: 'image/png',
    size: 200,
    metadata: {},
  };
  const { body } = await server.call('POST', '/presign', { body: { files: [{ ...file, ...given }] } });
  return body.files[0];
}
const put = async ({ url, headers }: Pick<Plan, 'url' | 'headers'>, body: Uint8Array<ArrayBuffer>): Promise<number> =>
  (await fetch(url, { method: 'PUT', headers, body })).status;
const confirm = async ({ id }: Plan) => (await server.call('POST', '/confirm', { body: { id } })).body;
const bytesAt = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const deletions = () => double.log.filter((line) => line.startsWith('Delete') || line.startsWith('Abort'));

describe('bytes that were confirmed', () => {
  it('stay, whatever comes through the address that is still valid', async () => {
    for (const kind of ['photos', 'open']) {
      const planned = await plan({ kind });
      expect(await put(planned, png())).toBe(200);
      const { record } = await confirm(planned);
      expect(await put(planned, html())).toBe(200);
      const { body } = await server.call('GET', `/${planned.id}/url`);
      expect(await bytesAt(body.url)).toEqual(png());
      const user = kind === 'open' ? null : 'user-1';
      const { status, headers } = await server.call('GET', `/${planned.id}`, { user });
      expect(status).toBe(302);
      expect(await bytesAt(headers.get('location') ?? '')).toEqual(png());
      expect(double.bucket.current(record.key)?.headers['content-type']).toBe('image/png');
    }
  });

  it('are not those that were swapped while they were looked at', async () => {
    const planned = await plan();
    await put(planned, png());
    let swap = (): void => undefined;
    double.faults.push({ operation: 'CopyObject', what: new Promise<void>((resolve) => (swap = resolve)) });
    const confirming = confirm(planned);
    await vi.waitFor(() => expect(double.faults).toEqual([]));
    await put(planned, html());
    swap();
    expect(await confirming).toMatchObject({ error: { code: 'busy' } });
    // the store itself refused: nothing had to be taken back
    expect(double.log.filter((line) => line.startsWith('CopyObject'))).toEqual([
      expect.stringMatching(/ 412 PreconditionFailed$/),
    ]);
    expect(double.bucket.keys().filter((key) => !key.startsWith('incoming/'))).toEqual([]);
  });
});

describe('the sweep', () => {
  it('with an empty database deletes nothing of a full bucket', async () => {
    for (let count = 0; count < 20; count += 1) double.bucket.put(`incoming/owner/${count}`, Buffer.from('x'), {});
    for (let count = 0; count < 20; count += 1) double.bucket.put(`owner/photos/${count}.png`, Buffer.from('x'), {});
    move(60 * day);
    await server.files.sweep();
    expect([double.bucket.keys().length, deletions()]).toEqual([40, []]);
  });

  it('changes nothing while the store answers 403 to all', async () => {
    const stored = await plan();
    await put(stored, png());
    await confirm(stored);
    const open = await plan();
    await put(open, png());
    const before = double.bucket.versions();
    double.denies = () => true;
    for (let round = 0; round < 3; round += 1) {
      move(10 * day);
      expect((await server.files.sweep()).missing).toEqual([]);
    }
    expect(double.bucket.versions()).toEqual(before);
    double.denies = () => false;
    expect((await server.call('GET', `/${stored.id}/url`)).status).toBe(200);
  });

  it('takes a file that arrived after the sweep of its upload, the next time', async () => {
    const planned = await plan();
    let goOn = (): void => undefined;
    double.faults.push({ operation: 'PutObject', what: new Promise<void>((resolve) => (goOn = resolve)) });
    const late = put(planned, png());
    await vi.waitFor(() => expect(double.faults).toEqual([]));
    move(8 * day);
    expect((await server.files.sweep()).expired).toEqual([planned.id]);
    goOn();
    expect([await late, double.bucket.keys().length]).toEqual([200, 1]);
    move(2 * day);
    await server.files.sweep();
    expect(double.bucket.versions()).toEqual([]);
  });
});

describe('a file in parts', () => {
  const whole = png(4, 3, 11 * MiB);
  const large = () => plan({ kind: 'anything', size: whole.length });
  async function sendParts({ id, ticket }: Plan, numbers = [1, 2, 3]): Promise<number[]> {
    const { body } = await server.call('POST', '/parts', { body: { id, ticket, numbers } });
    const statuses: number[] = [];
    for (const { number, size, ...address } of body.parts) {
      const start = (number - 1) * partSize;
      statuses.push(await put(address, whole.slice(start, start + size)));
    }
    return statuses;
  }
  const complete = ({ id, ticket }: Plan) => server.call('POST', '/complete', { body: { id, ticket } });
  const abort = ({ id, ticket }: Plan) => server.call('POST', '/abort', { body: { id, ticket } });

  it.each(['CreateMultipartUpload', 'ListParts', 'CompleteMultipartUpload', 'GetObject', 'HeadObject'])(
    'is stored whole though the reply of %s was lost',
    async (operation) => {
      double.faults.push({ operation, when: 'after', what: 'disconnect' });
      const planned = await large();
      expect(await sendParts(planned)).toEqual([200, 200, 200]);
      expect((await complete(planned)).status).toBe(200);
      const { record } = await confirm(planned);
      await storage.head(record.key);
      expect(double.faults).toEqual([]);
      expect(double.bucket.current(record.key)?.bytes.equals(whole)).toBe(true);
      expect((await server.call('DELETE', `/${planned.id}`)).status).toBeLessThan(300);
      expect([double.bucket.versions(), double.bucket.uploads.size]).toEqual([[], 0]);
    },
  );

  it('is stored though the store was too busy to complete it, once the browser asks again', async () => {
    const planned = await large();
    await sendParts(planned);
    for (let count = 0; count < 3; count += 1) {
      double.faults.push({ operation: 'CompleteMultipartUpload', what: { status: 503, code: 'SlowDown' } });
    }
    expect((await complete(planned)).status).toBe(503);
    expect((await complete(planned)).status).toBe(200);
    expect(await confirm(planned)).toMatchObject({ record: { size: whole.length } });
  });

  it('whose completion failed inside an answer of 200 is not taken for complete', async () => {
    const failing = storageOn(double, {
      multipart: { from: 6 * MiB, partSize },
      fetch: async (request) =>
        request.method === 'POST' && request.url.includes('uploadId')
          ? new Response('<?xml version="1.0"?>\n<Error><Code>InvalidPart</Code></Error>')
          : fetch(request),
    });
    server = serverOn(failing);
    const planned = await large();
    await sendParts(planned);
    expect((await complete(planned)).status).toBe(503);
    expect(double.bucket.keys()).toEqual([]);
  });

  it('that is given up leaves no part, though the reply was lost', async () => {
    const planned = await large();
    await sendParts(planned, [1]);
    double.faults.push({ operation: 'AbortMultipartUpload', when: 'after', what: 'disconnect' });
    expect((await abort(planned)).status).toBe(200);
    expect([double.bucket.uploads.size, double.faults]).toEqual([0, []]);
  });

  it('cannot be given up while it is completed', async () => {
    const planned = await large();
    await sendParts(planned);
    let goOn = (): void => undefined;
    double.faults.push({
      operation: 'CompleteMultipartUpload',
      what: new Promise<void>((resolve) => (goOn = resolve)),
    });
    const completing = complete(planned);
    await vi.waitFor(() => expect(double.faults).toEqual([]));
    expect((await abort(planned)).status).toBe(409);
    goOn();
    expect((await completing).status).toBe(200);
    expect(await confirm(planned)).toMatchObject({ record: { size: whole.length } });
  });

  it('opens one upload when two ask for it at once', async () => {
    const id = freshId(Date.now());
    const given = { id, kind: 'anything', size: whole.length };
    await Promise.all([plan(given), plan(given), plan(given)]);
    const [row] = await server.records.find('user-1', [id]);
    expect([...double.bucket.uploads.keys()]).toEqual([row?.uploadId]);
  });

  it('sends only that part again which has the wrong length', async () => {
    const planned = await large();
    await sendParts(planned);
    const [open] = double.bucket.uploads.values();
    open?.parts.set(2, { bytes: Buffer.from('short'), etag: 'anything' });
    const { status, body } = await complete(planned);
    expect([status, body.error.details]).toEqual([409, { numbers: [2] }]);
    expect(await sendParts(planned, body.error.details.numbers)).toEqual([200]);
    expect((await complete(planned)).status).toBe(200);
    const { record } = await confirm(planned);
    expect(double.bucket.current(record.key)?.bytes.equals(whole)).toBe(true);
  });

  it('has all its parts listed, past the thousandth', async () => {
    const { multipart } = storage;
    const uploadId = (await multipart?.create('big', { type: 'video/mp4' })) ?? '';
    const open = double.bucket.uploads.get(uploadId);
    const bytes = Buffer.from('x');
    for (let number = 2001; number >= 1; number -= 1)
      open?.parts.set(number, { bytes, etag: '9dd4e461268c8034f5c8564e155c67a6' });
    const parts = await multipart?.parts('big', uploadId);
    expect(parts).toEqual(Array.from({ length: 2001 }, (_, index) => ({ number: index + 1, size: 1 })));
    expect(double.log.filter((line) => line.startsWith('ListParts'))).toHaveLength(3);
  });

  it('knows its open uploads by exactly its key', async () => {
    const { multipart } = storage;
    await multipart?.create('big.bak', { type: 'video/mp4' });
    const uploadId = await multipart?.create('big', { type: 'video/mp4' });
    expect(await multipart?.open('big')).toEqual([uploadId]);
    expect(await multipart?.open('bi')).toEqual([]);
  });
});
