import { GrantRate, lookAhead } from './look-ahead.ts';
import type { AnyProvider } from './provider.ts';
import { createLane, type Lane } from './queue.ts';
import { RetryBudget } from './retry.ts';
import type { Rules } from './rules.ts';

/** What all items of one provider share: its lanes, its line at the quay, and what was learnt of its pace. */
export interface Fleet {
  readonly lanes: { readonly control: Lane; readonly data: Lane };
  readonly budget: RetryBudget;
  /** The provider's own limits, asked once per kind. */
  readonly limits: Map<string, Promise<Partial<Rules>>>;
  /** Lets the caller aboard when its turn comes: at once while there is room, in batches after that. */
  enter(admit: () => void, first?: boolean): Passage;
  learnLife(milliseconds: number): void;
}

/** One stay in the line and in the look-ahead. */
export interface Passage {
  /** The first data slot is granted: the place in the look-ahead is free again. */
  granted(now: number): void;
  /** Out of line or look-ahead for any other reason. Safe to call more than once. */
  leave(): void;
}

const controlWidth = 2;
/** With the control lane, as many requests as a browser opens to one HTTP/1.1 host. */
const defaultWidth = 4;
const largeFrom = 4e6;

export function createFleet(provider: AnyProvider, concurrency = defaultWidth): Fleet {
  const data = createLane({ width: Math.max(1, Math.min(provider.capabilities.width, concurrency)), largeFrom });
  const rate = new GrantRate(data.width);
  let line: { admit: () => void; live: boolean }[] = [];
  let life: number | null = null;
  let ahead = 0;
  let refilling = false;
  let called = false;

  function refill(): void {
    called = false;
    const { high, low } = lookAhead({ width: data.width, life, rate: rate.perMillisecond });
    if (refilling || ahead > low) return;
    // letting one in may make another leave, which must not start a second loop inside this one
    refilling = true;
    let taken = 0;
    while (ahead < high && taken < line.length) {
      const entry = line[taken];
      taken += 1;
      if (entry?.live !== true) continue;
      entry.live = false;
      ahead += 1;
      entry.admit();
    }
    line = line.slice(taken);
    refilling = false;
  }

  return {
    lanes: { control: createLane({ width: controlWidth }), data },
    budget: new RetryBudget(),
    limits: new Map(),
    learnLife(milliseconds) {
      if (!Number.isNaN(milliseconds)) life = Math.max(0, milliseconds);
    },
    enter(admit, first = false) {
      let place: 'line' | 'ahead' | 'gone' = 'line';
      const entry = {
        live: true,
        admit() {
          place = 'ahead';
          admit();
        },
      };
      if (first) line.unshift(entry);
      else line.push(entry);
      const leave = (): void => {
        if (place === 'ahead') ahead -= 1;
        entry.live = false;
        const wasAhead = place === 'ahead';
        place = 'gone';
        if (wasAhead) refill();
      };
      const passage = {
        leave,
        granted(now: number) {
          if (place !== 'ahead') return;
          rate.add(now);
          leave();
        },
      };
      // the caller gets its passage before it can be let in, and many that enter at once are let in at once
      if (!called) queueMicrotask(refill);
      called = true;
      return passage;
    },
  };
}
