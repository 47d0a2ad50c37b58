import { afterEach, describe, expect, test } from 'vitest';
import { createUploader } from '../../../src/core/create-uploader.ts';
import { isUploadError } from '../../../src/core/errors.ts';
import type { UploadItem } from '../../../src/core/item.ts';
import { defineProvider, type Provider, type UploadContext } from '../../../src/core/provider.ts';
import type { AnyUploader } from '../../../src/core/uploader.ts';
import type { EngineOptions } from '../../../src/core/uploader-options.ts';
import { memory, type MemoryFault } from '../../../src/providers/memory.ts';
import { manualClock, type ManualClock, runMicrotasks } from '../../support/manual-clock.ts';

const photo = (name = 'beach.jpg', size = 1000): File => new File([new Uint8Array(size)], name, { type: 'image/jpeg' });

interface Stage {
  clock: ManualClock;
  uploader: AnyUploader;
  add(...files: Blob[]): string[];
  item(id: string | undefined): UploadItem;
}

function stage(options: EngineOptions & { provider?: Provider; script?: MemoryFault[] } = {}): Stage {
  const clock = manualClock();
  const { script = [], provider = memory({ clock, bandwidth: 10_000, script }) as Provider, ...rest } = options;
  const uploader: AnyUploader = createUploader({ ...rest, provider, ports: { clock } });
  return {
    clock,
    uploader,
    add: (...files) => uploader.add(files),
    item: (id = '') => uploader.getItem(id) as UploadItem,
  };
}

/** A picked file that another program does something to: a pick is only a promise of bytes. */
class Fickle extends File {
  #fate: 'sound' | 'changed' | 'removed' | 'emptied' = 'sound';
  meet(fate: 'changed' | 'removed' | 'emptied'): void {
    this.#fate = fate;
  }
  override slice(...range: [number?, number?, string?]): Blob {
    const part = super.slice(...range);
    if (this.#fate === 'sound') return part;
    if (this.#fate === 'emptied') return new Blob([]);
    const name = this.#fate === 'removed' ? 'NotFoundError' : 'NotReadableError';
    part.arrayBuffer = () => Promise.reject(new DOMException('the file is not what it was', name));
    return part;
  }
}
const fickle = (): Fickle => new Fickle([new Uint8Array(1000)], 'beach.jpg');

describe('files that are not what they were', () => {
  test.each([
    ['a file that changes in mid-upload fails as changed, and is not sent again', 'changed', 'file-changed'],
    ['a file that cannot be read fails as unreadable, and is not sent again', 'removed', 'file-unreadable'],
    ['a file that is emptied in mid-upload fails as changed, and is not sent again', 'emptied', 'file-changed'],
  ] as const)('%s', async (_, fate, code) => {
    // what a browser says of such a file is only that the network failed
    const { clock, add, item } = stage({ script: [{ at: 'upload', fail: 'network', after: 0.5, times: 9 }] });
    const file = fickle();
    const [id] = add(file);
    await clock.advance(10);
    file.meet(fate);
    const began = clock.now();
    await clock.advance(490);
    expect(item(id)).toMatchObject({ status: 'failed', at: 'upload', error: { code, retryable: false } });
    expect(clock.now() - began).toBeLessThan(500);
    await clock.drain();
    expect(item(id).status).toBe('failed');
    expect(clock.timers).toBe(0);
  });

  test('a step that cannot read its file blames the file, not the step', async () => {
    const file = fickle();
    file.meet('removed');
    const { clock, add, item } = stage({ prepare: () => Promise.reject(new Error('decode failed')) });
    const [id] = add(file);
    await clock.drain();
    expect(item(id)).toMatchObject({ status: 'failed', at: 'prepare', error: { code: 'file-unreadable' } });
  });

  test('a sound file is not blamed for the network', async () => {
    const { clock, add, item } = stage({ script: [{ at: 'upload', fail: 'network', times: 9 }] });
    const [id] = add(photo());
    await clock.drain();
    expect(item(id)).toMatchObject({ status: 'failed', error: { code: 'network' } });
  });
});

describe('picks', () => {
  test('ten thousand files at once are one notice, and cancelling them all leaves nothing running', async () => {
    const { clock, uploader, add } = stage();
    let notices = 0;
    uploader.subscribe(() => (notices += 1));
    const ids = add(...Array.from({ length: 10_000 }, (_, index) => photo(`${index}.jpg`, 10)));
    expect(notices).toBe(1);
    expect(new Set(ids).size).toBe(10_000);
    await clock.advance(50);
    uploader.cancel();
    await clock.drain();
    expect(uploader.getTotals().counts.cancelled).toBe(10_000);
    expect(uploader.idle).toBe(true);
    expect(clock.timers).toBe(0);
  });

  test('a pick of nothing is nothing', () => {
    const { uploader, add } = stage();
    let notices = 0;
    uploader.subscribe(() => (notices += 1));
    expect(add()).toEqual([]);
    expect(notices).toBe(0);
  });

  test('any iterable of files will do', async () => {
    const { clock, uploader } = stage();
    const files = function* (): Generator<File> {
      yield photo('a.jpg');
      yield photo('b.jpg');
    };
    uploader.add(files());
    uploader.add(new Set([photo('c.jpg')]));
    await clock.drain();
    expect(uploader.getTotals().counts.done).toBe(3);
  });

  test('the same File object twice is two files', async () => {
    const { clock, uploader, add } = stage();
    const file = photo();
    add(file, file);
    await clock.drain();
    expect(uploader.getTotals().counts.done).toBe(2);
  });

  test('refused files have an id and a reason, and the others go their way', async () => {
    const refused: string[] = [];
    const { clock, item, add } = stage({
      accept: 'image/*',
      onRejected: (problems) => void refused.push(...problems.map(({ name, error }) => `${name} ${error.code}`)),
    });
    const ids = add(photo('empty.jpg', 0), photo('good.jpg'), new File(['x'], 'virus.exe'));
    await clock.drain();
    expect(ids.map((id) => item(id).status)).toEqual(['rejected', 'done', 'rejected']);
    expect(refused).toEqual(['empty.jpg empty', 'virus.exe wrong-type']);
  });
});

describe("the host's functions", () => {
  const uncaught: unknown[] = [];
  const listeners = process.listeners('uncaughtException');
  /** What nobody catches is seen here and not by the runner, which would call the test failed. */
  function watchUncaught(): void {
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => uncaught.push(error));
  }
  afterEach(() => {
    process.removeAllListeners('uncaughtException');
    for (const listener of listeners) process.on('uncaughtException', listener);
    uncaught.length = 0;
  });

  test('callbacks that throw are reported as uncaught, and harm no file', async () => {
    watchUncaught();
    const thrower = (name: string) => (): never => {
      throw new Error(name);
    };
    const { clock, uploader, add } = stage({
      maxFiles: 2,
      onError: thrower('onError'),
      onRejected: thrower('onRejected'),
      onSettled: thrower('onSettled'),
      script: [{ at: 'upload', fail: 'forbidden', name: 'bad.jpg' }],
    });
    add(photo('bad.jpg'), photo('good.jpg'), photo('third.jpg'));
    await clock.drain();
    expect(uploader.getTotals().counts).toMatchObject({ done: 1, failed: 1, rejected: 1 });
    expect(uncaught.map((error) => (error as Error).message).toSorted()).toEqual([
      'onError',
      'onRejected',
      'onSettled',
    ]);
  });

  test('a prepare step that throws fails that file, and names the step', async () => {
    const { clock, add, item } = stage({
      prepare(file, { name }) {
        if (name === 'bad.jpg') throw new Error('no');
        return file;
      },
    });
    const [bad, good] = add(photo('bad.jpg'), photo('good.jpg'));
    await clock.drain();
    expect(item(bad)).toMatchObject({
      status: 'failed',
      at: 'prepare',
      error: { code: 'prepare-failed', details: { step: 'prepare' } },
    });
    expect(item(good).status).toBe('done');
  });

  test('a prepare step that never ends can be cancelled, and lets the next file in', async () => {
    const aborted: string[] = [];
    const { clock, uploader, add, item } = stage({
      prepare: (file, { name, signal }) =>
        name.startsWith('stuck')
          ? new Promise((_, reject) => {
              signal.addEventListener('abort', () => {
                aborted.push(name);
                reject(signal.reason as Error);
              });
            })
          : file,
    });
    const [one, two, next] = add(photo('stuck-1.jpg'), photo('stuck-2.jpg'), photo('next.jpg'));
    await clock.advance(60_000);
    expect(item(next).status).toBe('preparing');
    for (const id of [one, two]) uploader.cancel(id);
    await clock.drain();
    expect(item(next).status).toBe('done');
    expect(aborted).toEqual(['stuck-1.jpg', 'stuck-2.jpg']);
  });

  test('a prepare step that ends after the cancel changes nothing any more', async () => {
    const { clock, uploader, add, item } = stage({
      prepare: (file) => new Promise((resolve) => void clock.after(5000, () => resolve(file))),
    });
    const [id] = add(photo());
    await clock.advance(100);
    uploader.cancel(id);
    await clock.drain();
    expect(item(id).status).toBe('cancelled');
  });

  test('a prepare step that makes the file too large, or empty, is found out', async () => {
    for (const [size, code] of [
      [5000, 'too-large'],
      [0, 'empty'],
    ] as const) {
      const { clock, add, item } = stage({ maxSize: 2000, prepare: () => new Blob([new Uint8Array(size)]) });
      const [id] = add(photo());
      // oxlint-disable-next-line no-await-in-loop -- one size after the other
      await clock.drain();
      expect(item(id)).toMatchObject({ status: 'failed', at: 'prepare', error: { code } });
    }
  });

  test('onUploaded is read when it is called, not when the file was added', async () => {
    const called: string[] = [];
    const { clock, uploader, add } = stage({ onUploaded: () => void called.push('old') });
    add(photo());
    await clock.advance(50);
    uploader.configure({ onUploaded: () => void called.push('new') });
    await clock.drain();
    expect(called).toEqual(['new']);
  });
});

describe('providers that misbehave', () => {
  const providerOf = (upload: Provider['upload'], more: Partial<Provider> = {}): Provider => ({
    name: 'odd',
    capabilities: { progress: true, abort: true, resume: false, width: 2 },
    upload,
    ...more,
  });
  const arrived = (context: UploadContext) => ({
    checkpoint: null,
    stored: { key: context.id, url: null, data: null },
  });

  test('one that throws at once is a failure with a code, tried as often as any other', async () => {
    let tries = 0;
    const { clock, add, item } = stage({
      provider: providerOf(() => {
        tries += 1;
        throw new Error('not even a promise');
      }),
    });
    const [id] = add(photo());
    await clock.drain();
    expect(item(id)).toMatchObject({
      status: 'failed',
      error: { code: 'provider-failed', details: { provider: 'odd' } },
    });
    expect(tries).toBe(4);
  });

  test('one without confirm() that says nothing of what is stored is told what is missing', async () => {
    const { clock, add, item } = stage({ provider: providerOf(async () => ({ checkpoint: null })) });
    const [id] = add(photo());
    await clock.drain();
    const failed = item(id);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'provider-failed', retryable: false } });
    expect(failed.status === 'failed' && failed.error.message).toMatch(/stored.*confirm\(\)/);
  });

  test('one that counts wrong never shows more than all, nor less than before', async () => {
    const { clock, uploader, add, item } = stage({
      provider: providerOf((_, context) =>
        context.data(1000, async () => {
          for (const sent of [500, -1, Number.NaN, 100, Infinity, 1e9]) {
            context.progress(sent);
            // oxlint-disable-next-line no-await-in-loop -- one report after the other
            await new Promise<void>((resolve) => void clock.after(20, resolve));
          }
          return arrived(context);
        }),
      ),
    });
    const [id = ''] = add(photo());
    const seen: number[] = [];
    uploader.subscribeProgress(id, () => seen.push(uploader.getProgress(id).fraction));
    await clock.drain();
    expect(item(id).status).toBe('done');
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
    expect(seen.filter((fraction) => fraction === 1)).toHaveLength(1);
  });

  test('one that talks on after its end is not listened to', async () => {
    const { clock, add, item } = stage({
      provider: providerOf(async (_, context) => {
        clock.after(5000, () => {
          context.progress(1);
          context.bodySent();
          context.save({ late: true });
        });
        return context.data(1000, async () => arrived(context));
      }),
    });
    const [id] = add(photo());
    await clock.drain();
    expect(item(id).status).toBe('done');
    expect(clock.timers).toBe(0);
  });

  test('one that never answers ends at the limit, whatever it waits for', async () => {
    const { clock, add, item } = stage({ provider: providerOf(() => new Promise(() => undefined)) });
    const [id] = add(photo());
    await clock.drain();
    expect(item(id)).toMatchObject({ status: 'failed', error: { code: 'timeout' } });
    expect(clock.timers).toBe(0);
  });

  test('one that hears no abort, and arrives after the cancel, is told to give it up', async () => {
    const discarded: unknown[] = [];
    const { clock, uploader, add, item } = stage({
      provider: providerOf(
        (_, context) =>
          context.data(1000, async () => {
            await new Promise<void>((resolve) => void clock.after(3000, resolve));
            return { checkpoint: { key: context.id } };
          }),
        {
          capabilities: { progress: false, abort: false, resume: false, width: 2 },
          confirm: async (_, context) => arrived(context).stored,
          discard: async (checkpoint) => void discarded.push(checkpoint),
        },
      ),
    });
    const [id] = add(photo());
    await clock.advance(100);
    uploader.cancel(id);
    await clock.drain();
    expect(item(id).status).toBe('cancelled');
    expect(discarded).toEqual([{ key: id }]);
  });
});

describe('misuse', () => {
  test('commands for a file that is not there do nothing', async () => {
    const { clock, uploader } = stage();
    for (const command of ['pause', 'resume', 'cancel', 'retry', 'remove'] as const) uploader[command]('nobody');
    uploader.start(['nobody']);
    uploader.reorder(['nobody']);
    await uploader.update('nobody', { name: 'x' });
    await uploader.erase('nobody');
    expect(await uploader.settled(['nobody'])).toEqual({ records: [], problems: [] });
    await clock.drain();
    expect(uploader.getIds()).toEqual([]);
  });

  test('a provider without a name, an upload or a slot is told what it needs', () => {
    const sound = memory() as Provider;
    expect(() => defineProvider({ ...sound, name: '' })).toThrow(/name/);
    expect(() => defineProvider({ ...sound, upload: undefined as unknown as Provider['upload'] })).toThrow(/upload/);
    expect(() => defineProvider({ ...sound, capabilities: { ...sound.capabilities, width: 0 } })).toThrow(/width/);
  });

  test('erasing where nothing can be erased rejects, says so, and keeps the file', async () => {
    const { remove: _, ...without } = memory() as Provider;
    const { clock, uploader, add, item } = stage({ provider: without });
    const [id = ''] = add(photo());
    await uploader.settled();
    await runMicrotasks();
    await clock.drain();
    const error: unknown = await uploader.erase(id).catch((thrown: unknown) => thrown);
    expect(isUploadError(error, 'provider-failed')).toBe(true);
    expect((error as Error).message).toContain('has no remove()');
    expect(item(id).status).toBe('done');
  });
});
