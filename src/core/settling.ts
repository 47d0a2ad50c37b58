import type { UploadId } from './id.ts';
import { isTerminal, type UploadItem } from './item.ts';
import type { Problem, Settlement } from './uploader-options.ts';

/** Who waits for which items to come to their end, and what has come to its end since the last rest. */
export interface Settling {
  wait(ids: readonly UploadId[]): Promise<Settlement>;
  /** An item has come to its end, or has left the list. */
  ended(id: UploadId): void;
  /** Everything is at its end: tells, once. */
  rest(): Settlement | null;
}

interface Waiter {
  ids: readonly UploadId[];
  open: Set<UploadId>;
  resolve(settlement: Settlement): void;
}

export function createSettling(itemOf: (id: UploadId) => UploadItem | undefined): Settling {
  const waiters = new Set<Waiter>();
  let fresh: UploadId[] = [];

  function gather(ids: readonly UploadId[]): Settlement {
    const items = ids.map(itemOf).filter((item) => item !== undefined);
    return {
      records: items.flatMap((item) => (item.status === 'done' ? [item.record] : [])),
      problems: items.flatMap((item) => problemsOf(item)),
    };
  }
  const isOpen = (id: UploadId): boolean => {
    const item = itemOf(id);
    return item !== undefined && !isTerminal(item.status);
  };

  return {
    wait(ids) {
      const open = new Set(ids.filter(isOpen));
      if (open.size === 0) return Promise.resolve(gather(ids));
      return new Promise((resolve) => {
        waiters.add({ ids, open, resolve });
      });
    },
    ended(id) {
      fresh.push(id);
      for (const waiter of waiters) {
        if (!waiter.open.delete(id) || waiter.open.size > 0) continue;
        waiters.delete(waiter);
        waiter.resolve(gather(waiter.ids));
      }
    },
    rest() {
      if (fresh.length === 0) return null;
      const settlement = gather([...new Set(fresh)]);
      fresh = [];
      return settlement;
    },
  };
}

export function problemsOf(item: UploadItem): Problem[] {
  const { id, name } = item;
  if (item.status === 'rejected') return item.problems.map((error) => ({ id, name, error }));
  return item.status === 'failed' ? [{ id, name, error: item.error }] : [];
}
