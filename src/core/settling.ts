import type { UploadId } from './id.ts';
import { isTerminal, type UploadItem } from './item.ts';
import type { Problem, Settlement } from './uploader-options.ts';

/** Who waits for which items to come to their end, and what has come to its end since the last rest. */
export interface Settling {
  wait(ids: readonly UploadId[]): Promise<Settlement>;
  /** An item has come to its end, or has left the list. */
  ended(id: UploadId): void;
  /** What has come to its end since the last call. */
  rest(): Settlement;
}

export function createSettling(itemOf: (id: UploadId) => UploadItem | undefined): Settling {
  const waiters = new Set<() => void>();
  let fresh = new Set<UploadId>();

  function gather(ids: Iterable<UploadId>): Settlement {
    const items = Array.from(ids, itemOf).filter((item) => item !== undefined);
    return {
      records: items.flatMap((item) => (item.status === 'done' ? [item.record] : [])),
      problems: items.flatMap(problemsOf),
    };
  }
  const isOver = (id: UploadId): boolean => isTerminal(itemOf(id)?.status ?? 'done');

  return {
    wait: (ids) =>
      new Promise((resolve) => {
        // looked at from the back, and never twice: who waits for ten thousand must not count them each time
        let left = ids.length;
        const check = (): void => {
          while (left > 0 && isOver(ids[left - 1] ?? '')) left -= 1;
          if (left > 0) return;
          waiters.delete(check);
          resolve(gather(ids));
        };
        waiters.add(check);
        check();
      }),
    ended(id) {
      fresh.add(id);
      for (const check of waiters) check();
    },
    rest() {
      const settlement = gather(fresh);
      fresh = new Set();
      return settlement;
    },
  };
}

export function problemsOf(item: UploadItem): Problem[] {
  const { id, name } = item;
  if (item.status === 'rejected') return item.problems.map((error) => ({ id, name, error }));
  return item.status === 'failed' ? [{ id, name, error: item.error }] : [];
}
