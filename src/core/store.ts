import type { UploadId } from './id.ts';
import { type Status, statuses, type UploadItem } from './item.ts';
import type { Clock } from './ports.ts';
import { doneProgress, noProgress, type Progress, progressOf, Speedometer } from './progress.ts';
import { tellHost } from './tell-host.ts';

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
  speedometer?: Speedometer;
  /** Made for who listens only: most of ten thousand rows are never on screen. */
  itemListeners?: Set<Listener>;
  progressListeners?: Set<Listener>;
}

const noCounts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>;
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
  const moved = new Set<Cell>();
  let speedometer = new Speedometer();
  const tally = { ...noCounts };
  let ids: readonly UploadId[] = [];
  let sentSum = 0;
  let totalSum = 0;
  let totals: Totals | null = null;
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
    const unfinished = cells.size - tally.done - tally.rejected - tally.cancelled;
    const speed = tally.uploading > 0 ? speedometer.sample(sentSum, clock.now()) : null;
    if (tally.uploading === 0) speedometer = new Speedometer();
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
    moved.forEach(flushCell);
    announceTotalsSoon();
  }
  function flushCell(cell: Cell): void {
    moved.delete(cell);
    const now = progressFor(cell, clock.now());
    if (same(now, cell.progress)) return;
    cell.progress = now;
    notify(cell.progressListeners);
  }

  function listen(id: UploadId, channel: 'itemListeners' | 'progressListeners', listener: Listener): Unsubscribe {
    const cell = cells.get(id);
    return cell === undefined ? () => undefined : subscribeTo((cell[channel] ??= new Set()), listener);
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
        const cell = { item, sent: 0, progress: progressOf(0, item.size) };
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
      flushCell(cell);
      notify(cell.itemListeners);
      if (entered) announceTotals();
      else announceTotalsSoon();
    },

    remove(gone) {
      for (const id of gone) {
        const cell = cells.get(id);
        if (cell === undefined) continue;
        weigh(cell, -1);
        cells.delete(id);
        moved.delete(cell);
        notify(cell.itemListeners);
      }
      ids = ids.filter((id) => !gone.has(id));
      notify(membership);
      announceTotals();
    },

    order(wanted) {
      ids = [...new Set([...wanted.filter((id) => cells.has(id)), ...ids])];
      notify(membership);
    },

    report(id, sent) {
      const cell = cells.get(id);
      if (cell === undefined) return;
      const within = Math.min(Math.max(cell.sent, sent), cell.item.size);
      if (!(within > cell.sent)) return;
      sentSum += within - cell.sent;
      cell.sent = within;
      moved.add(cell);
      cancelFrame ??= clock.frame(flush);
    },

    rest() {
      cancelFrame?.();
      cancelTotals?.();
      cancelFrame = cancelTotals = null;
      moved.forEach(flushCell);
    },
  };
}

/** A file that is stored counts whole, whatever its provider reported of the way there. */
const weightSent = ({ item, sent }: Cell): number =>
  item.status === 'confirming' || item.status === 'recording' || item.status === 'done' ? item.size : sent;

function progressFor(cell: Cell, now: number): Progress {
  const { size, status } = cell.item;
  const sent = weightSent(cell);
  if (status === 'done') return doneProgress(size);
  const speed = status === 'uploading' ? (cell.speedometer ??= new Speedometer()).sample(sent, now) : null;
  // an empty file, too, is all but there while it is proven and saved
  return progressOf(sent, size, speed, status === 'confirming' || status === 'recording' ? 0.99 : undefined);
}

const same = (a: Progress, b: Progress): boolean =>
  a.sent === b.sent && a.fraction === b.fraction && a.speed === b.speed && a.total === b.total;

function subscribeTo(listeners: Set<Listener>, listener: Listener): Unsubscribe {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Those who listen now; who comes meanwhile hears of the next change. */
const notify = (listeners: Iterable<Listener> = []): void => [...listeners].forEach(tellHost);
