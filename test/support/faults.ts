import type { Query, RecordStore, Storage } from '../../src/server/index.ts';

/** The same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * `killed-before` and `killed-after` end the process at that call, without or with its effect; `reply-lost` lets the
 * call happen and the process live, without an answer; `frozen-before` and `frozen-after` let it sleep past its lease
 * and go on as if nothing had been.
 */
export const faultKinds = ['killed-before', 'killed-after', 'reply-lost', 'frozen-before', 'frozen-after'] as const;
export interface Fault {
  at: number;
  kind: (typeof faultKinds)[number];
}

/** One process: every call to the world outside goes through it, and may be its last. */
export interface Process {
  readonly calls: number;
  readonly dead: boolean;
  /** `holding` says that a transaction is open: a process that sleeps there would only hold up everybody. */
  outside<T>(run: () => Promise<T>, holding?: 'holding'): Promise<T>;
  /** Resolves when the process has begun to sleep; for ever pending where it never does. */
  readonly frozen: Promise<void>;
  thaw(): void;
}

class Killed extends Error {}

export function startProcess(random: () => number, fault: Fault | null): Process {
  let calls = 0;
  let dead = false;
  let thaw = (): void => undefined;
  const thawed = new Promise<void>((resolve) => (thaw = resolve));
  let freeze = (): void => undefined;
  const frozen = new Promise<void>((resolve) => (freeze = resolve));
  const sleep = (): Promise<void> => (freeze(), thawed);
  const die = (): never => {
    dead = true;
    throw new Killed('this process is dead');
  };
  return {
    get calls() {
      return calls;
    },
    get dead() {
      return dead;
    },
    frozen,
    thaw: () => thaw(),
    async outside(run, holding) {
      if (dead) die();
      const mine = (calls += 1) === fault?.at ? fault.kind : null;
      // others get their turn: here schedules differ
      for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (mine === 'killed-before') die();
      if (mine === 'frozen-before' && holding === undefined) await sleep();
      const value = await run();
      if (mine === 'killed-after') die();
      if (mine === 'frozen-after' && holding === undefined) await sleep();
      if (mine === 'reply-lost') throw new Error('connection reset by peer');
      return value;
    },
  };
}

export function storageThrough(process: Process, storage: Storage): Storage {
  const { outside } = process;
  return {
    ...storage,
    head: (...args) => outside(() => storage.head(...args)),
    read: (...args) => outside(() => storage.read(...args)),
    write: (...args) => outside(() => storage.write(...args)),
    promote: (...args) => outside(() => storage.promote(...args)),
    erase: (...args) => outside(() => storage.erase(...args)),
  };
}

export function recordsThrough(process: Process, records: RecordStore, holding?: 'holding'): RecordStore {
  const outside = <T>(run: () => Promise<T>): Promise<T> => process.outside(run, holding);
  const { transaction } = records;
  return {
    insert: (...args) => outside(() => records.insert(...args)),
    find: (...args) => outside(() => records.find(...args)),
    findStored: (...args) => outside(() => records.findStored(...args)),
    list: (...args) => outside(() => records.list(...args)),
    change: (...args) => outside(() => records.change(...args)),
    take: (...args) => outside(() => records.take(...args)),
    drop: (...args) => outside(() => records.drop(...args)),
    count: (...args) => outside(() => records.count(...args)),
    tidy: (...args) => outside(() => records.tidy(...args)),
    fence: (...args) => outside(() => records.fence(...args)),
    ...(transaction === undefined
      ? {}
      : {
          transaction: (run, owner) =>
            outside(() =>
              transaction((inside, tx) => {
                const query: Query = (...args) => process.outside(() => tx(...args), 'holding');
                return run(recordsThrough(process, inside, 'holding'), query);
              }, owner),
            ),
        }),
  };
}
