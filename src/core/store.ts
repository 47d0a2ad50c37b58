import type { UploadId } from './id.ts';
import type { Status, UploadItem } from './item.ts';
import type { Clock } from './ports.ts';
import { doneProgress, noProgress, type Progress, progressOf, Speedometer } from './progress.ts';

/** The whole list in numbers. */
export interface Totals extends Progress {
  /** Items by status, and in all. */
  readonly counts: Readonly<Record<Status, number>>;
  readonly count: number;
}

export type Listener = () => void;
export type Unsubscribe = () => void;

/** What anybody may read. Every read returns the same reference until it changes. */
export interface Reads<Item = UploadItem> {
  getIds(): readonly UploadId[];
  subscribe(listener: Listener): Unsubscribe;
  getItem(id: UploadId): Item | undefined;
  subscribeItem(id: UploadId, listener: Listener): Unsubscribe;
  getProgress(id: UploadId): Progress;
  /** Called at most once per frame, and in the same frame as any change of status. */
  subscribeProgress(id: UploadId, listener: Listener): Unsubscribe;
  getTotals(): Totals;
  /** Called at most ten times a second while bytes move, at once when a status changes. */
  subscribeTotals(listener: Listener): Unsubscribe;
}

export interface Store<Item extends UploadItem = UploadItem> {
  readonly reads: Reads<Item>;
  add(items: readonly Item[]): void;
  /** `fromZero`: what was sent before no longer counts. It can only be so on the way through `queued`. */
  put(item: Item, fromZero?: boolean): void;
  remove(ids: ReadonlySet<UploadId>): void;
  order(ids: readonly UploadId[]): void;
  /** The latest value wins; nobody hears of it before the next frame. */
  report(id: UploadId, sent: number): void;
  /** Ends all timers; reads go on working. */
  rest(): void;
}

interface Cell {
  item: UploadItem;
  sent: number;
  progress: Progress;
  speedometer: Speedometer | null;
  itemListeners: Set<Listener> | null;
  progressListeners: Set<Listener> | null;
}

const noCounts: Record<Status, number> = {
  rejected: 0,
  preparing: 0,
  ready: 0,
  queued: 0,
  uploading: 0,
  waiting: 0,
  paused: 0,
  confirming: 0,
  recording: 0,
  failed: 0,
  cancelled: 0,
  done: 0,
};
export const noTotals: Totals = Object.freeze({ ...noProgress, counts: Object.freeze(noCounts), count: 0 });

/** Rejected and cancelled files are no part of the work, so they are no part of its progress. */
const counts = (status: Status): boolean => status !== 'rejected' && status !== 'cancelled';
const totalsPause = 100;

/**
 * Three channels, so that a byte that moves touches one row: membership, one immutable item per id, and
 * progress cells that are flushed once per frame. A change of status flushes the cell of its item first.
 */
export function createStore<Item extends UploadItem = UploadItem>(clock: Clock): Store<Item> {
  const cells = new Map<UploadId, Cell>();
  const membership = new Set<Listener>();
  const totalsListeners = new Set<Listener>();
  const moved = new Set<UploadId>();
  const speedometer = new Speedometer();
  const tally = { ...noCounts };
  let ids: readonly UploadId[] = [];
  let sentSum = 0;
  let totalSum = 0;
  let totals: Totals | null = noTotals;
  let totalsAt = -Infinity;
  let cancelFrame: (() => void) | null = null;
  let cancelTotals: (() => void) | null = null;

  function weigh(cell: Cell, sign: 1 | -1): void {
    tally[cell.item.status] += sign;
    if (!counts(cell.item.status)) return;
    sentSum += sign * weightSent(cell);
    totalSum += sign * cell.item.size;
  }

  function computeTotals(): Totals {
    const open = tally.preparing + tally.ready + tally.queued + tally.uploading + tally.waiting + tally.paused;
    const unfinished = open + tally.confirming + tally.recording + tally.failed;
    const speed = tally.uploading > 0 ? speedometer.sample(sentSum, clock.now()) : null;
    if (tally.uploading === 0) speedometer.rest();
    const progress = unfinished === 0 && tally.done > 0 ? doneProgress(totalSum) : progressOf(sentSum, totalSum, speed);
    return { ...progress, counts: { ...tally }, count: cells.size };
  }

  function announceTotals(): void {
    cancelTotals?.();
    cancelTotals = null;
    totals = null;
    totalsAt = clock.now();
    notify(totalsListeners);
  }
  function announceTotalsSoon(): void {
    totals = null;
    if (cancelTotals !== null || totalsListeners.size === 0) return;
    cancelTotals = clock.after(Math.max(0, totalsAt + totalsPause - clock.now()), announceTotals);
  }

  function flush(): void {
    cancelFrame = null;
    const ready = [...moved];
    moved.clear();
    for (const id of ready) flushCell(id);
    announceTotalsSoon();
  }
  function flushCell(id: UploadId): void {
    moved.delete(id);
    const cell = cells.get(id);
    if (cell === undefined) return;
    const now = progressFor(cell, clock.now());
    if (same(now, cell.progress)) return;
    cell.progress = now;
    notify(cell.progressListeners);
  }

  function listen(id: UploadId, channel: 'itemListeners' | 'progressListeners', listener: Listener): Unsubscribe {
    const cell = cells.get(id);
    if (cell === undefined) return () => undefined;
    const listeners = (cell[channel] ??= new Set());
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  const reads: Reads<Item> = {
    getIds: () => ids,
    subscribe: (listener) => subscribeTo(membership, listener),
    getItem: (id) => cells.get(id)?.item as Item | undefined,
    subscribeItem: (id, listener) => listen(id, 'itemListeners', listener),
    getProgress: (id) => cells.get(id)?.progress ?? noProgress,
    subscribeProgress: (id, listener) => listen(id, 'progressListeners', listener),
    getTotals: () => (totals ??= computeTotals()),
    subscribeTotals: (listener) => subscribeTo(totalsListeners, listener),
  };

  return {
    reads,
    add(items) {
      if (items.length === 0) return;
      for (const item of items) {
        const progress = progressOf(0, item.size);
        const cell = { item, sent: 0, progress, speedometer: null, itemListeners: null, progressListeners: null };
        cells.set(item.id, cell);
        weigh(cell, 1);
      }
      ids = [...ids, ...items.map(({ id }) => id)];
      notify(membership);
      announceTotals();
    },

    put(item, fromZero = false) {
      const cell = cells.get(item.id);
      if (cell === undefined) return;
      const entered = cell.item.status !== item.status;
      weigh(cell, -1);
      cell.item = item;
      if (fromZero) cell.sent = 0;
      weigh(cell, 1);
      flushCell(item.id);
      notify(cell.itemListeners);
      if (entered) announceTotals();
      else announceTotalsSoon();
    },

    remove(gone) {
      if (gone.size === 0) return;
      for (const id of gone) {
        const cell = cells.get(id);
        if (cell === undefined) continue;
        weigh(cell, -1);
        cells.delete(id);
        moved.delete(id);
        notify(cell.itemListeners);
      }
      ids = ids.filter((id) => !gone.has(id));
      notify(membership);
      announceTotals();
    },

    order(wanted) {
      const known = wanted.filter((id) => cells.has(id));
      const named = new Set(known);
      ids = [...known, ...ids.filter((id) => !named.has(id))];
      notify(membership);
    },

    report(id, sent) {
      const cell = cells.get(id);
      if (cell === undefined) return;
      const within = Math.min(Math.max(cell.sent, sent), cell.item.size);
      if (!(within > cell.sent)) return;
      sentSum += within - cell.sent;
      cell.sent = within;
      moved.add(id);
      cancelFrame ??= clock.frame(flush);
    },

    rest() {
      cancelFrame?.();
      cancelTotals?.();
      cancelFrame = cancelTotals = null;
      for (const id of moved) flushCell(id);
    },
  };
}

/** A file that is stored counts whole, whatever its provider reported of the way there. */
const weightSent = ({ item, sent }: Cell): number =>
  item.status === 'confirming' || item.status === 'recording' || item.status === 'done' ? item.size : sent;

function progressFor(cell: Cell, now: number): Progress {
  const { item } = cell;
  if (item.status === 'done') return doneProgress(item.size);
  if (item.status === 'confirming' || item.status === 'recording')
    return { ...progressOf(item.size, item.size), fraction: 0.99 };
  if (item.status !== 'uploading') return progressOf(cell.sent, item.size);
  return progressOf(cell.sent, item.size, (cell.speedometer ??= new Speedometer()).sample(cell.sent, now));
}

const same = (a: Progress, b: Progress): boolean =>
  a.sent === b.sent && a.total === b.total && a.fraction === b.fraction && a.speed === b.speed;

function subscribeTo(listeners: Set<Listener>, listener: Listener): Unsubscribe {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify(listeners: Set<Listener> | null): void {
  listeners?.forEach((listener) => listener());
}
