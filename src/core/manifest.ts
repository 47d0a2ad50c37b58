import type { UploadId } from './id.ts';
import { isTerminal, itemIn, type UploadItem } from './item.ts';
import type { Clock } from './ports.ts';
import { createSettling } from './settling.ts';
import { createStore, type Store } from './store.ts';
import { type Event, next, type State, stateOf } from './transitions.ts';
import type { Settlement } from './uploader-options.ts';
import type { Voyage } from './voyage.ts';

/** Who is aboard and in which status: the one place where items change. */
export interface Manifest {
  readonly store: Store;
  readonly voyages: ReadonlyMap<UploadId, Voyage>;
  /** Applies one event by the table. False where the table knows nothing of it: then nothing has happened. */
  move(voyage: Voyage, event: Event, fields?: object): boolean;
  /** Whether the table knows such an event where the item stands. */
  can(voyage: Voyage, event: Event): boolean;
  /** New facts in the same status. */
  amend(voyage: Voyage, facts: object): void;
  /** Takes items up, all with one notice. Those without a voyage have been refused already. */
  board(items: readonly UploadItem[], voyages: readonly Voyage[]): void;
  drop(ids: ReadonlySet<UploadId>): void;
  settled(ids: readonly UploadId[]): Promise<Settlement>;
  /** Nothing is on its way. */
  readonly idle: boolean;
}

export function createManifest(clock: Clock, onRest: (settlement: Settlement) => void): Manifest {
  const store = createStore(clock);
  const voyages = new Map<UploadId, Voyage>();
  const settling = createSettling((id) => store.reads.getItem(id));
  let open = 0;
  let onTheirWay = 0;

  function count(item: UploadItem, sign: 1 | -1): void {
    if (!isTerminal(item.status)) open += sign;
    if (isOnItsWay(item)) onTheirWay += sign;
  }

  function show(voyage: Voyage, state: State, fields: object): void {
    const before = voyage.item;
    const item = itemIn(state, before, fields);
    voyage.item = item;
    // an item that was removed may still be ending its journey, unseen
    if (voyages.get(item.id) !== voyage) return;
    const resumes = voyage.provider.capabilities.resume && voyage.checkpoint !== undefined;
    store.put(item, state === 'preparing' || (state === 'queued' && !resumes));
    count(before, -1);
    count(item, 1);
    if (isTerminal(item.status) && !isTerminal(before.status)) comeToEnd([item]);
  }

  function comeToEnd(items: readonly UploadItem[]): void {
    for (const { id } of items) settling.ended(id);
    if (open > 0) return;
    const settlement = settling.rest();
    store.rest();
    if (settlement.records.length + settlement.problems.length > 0) onRest(settlement);
  }

  return {
    store,
    voyages,
    move(voyage, event, fields = {}) {
      const to = next(stateOf(voyage.item), event);
      if (to !== null) show(voyage, to, fields);
      return to !== null;
    },
    can: (voyage, event) => next(stateOf(voyage.item), event) !== null,
    amend: (voyage, facts) => show(voyage, stateOf(voyage.item), { ...voyage.item, ...facts }),
    board(items, embarking) {
      for (const voyage of embarking) {
        voyages.set(voyage.item.id, voyage);
        count(voyage.item, 1);
      }
      store.add(items);
      comeToEnd(items.filter(({ status }) => isTerminal(status)));
    },
    drop(ids) {
      const gone = [...ids].map((id) => store.reads.getItem(id)).filter((item) => item !== undefined);
      for (const item of gone) {
        if (voyages.delete(item.id)) count(item, -1);
      }
      store.remove(ids);
      comeToEnd(gone);
    },
    settled: settling.wait,
    get idle() {
      return onTheirWay === 0;
    },
  };
}

/** Moves by itself, and needs nobody. */
export const isOnItsWay = ({ status }: UploadItem): boolean =>
  !isTerminal(status) && status !== 'paused' && status !== 'ready';
