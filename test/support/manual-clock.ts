// the engine loads its journey when it is first needed: under a clock of our own it has to be there already
import '../../src/core/journey.ts';
import '../../src/core/prepare-steps.ts';
import '../../src/providers/memory/keep.ts';
import type { Clock } from '../../src/core/ports.ts';

/** Time that passes when the test says so; between two timers everything that can run has run. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): Promise<void>;
  /** Until nothing is left to wait for, or the limit is reached. */
  drain(limit?: number): Promise<void>;
  readonly timers: number;
}

export async function runMicrotasks(): Promise<void> {
  // a real turn of the event loop: every promise chain, however long, has then run out
  await new Promise((resolve) => setImmediate(resolve));
}

export function manualClock(start = 1_700_000_000_000): ManualClock {
  let now = start;
  let order = 0;
  const timers = new Map<number, { at: number; task: () => void }>();
  const set = (milliseconds: number, task: () => void): (() => void) => {
    const key = (order += 1);
    timers.set(key, { at: now + Math.max(0, milliseconds), task });
    return () => timers.delete(key);
  };
  const due = (): [number, { at: number; task: () => void }] | undefined => {
    let first: [number, { at: number; task: () => void }] | undefined;
    for (const entry of timers) if (first === undefined || entry[1].at < first[1].at) first = entry;
    return first;
  };
  async function advance(milliseconds: number): Promise<void> {
    const end = now + milliseconds;
    await runMicrotasks();
    for (let next = due(); next !== undefined && next[1].at <= end; next = due()) {
      now = Math.max(now, next[1].at);
      timers.delete(next[0]);
      next[1].task();
      await runMicrotasks();
    }
    now = end;
  }
  return {
    now: () => now,
    after: set,
    frame: (task) => set(16, task),
    advance,
    async drain(limit = 3_600_000) {
      const end = now + limit;
      await runMicrotasks();
      for (let next = due(); next !== undefined && next[1].at <= end; next = due()) await advance(next[1].at - now);
    },
    get timers() {
      return timers.size;
    },
  };
}
