import { expect, test } from 'vitest';
import { createUploader } from '../../../src/core/create-uploader.ts';
import { UploadError } from '../../../src/core/errors.ts';
import { inertPorts } from '../../../src/core/ports.ts';
import type { AnyProvider, UploadContext } from '../../../src/core/provider.ts';
import type { AnyUploader } from '../../../src/core/uploader.ts';
import { memory } from '../../../src/providers/memory.ts';
import { manualClock, type ManualClock, runMicrotasks } from '../../support/manual-clock.ts';

const photo = (name = 'beach.jpg', size = 1000): File => new File([new Uint8Array(size)], name, { type: 'image/jpeg' });
const photos = (count: number): File[] => Array.from({ length: count }, (_, index) => photo(`${index}.jpg`));

const statusOf = (uploader: AnyUploader, id: string): string => uploader.getItem(id)?.status ?? 'gone';
const allDone = (uploader: AnyUploader, ids: readonly string[]): boolean =>
  ids.every((id) => statusOf(uploader, id) === 'done');

/** Runs an action the first time an item shows a status, from within the notice of it. */
function when(uploader: AnyUploader, id: string, status: string, act: () => void): void {
  const stop = uploader.subscribeItem(id, () => {
    if (statusOf(uploader, id) !== status) return;
    stop();
    act();
  });
}

type Methods = Partial<AnyProvider>;
/** A store that takes every file at once, but for what a test says otherwise. */
function plain(methods: Methods = {}): AnyProvider {
  return {
    name: 'plain',
    capabilities: { progress: true, abort: true, resume: false, width: 4 },
    upload: async ({ size }, context) => {
      await context.data(size, async () => undefined);
      return { checkpoint: { id: context.id } };
    },
    confirm: async (_, { id }) => ({ key: id, url: null, data: null }),
    ...methods,
  };
}

/** Resolves after so much time of the test, and rejects where the attempt is stopped first. */
const lasting = (clock: ManualClock, milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(milliseconds, resolve);
    signal?.addEventListener('abort', () => {
      cancel();
      reject(signal.reason as Error);
    });
  });

// --- Commands given from within a notice ---------------------------------------------------------------------------

test('a pause that is taken back by whoever hears of it goes on', async () => {
  const clock = manualClock();
  const uploader = createUploader({ provider: memory({ clock, bandwidth: 1000 }), ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  while (statusOf(uploader, id) !== 'uploading') await clock.advance(100);
  when(uploader, id, 'paused', () => uploader.resume(id));
  uploader.pause(id);
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('done');
});

test('a cancel that is answered by a retry from its notice starts anew', async () => {
  const clock = manualClock();
  const uploader = createUploader({ provider: memory({ clock, bandwidth: 1000 }), ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  while (statusOf(uploader, id) !== 'uploading') await clock.advance(100);
  when(uploader, id, 'cancelled', () => uploader.retry(id));
  uploader.cancel(id);
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('done');
});

test.each(['cancel', 'pause', 'remove'] as const)(
  'a file that is met by %s in the notice of its arrival is not sent',
  async (command) => {
    const clock = manualClock();
    let uploads = 0;
    const saved: string[] = [];
    const provider = plain({ upload: async () => ((uploads += 1), { checkpoint: null }) });
    const uploader = createUploader({ provider, ports: { clock }, onUploaded: ({ id }) => void saved.push(id) });
    const stop = uploader.subscribe(() => {
      stop();
      for (const id of uploader.getIds()) uploader[command](id);
    });
    const [id = ''] = uploader.add([photo()]);
    await clock.drain();
    expect(uploads).toBe(0);
    expect(saved).toEqual([]);
    uploader.resume(id);
    await clock.drain();
    expect(saved).toEqual(command === 'pause' ? [id] : []);
  },
);

test('"now" counts from within the notice of the wait', async () => {
  const clock = manualClock();
  const fail = new UploadError('rate-limited', { retryAfter: 60_000 });
  let tries = 0;
  const provider = plain({
    upload: async () => {
      tries += 1;
      if (tries === 1) throw fail;
      return { checkpoint: null };
    },
  });
  const uploader = createUploader({ provider, ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  when(uploader, id, 'waiting', () => uploader.retry(id));
  await clock.advance(1000);
  expect(statusOf(uploader, id)).toBe('done');
});

test('a listener that throws harms no file, and nobody else who listens', async () => {
  const clock = manualClock();
  const thrown: unknown[] = [];
  const onThrow = (error: unknown): void => void thrown.push(error);
  process.on('uncaughtException', onThrow);
  try {
    const uploader = createUploader({ provider: plain(), ports: { clock } });
    const seen: string[] = [];
    let rests = 0;
    uploader.configure({ onSettled: () => (rests += 1) });
    const [id = ''] = uploader.add([photo()]);
    const oops = new Error('a listener of the host');
    uploader.subscribeItem(id, () => {
      throw oops;
    });
    uploader.subscribeItem(id, () => seen.push(statusOf(uploader, id)));
    await clock.drain();
    expect(seen).toEqual(['uploading', 'confirming', 'recording', 'done']);
    expect(rests).toBe(1);
    expect(thrown[0]).toBe(oops);
  } finally {
    process.off('uncaughtException', onThrow);
  }
});

test('a listener that leaves and comes back while it is told is told once', () => {
  const uploader = createUploader({ provider: plain(), autoUpload: false });
  let told = 0;
  let stop: () => void;
  const listener = (): void => {
    told += 1;
    if (told > 10) throw new Error('told without end');
    stop();
    stop = uploader.subscribe(listener);
  };
  stop = uploader.subscribe(listener);
  uploader.add([photo()]);
  expect(told).toBe(1);
});

// --- The line ------------------------------------------------------------------------------------------------------

test('a hundred files that are paused and resumed together all get there', async () => {
  const clock = manualClock();
  const provider = plain({
    upload: async ({ size }, context) => {
      await context.data(size, () => lasting(clock, 100, context.signal));
      return { checkpoint: null };
    },
  });
  const uploader = createUploader({ provider, ports: { clock } });
  const ids = uploader.add(photos(100));
  for (let round = 0; round < 5; round += 1) {
    await clock.advance(150);
    uploader.pause();
    await runMicrotasks();
    uploader.resume();
  }
  await clock.drain();
  expect(allDone(uploader, ids)).toBe(true);
});

test('after many are cancelled at once, the next files have the whole line to themselves', async () => {
  const clock = manualClock();
  const uploader = createUploader({ provider: memory({ clock, bandwidth: 10_000 }), ports: { clock } });
  for (let round = 0; round < 5; round += 1) {
    uploader.add(photos(200));
    await clock.advance(150);
    uploader.cancel();
    await runMicrotasks();
  }
  const ids = uploader.add(photos(10));
  await clock.drain();
  expect(allDone(uploader, ids)).toBe(true);
});

test('an address whose end nobody can read does not stop the line', async () => {
  const clock = manualClock();
  const provider = plain({
    upload: async ({ size }, context) => {
      await context.data(size, () => lasting(clock, 100, context.signal), Number.NaN);
      return { checkpoint: null };
    },
  });
  const uploader = createUploader({ provider, ports: { clock } });
  const ids = uploader.add(photos(60));
  await clock.drain();
  expect(allDone(uploader, ids)).toBe(true);
});

test('pausing in the moment the bytes have arrived saves the file once', async () => {
  const clock = manualClock();
  const saved: string[] = [];
  let uploader: AnyUploader;
  let uploads = 0;
  async function pauseAfter(turns: number, id: string): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    uploader.pause(id);
  }
  for (const turns of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15]) {
    uploads = 0;
    saved.length = 0;
    uploader = createUploader({
      provider: plain({
        upload: async (_, { id }) => {
          uploads += 1;
          if (uploads === 1) void pauseAfter(turns, id);
          return { checkpoint: null };
        },
      }),
      ports: { clock },
      onUploaded: ({ id }) => void saved.push(id),
    });
    const [id = ''] = uploader.add([photo()]);
    await clock.drain();
    expect(saved).toEqual(statusOf(uploader, id) === 'done' ? [id] : []);
    uploader.resume(id);
    await clock.drain();
    expect([turns, statusOf(uploader, id), saved]).toEqual([turns, 'done', [id]]);
  }
});

// --- What a provider may do ----------------------------------------------------------------------------------------

test('a wait that a provider begins after its end changes nothing', async () => {
  const clock = manualClock();
  let kept: UploadContext | undefined;
  const provider = plain({
    confirm: async (_, context) => {
      kept = context;
      return { key: context.id, url: null, data: null };
    },
  });
  const uploader = createUploader({
    provider,
    ports: { clock },
    onUploaded: () => lasting(clock, 1000),
  });
  const [id = ''] = uploader.add([photo()]);
  await clock.advance(500);
  expect(statusOf(uploader, id)).toBe('recording');
  void kept?.wait('scanning', clock.now() + 100).catch(() => undefined);
  expect(statusOf(uploader, id)).toBe('recording');
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('done');
});

test('a part that waits is not woken by another part that moves', async () => {
  const clock = manualClock();
  const begun = clock.now();
  const ended: Record<string, number> = {};
  const provider = plain({
    upload: async (_, context) => {
      const first = context.wait('rate-limited', clock.now() + 10_000).then(() => (ended['first'] = clock.now()));
      const second = context.wait('rate-limited', clock.now() + 20_000).then(() => (ended['second'] = clock.now()));
      const third = context.data(1000, async () => {
        await lasting(clock, 1000);
        context.progress(500);
      });
      await Promise.all([first, second, third]);
      return { checkpoint: null };
    },
  });
  const uploader = createUploader({ provider, ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  await clock.advance(5000);
  expect(statusOf(uploader, id)).toBe('uploading');
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('done');
  expect(ended).toEqual({ first: begun + 10_000, second: begun + 20_000 });
});

test('after the last byte the store has its whole time to answer, though nobody said the body is out', async () => {
  const clock = manualClock();
  let uploads = 0;
  const provider = plain({
    upload: async ({ size }, context) => {
      uploads += 1;
      await context.data(size, async () => {
        context.progress(size);
        await lasting(clock, 50_000, context.signal);
      });
      return { checkpoint: null };
    },
  });
  const uploader = createUploader({ provider, ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('done');
  expect(uploads).toBe(1);
});

test('limits that never come are not waited for without end', async () => {
  const clock = manualClock();
  const provider = plain({ limits: () => new Promise(() => undefined) });
  const uploader = createUploader({ provider, ports: { clock } });
  const ids = uploader.add(photos(5));
  await clock.drain();
  expect(allDone(uploader, ids)).toBe(true);
});

test('who cancels the first file does not lift the limits for the others', async () => {
  const clock = manualClock();
  const provider = plain({
    limits: async (_, signal) => {
      await lasting(clock, 1000, signal);
      return { maxSize: 10 };
    },
  });
  const uploader = createUploader({ provider, ports: { clock } });
  const [first = '', second = ''] = uploader.add(photos(2));
  await clock.advance(100);
  uploader.cancel(first);
  await clock.drain();
  expect(uploader.getItem(second)).toMatchObject({ status: 'failed', error: { code: 'too-large' } });
});

test('a retry after a cancel does not overtake the clearing up', async () => {
  const clock = manualClock();
  const objects = new Set<string>();
  const provider = plain({
    upload: async ({ size }, context) => {
      context.save({ id: context.id });
      await context.data(size, () => lasting(clock, 1000, context.signal));
      objects.add(context.id);
      return { checkpoint: null };
    },
    discard: async (checkpoint) => {
      await lasting(clock, 5000);
      objects.delete((checkpoint as { id: string }).id);
    },
  });
  const uploader = createUploader({ provider, ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  await clock.advance(500);
  uploader.cancel(id);
  uploader.retry(id);
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('done');
  expect([...objects]).toEqual([id]);
});

test('failed files that are cleared from the list are given up at the store too', async () => {
  const clock = manualClock();
  const discarded: unknown[] = [];
  const provider = plain({
    upload: async (_, context) => {
      context.save('parts');
      throw new UploadError('forbidden');
    },
    discard: async (checkpoint) => void discarded.push(checkpoint),
  });
  const uploader = createUploader({ provider, ports: { clock } });
  uploader.add([photo()]);
  await clock.drain();
  uploader.clear();
  await clock.drain();
  expect(uploader.getIds()).toEqual([]);
  expect(discarded).toEqual(['parts']);
});

// --- The host ------------------------------------------------------------------------------------------------------

test('of three pictures for one place, the newest is saved last', async () => {
  const clock = manualClock();
  const saved: string[] = [];
  let running = 0;
  let most = 0;
  const uploader = createUploader({
    provider: plain(),
    ports: { clock },
    single: true,
    onUploaded: async ({ name }) => {
      running += 1;
      most = Math.max(most, running);
      await lasting(clock, name === '2.jpg' ? 3000 : 1000);
      running -= 1;
      saved.push(name);
    },
  });
  for (const name of ['1.jpg', '2.jpg', '3.jpg']) {
    uploader.add([photo(name)]);
    await clock.advance(100);
  }
  await clock.drain();
  expect(saved).toEqual(['1.jpg', '2.jpg', '3.jpg']);
  expect(most).toBe(1);
});

test('a save that was given up and succeeds late is not asked for again by the retry in between', async () => {
  const clock = manualClock();
  let calls = 0;
  const uploader = createUploader({
    provider: plain(),
    // the longest back-off there is, so that the late save comes first
    ports: { clock, random: { ...inertPorts.random, fraction: () => 0.99 } },
    retry: { attempts: 1 },
    onUploaded: async () => {
      calls += 1;
      if (calls === 1) await lasting(clock, 20_000);
      else throw new Error('the row is locked');
    },
  });
  const [id = ''] = uploader.add([photo()]);
  await clock.advance(16_000);
  expect(statusOf(uploader, id)).toBe('failed');
  uploader.configure({ retry: { attempts: 9, base: 20_000, cap: 20_000 } });
  uploader.retry(id);
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('done');
  expect(calls).toBe(2);
});

test('erasing that takes too long says so with a code, and keeps the file in the list', async () => {
  const clock = manualClock();
  const provider = plain({ remove: () => new Promise(() => undefined) });
  const uploader = createUploader({ provider, ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  await clock.drain();
  const erased = uploader.erase(id).catch((error: unknown) => error);
  await clock.drain();
  expect(await erased).toMatchObject({ name: 'UploadError', code: 'timeout' });
  expect(statusOf(uploader, id)).toBe('done');
});

test('a file whose saving failed, and whose erasing fails too, can still be saved', async () => {
  const clock = manualClock();
  let well = false;
  const provider = plain({ remove: () => Promise.reject(new Error('down')) });
  const uploader = createUploader({
    provider,
    ports: { clock },
    retry: { attempts: 1 },
    onUploaded: () => (well ? undefined : Promise.reject(new Error('down'))),
  });
  const [id = ''] = uploader.add([photo()]);
  await clock.drain();
  await expect(uploader.erase(id)).rejects.toMatchObject({ code: 'provider-failed' });
  expect(statusOf(uploader, id)).toBe('failed');
  well = true;
  uploader.retry(id);
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('done');
});

test('after a file is erased, the host is not asked to save it again', async () => {
  const clock = manualClock();
  let calls = 0;
  const provider = plain({ remove: async () => undefined });
  const uploader = createUploader({
    provider,
    ports: { clock },
    retry: { base: 10_000 },
    onUploaded: () => {
      calls += 1;
      throw new Error('down');
    },
  });
  const [id = ''] = uploader.add([photo()]);
  await clock.advance(0);
  expect(statusOf(uploader, id)).toBe('waiting');
  await uploader.erase(id);
  await clock.drain();
  expect(calls).toBe(1);
});

test('a name given while a file is prepared is kept', async () => {
  const clock = manualClock();
  const names: string[] = [];
  const uploader = createUploader({
    provider: plain({
      upload: async ({ name }) => {
        names.push(name);
        return { checkpoint: null };
      },
    }),
    ports: { clock },
    prepare: async (file) => {
      await lasting(clock, 1000);
      return file;
    },
    onUploaded: ({ name }) => void names.push(name),
  });
  const [id = ''] = uploader.add([photo()]);
  await clock.advance(500);
  await uploader.update(id, { name: 'Our boat.jpg' });
  await clock.drain();
  expect(names).toEqual(['Our boat.jpg', 'Our boat.jpg']);
});

test('an option that is set to undefined counts as not given', async () => {
  const clock = manualClock();
  let tries = 0;
  const provider = plain({
    upload: async (_, context) => {
      tries += 1;
      return context.control(() => lasting(clock, 1e9, context.signal)).then(() => ({ checkpoint: null }));
    },
  });
  const uploader = createUploader({
    provider,
    ports: { clock },
    // as a component hands its own optional props on
    retry: { attempts: undefined as unknown as number },
    limits: { control: undefined as unknown as number },
  });
  const [id = ''] = uploader.add([photo()]);
  await clock.drain();
  expect(statusOf(uploader, id)).toBe('failed');
  expect(tries).toBe(4);
});

test('a file that can no longer be read does not make another one fail as its twin', async () => {
  const clock = manualClock();
  const gone = photo('gone.jpg');
  const uploader = createUploader({
    provider: plain({ upload: () => new Promise(() => undefined) }),
    ports: { clock },
    duplicates: 'reject',
  });
  uploader.add([gone]);
  await clock.advance(100);
  gone.slice = () => {
    throw new DOMException('gone', 'NotFoundError');
  };
  const [id = ''] = uploader.add([photo('other.jpg')]);
  await clock.advance(100);
  expect(statusOf(uploader, id)).toBe('queued');
});
