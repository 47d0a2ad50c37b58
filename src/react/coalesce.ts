import { tellHost } from '../core/tell-host.ts';

/** How often React may hear of changes: at once when it has been quiet, else ten times a second. */
const pause = 100;

type Subscribe = (listener: () => void) => () => void;

const due = new Set<() => void>();
const never = -Infinity;
let last = never;
let dueAt = never;

/**
 * Gathers the news of all channels of the page into few commits. A thousand files that finish within seconds
 * change status four thousand times; React hears of that in batches, each rendering only the rows that changed.
 */
export const coalesced =
  (subscribe: Subscribe): Subscribe =>
  (listener) => {
    const unsubscribe = subscribe(() => {
      due.add(listener);
      schedule();
    });
    return () => {
      due.delete(listener);
      if (due.size === 0) dueAt = never;
      unsubscribe();
    };
  };

/** In tests, clocks are put back and timers are taken away with them: neither may silence the page for good. */
function schedule(): void {
  const now = performance.now();
  if (Math.abs(now - dueAt) <= pause) return;
  const wait = Math.min(pause, Math.max(0, last + pause - now));
  dueAt = now + wait;
  setTimeout(flush, wait);
}

function flush(): void {
  if (due.size === 0) return;
  dueAt = never;
  last = performance.now();
  const listeners = [...due];
  due.clear();
  listeners.forEach(tellHost);
}
