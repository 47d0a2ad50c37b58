import { describe, expect, test } from 'vitest';
import { createUploader } from '../../../src/core/create-uploader.ts';
import type { Delivery, OnUploaded } from '../../../src/core/deliver.ts';
import { refuse } from '../../../src/core/errors.ts';
import type { UploadItem } from '../../../src/core/item.ts';
import type { AnyUploader } from '../../../src/core/uploader.ts';
import { memory } from '../../../src/providers/memory.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';

const photo = (name = 'beach.jpg'): File => new File([new Uint8Array(100)], name, { type: 'image/jpeg' });

interface Stage {
  clock: ManualClock;
  uploader: AnyUploader;
  deliveries: Delivery[];
  item(): UploadItem;
}

/** One file on its way to a host that does this. */
function deliverTo(host: OnUploaded, names = ['beach.jpg']): Stage {
  const clock = manualClock();
  const deliveries: Delivery[] = [];
  const uploader: AnyUploader = createUploader({
    provider: memory({ clock }),
    ports: { clock },
    onUploaded(record, delivery) {
      deliveries.push(delivery);
      return host(record, delivery);
    },
  });
  const [id = ''] = uploader.add(names.map((name) => photo(name)));
  return { clock, uploader, deliveries, item: () => uploader.getItem(id) as UploadItem };
}

const after = (clock: ManualClock, milliseconds: number): Promise<void> =>
  new Promise((resolve) => void clock.after(milliseconds, resolve));

describe('a host that saves', () => {
  test('is called once, and the file is done when it has resolved', async () => {
    const stage = deliverTo(() => after(stage.clock, 2000));
    await stage.clock.advance(1000);
    expect(stage.item().status).toBe('recording');
    expect(stage.uploader.getProgress(stage.item().id).fraction).toBe(0.99);
    await stage.clock.drain();
    expect(stage.item().status).toBe('done');
    expect(stage.deliveries.map(({ attempt, redelivered }) => ({ attempt, redelivered }))).toEqual([
      { attempt: 1, redelivered: false },
    ]);
  });

  test('may hand the second argument to a server: the signal is not in it', async () => {
    const stage = deliverTo(() => undefined);
    await stage.clock.drain();
    const [delivery] = stage.deliveries;
    expect(JSON.parse(JSON.stringify(delivery))).toEqual({ attempt: 1, redelivered: false });
    expect(Object.keys(delivery ?? {})).toEqual(['attempt', 'redelivered']);
    expect(delivery?.signal).toBeInstanceOf(AbortSignal);
  });

  test('that is not there has nothing to say: the file is done', async () => {
    const clock = manualClock();
    const uploader: AnyUploader = createUploader({ provider: memory({ clock }), ports: { clock } });
    const [id = ''] = uploader.add([photo()]);
    await clock.drain();
    expect(uploader.getItem(id)).toMatchObject({ status: 'done' });
  });
});

describe('a host that fails', () => {
  test('is called again, with the number of the call', async () => {
    const stage = deliverTo((_, { attempt }) => {
      if (attempt < 3) throw new Error('the database is down');
    });
    await stage.clock.drain();
    expect(stage.item().status).toBe('done');
    expect(stage.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  test('for good, fails the file at that step; a retry by hand calls the host alone, and goes on counting', async () => {
    let works = false;
    const stage = deliverTo(() => {
      if (!works) throw new Error('the database is down');
    });
    await stage.clock.drain();
    expect(stage.item()).toMatchObject({ status: 'failed', at: 'record', error: { code: 'record-failed' } });
    works = true;
    stage.uploader.retry(stage.item().id);
    await stage.clock.drain();
    expect(stage.item().status).toBe('done');
    expect(stage.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
  });

  test.each([
    ['throws refuse()', () => Promise.reject(refuse('This name is taken.'))],
    ['gives back refuse(), as a server action does', () => refuse('This name is taken.')],
    ['throws a 422', () => Promise.reject(Object.assign(new Error('This name is taken.'), { status: 422 }))],
  ])('%s: final at once, in those words', async (_, host) => {
    const stage = deliverTo(host);
    await stage.clock.drain();
    expect(stage.item()).toMatchObject({
      status: 'failed',
      at: 'record',
      error: { code: 'refused', details: { message: 'This name is taken.' } },
    });
    expect(stage.deliveries).toHaveLength(1);
  });

  test('keeps what it threw for the developer, and shows nothing of it', async () => {
    const cause = new Error('password=fake in postgres://fake');
    const stage = deliverTo(() => Promise.reject(cause));
    await stage.clock.drain();
    const item = stage.item();
    expect(item.status === 'failed' && item.error.cause).toBe(cause);
    expect(item.status === 'failed' && item.error.message).not.toContain('password');
  });
});

describe('a host that takes too long', () => {
  test('has its signal aborted, and is called again: never two calls at a time', async () => {
    let running = 0;
    let most = 0;
    const stage = deliverTo((_, { signal }) => {
      running += 1;
      most = Math.max(most, running);
      signal.addEventListener('abort', () => (running -= 1), { once: true });
      return new Promise(() => undefined);
    });
    await stage.clock.drain();
    expect(most).toBe(1);
    expect(stage.deliveries.every(({ signal }) => signal.aborted)).toBe(true);
    expect(stage.item()).toMatchObject({ status: 'failed', error: { code: 'record-timeout' } });
    expect(stage.clock.timers).toBe(0);
  });

  test('but resolves while the next call is waited for: it is saved, and not called again', async () => {
    const stage = deliverTo(() => after(stage.clock, 15_010));
    await stage.clock.drain();
    expect(stage.item().status).toBe('done');
    expect(stage.deliveries.length).toBeLessThanOrEqual(2);
  });

  test('but resolves after the file has failed: saved is saved', async () => {
    const late = deliverTo(() => after(late.clock, 600_000));
    await late.clock.advance(300_000);
    expect(late.item()).toMatchObject({ status: 'failed', at: 'record' });
    await late.clock.drain();
    expect(late.item().status).toBe('done');
  });
});

test('in a kind of one file the newest picture is saved last', async () => {
  const clock = manualClock();
  const saved: string[] = [];
  const uploader: AnyUploader = createUploader({
    provider: memory({ clock }),
    single: true,
    ports: { clock },
    async onUploaded({ name }) {
      await after(clock, name === 'slow.jpg' ? 5000 : 10);
      saved.push(name);
    },
  });
  uploader.add([photo('slow.jpg')]);
  await clock.advance(1000);
  uploader.add([photo('quick.jpg')]);
  await clock.drain();
  expect(saved).toEqual(['slow.jpg', 'quick.jpg']);
});
