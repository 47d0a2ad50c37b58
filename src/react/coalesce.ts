/** How often React may hear of changes: at once when it has been quiet, else ten times a second. */
const pause = 100;

type Subscribe = (listener: () => void) => () => void;

const due = new Set<() => void>();
let last = -Infinity;
let scheduled = false;

/**
 * Gathers the news of all channels of the page into few commits. A thousand files that finish within seconds
 * change status four thousand times; React hears of that in batches, each rendering only the rows that changed.
 */
export const coalesced =
  (subscribe: Subscribe): Subscribe =>
  (listener) => {
    const unsubscribe = subscribe(() => {
      due.add(listener);
      if (scheduled) return;
      scheduled = true;
      setTimeout(flush, Math.max(0, last + pause - performance.now()));
    });
    return () => {
      due.delete(listener);
      unsubscribe();
    };
  };

function flush(): void {
  scheduled = false;
  last = performance.now();
  const listeners = [...due];
  due.clear();
  for (const listener of listeners) listener();
}
