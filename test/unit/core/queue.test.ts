import { describe, expect, test } from 'vitest';
import { createLane, type Lane } from '../../../src/core/queue.ts';
import { runMicrotasks } from '../../support/manual-clock.ts';

interface Job {
  name: string;
  running: boolean;
  result: Promise<unknown>;
  finish(): Promise<void>;
  fail(): Promise<void>;
  abort(): Promise<void>;
}

function enter(lane: Lane, name: string, options: { bytes?: number; holdUntilSettled?: boolean } = {}): Job {
  const stopper = new AbortController();
  let resolve: (value: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const job: Job = {
    name,
    running: false,
    result: Promise.resolve(),
    async finish() {
      resolve(name);
      await runMicrotasks();
    },
    async fail() {
      reject(new Error(name));
      await runMicrotasks();
    },
    async abort() {
      stopper.abort('cancel');
      // a task that can be stopped ends with its signal
      if (options.holdUntilSettled !== true) reject(new Error('stopped'));
      await runMicrotasks();
    },
  };
  const task = (): Promise<string> => {
    job.running = true;
    return new Promise<string>((settle, refuse) => {
      resolve = settle;
      reject = refuse;
    }).finally(() => (job.running = false));
  };
  job.result = lane.run(task, { signal: stopper.signal, ...options }).catch((error: unknown) => error);
  return job;
}

const running = (jobs: readonly Job[]): string =>
  jobs
    .filter((job) => job.running)
    .map(({ name }) => name)
    .join(' ');
const many = (lane: Lane, count: number): Job[] => Array.from({ length: count }, (_, index) => enter(lane, `${index}`));

describe('fairness', () => {
  test('no more run than there are slots, and the next in line follows', async () => {
    const lane = createLane({ width: 2 });
    const jobs = many(lane, 4);
    expect(running(jobs)).toBe('0 1');
    await jobs[1]?.finish();
    expect(running(jobs)).toBe('0 2');
    expect(lane.waiting).toBe(1);
  });

  test('small files get past large ones: one slot is never given to a large one', async () => {
    const lane = createLane({ width: 3, largeFrom: 100 });
    const large = ['L1', 'L2', 'L3'].map((name) => enter(lane, name, { bytes: 1000 }));
    const small = ['s1', 's2'].map((name) => enter(lane, name, { bytes: 10 }));
    expect(running([...large, ...small])).toBe('L1 L2 s1');
    await small[0]?.finish();
    expect(running([...large, ...small])).toBe('L1 L2 s2');
    await large[0]?.finish();
    expect(running([...large, ...small])).toBe('L2 L3 s2');
  });

  test('with one slot, a large file is not kept out for ever', () => {
    const lane = createLane({ width: 1, largeFrom: 100 });
    expect(running([enter(lane, 'L', { bytes: 1000 })])).toBe('L');
  });
});

describe('the pool never shrinks', () => {
  test('failing, cancelling and cancelling in line all give their place back', async () => {
    const lane = createLane({ width: 2 });
    const jobs = many(lane, 8);
    await jobs[0]?.fail();
    await jobs[1]?.abort();
    await jobs[5]?.abort();
    expect(running(jobs)).toBe('2 3');
    await jobs[2]?.finish();
    await jobs[3]?.finish();
    expect(running(jobs)).toBe('4 6');
    expect(lane.running).toBe(2);
  });

  test('a task that throws before it begins is a rejection, and gives its place back', async () => {
    const lane = createLane({ width: 1 });
    const thrown = lane.run(
      () => {
        throw new Error('at once');
      },
      { signal: new AbortController().signal },
    );
    await expect(thrown).rejects.toThrow('at once');
    expect(running([enter(lane, 'next')])).toBe('next');
  });

  test('what cannot be stopped keeps its place until its end, and then gives it back', async () => {
    const lane = createLane({ width: 1 });
    const stuck = enter(lane, 'stuck', { holdUntilSettled: true });
    const next = enter(lane, 'next');
    await stuck.abort();
    expect(running([stuck, next])).toBe('stuck');
    await stuck.finish();
    expect(running([stuck, next])).toBe('next');
    expect(await stuck.result).toBe('stuck');
  });

  test('one that has left before it entered takes no place', async () => {
    const lane = createLane({ width: 1 });
    const gone = lane.run(() => Promise.resolve('ran'), { signal: AbortSignal.abort('cancel') });
    await expect(gone).rejects.toBe('cancel');
    expect(lane.running).toBe(0);
  });
});

describe('a store that asks for patience', () => {
  test('halves the width, down to one, and no further', () => {
    const lane = createLane({ width: 6 });
    const widths = [1, 2, 3, 4].map(() => {
      lane.slowDown();
      return lane.width;
    });
    expect(widths).toEqual([3, 1, 1, 1]);
  });

  test('lets those that run end, and starts no other above the new width', async () => {
    const lane = createLane({ width: 4 });
    const jobs = many(lane, 8);
    lane.slowDown();
    expect(lane.running).toBe(4);
    await jobs[0]?.fail();
    await jobs[1]?.fail();
    expect(running(jobs)).toBe('2 3');
    await jobs[2]?.fail();
    expect(running(jobs)).toBe('3 4');
  });

  test('gets one place back for every full round that goes well, until it is whole', async () => {
    const lane = createLane({ width: 4 });
    lane.slowDown();
    const widths: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const job = enter(lane, `${round}`);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await job.finish();
      widths.push(lane.width);
    }
    expect(widths).toEqual([2, 3, 3, 3, 4, 4, 4, 4]);
  });

  test('a failure begins the counting anew', async () => {
    const lane = createLane({ width: 4 });
    lane.slowDown();
    await enter(lane, 'well').finish();
    await enter(lane, 'badly').fail();
    await enter(lane, 'well').finish();
    expect(lane.width).toBe(2);
  });
});
