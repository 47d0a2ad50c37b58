import type { CropState } from '../../core/crop-state.ts';
import type { UploadError } from '../../core/errors.ts';
import {
  type CropLimits,
  type CropMode,
  contain,
  frameOf,
  initialCrop,
  largestFrame,
  setAspect,
  turnTo,
  turnedSize,
  zoomOf,
} from '../../image/geometry.ts';
import type { Size } from '../../image/matrix.ts';

/** Why a state was committed. */
export type CropReason =
  | 'moved'
  | 'zoomed'
  | 'resized'
  | 'turned'
  | 'flipped'
  | 'aspect'
  | 'reset'
  | 'undone'
  | 'redone';

export interface CropSettings {
  mode: CropMode;
  limits: CropLimits;
  onCommit: (state: CropState, reason: CropReason) => void;
}

/** A picture that is ready to be cropped: its bytes, its size as seen, and something to show it by. */
export interface LoadedPicture {
  file: Blob;
  size: Size;
  url: string;
  /** Pixels of the preview, which may be a smaller copy. */
  shown: Size;
}

/** What React sees: changes at the end of a gesture, never during one. */
export type CropSnapshot = Picture & { canUndo: boolean; canRedo: boolean };
type Picture =
  | { status: 'empty' | 'loading'; picture: null; state: null; error: null }
  | { status: 'error'; picture: null; state: null; error: UploadError }
  | { status: 'ready'; picture: LoadedPicture; state: CropState; error: null };

const none = { picture: null, state: null, error: null };
const nothing: CropSnapshot = { status: 'empty', ...none, canUndo: false, canRedo: false };
/** After the last key or turn of a wheel. */
const settleAfter = 150;

/**
 * The cropper without React: a live state that paints in animation frames, and a committed one with a history.
 * Edits come in as functions of the state; this is the only place that changes it.
 */
export class CropStore {
  #settings: CropSettings;
  #snapshot = nothing;
  #live: CropState | null = null;
  #reason: CropReason = 'moved';
  /** Where the running turn began: turning back gives the frame back. */
  #turnBase: CropState | null = null;
  #past: CropState[] = [];
  #future: CropState[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  readonly #listeners = new Set<() => void>();
  readonly #painters = new Set<() => void>();

  constructor(settings: CropSettings) {
    this.#settings = settings;
  }

  get settings(): CropSettings {
    return this.#settings;
  }

  /** The state under the finger; null until a picture is ready. */
  get live(): CropState | null {
    return this.#live;
  }

  get picture(): Size | null {
    return this.#snapshot.picture?.size ?? null;
  }

  readonly getSnapshot = (): CropSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Called in an animation frame whenever the live state or the layout changed. */
  readonly subscribePaint = (painter: () => void): (() => void) => {
    this.#painters.add(painter);
    return () => this.#painters.delete(painter);
  };

  configure(settings: CropSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    const { live, picture } = this;
    if (live === null || picture === null) return this.repaint();
    const next =
      before.limits.aspect === settings.limits.aspect
        ? contain(live, picture, settings.limits)
        : setAspect(live, picture, settings.limits);
    if (next !== live) this.#commit(next, 'aspect');
    this.repaint();
  }

  startLoading(): void {
    this.#forget({ status: 'loading', ...none });
  }

  clear(): void {
    this.#forget({ status: 'empty', ...none });
  }

  fail(error: UploadError): void {
    this.#forget({ ...none, status: 'error', error });
  }

  load(picture: LoadedPicture, saved: CropState | null): void {
    const { limits } = this.#settings;
    const state = contain(saved ?? initialCrop(picture.size, limits.aspect), picture.size, limits);
    this.#forget({ status: 'ready', picture, state, error: null });
  }

  /** Takes over a state from outside, without history and without telling the outside. */
  adopt(state: CropState): void {
    const { picture } = this;
    if (picture === null || this.#snapshot.status !== 'ready' || state === this.#snapshot.state) return;
    clearTimeout(this.#timer);
    this.#live = contain(state, picture, this.#settings.limits);
    this.#turnBase = null;
    this.#publish({ ...this.#snapshot, state: this.#live });
  }

  /** Shows a state at once and remembers why; it is not committed yet. */
  show(reason: CropReason, edit: (state: CropState, picture: Size, limits: CropLimits) => CropState): void {
    const { live, picture } = this;
    if (live === null || picture === null) return;
    this.#live = edit(live, picture, this.#settings.limits);
    this.#reason = reason;
    if (reason !== 'turned') this.#turnBase = null;
    this.repaint();
  }

  /** Shows a state now and commits it when no more follow. */
  showThenCommit(reason: CropReason, edit: Parameters<CropStore['show']>[1]): void {
    if (reason !== this.#reason) this.commit();
    this.show(reason, edit);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.commit(), settleAfter);
  }

  edit(reason: CropReason, edit: Parameters<CropStore['show']>[1]): void {
    this.commit();
    this.show(reason, edit);
    this.commit();
  }

  turn(angle: number): void {
    const base = this.#turnBase ?? this.#live;
    if (base === null) return;
    this.showThenCommit('turned', (_state, picture, limits) => turnTo(base, picture, limits, angle));
    this.#turnBase = base;
  }

  /** Ends a gesture: one entry of the history, one call of the host, one render. */
  commit(): void {
    clearTimeout(this.#timer);
    if (this.#live !== null && this.#live !== this.#snapshot.state) this.#commit(this.#live, this.#reason);
  }

  undo(): void {
    this.commit();
    this.#travel(this.#past, this.#future, 'undone');
  }

  redo(): void {
    this.commit();
    this.#travel(this.#future, this.#past, 'redone');
  }

  reset(): void {
    this.edit('reset', (_state, picture, limits) => contain(initialCrop(picture, limits.aspect), picture, limits));
  }

  repaint(): void {
    if (this.#frame !== 0 || typeof requestAnimationFrame === 'undefined') return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      for (const paint of this.#painters) paint();
    });
  }

  /** Nothing runs on: an open gesture is kept, timers and frames are not. */
  stop(): void {
    this.commit();
    clearTimeout(this.#timer);
    if (this.#frame !== 0) cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #travel(from: CropState[], to: CropState[], reason: CropReason): void {
    const snapshot = this.#snapshot;
    if (snapshot.status !== 'ready') return;
    const state = from.pop();
    if (state === undefined) return;
    to.push(snapshot.state);
    this.#live = state;
    this.#turnBase = null;
    this.#settings.onCommit(state, reason);
    this.#publish({ ...snapshot, state });
  }

  #commit(state: CropState, reason: CropReason): void {
    const snapshot = this.#snapshot;
    if (snapshot.status !== 'ready') return;
    this.#past.push(snapshot.state);
    this.#future = [];
    this.#live = state;
    this.#settings.onCommit(state, reason);
    this.#publish({ ...snapshot, state });
  }

  #forget(snapshot: Picture): void {
    clearTimeout(this.#timer);
    this.#past = [];
    this.#future = [];
    this.#turnBase = null;
    this.#live = snapshot.state;
    this.#publish(snapshot);
  }

  #publish(snapshot: Picture): void {
    this.#snapshot = { ...snapshot, canUndo: this.#past.length > 0, canRedo: this.#future.length > 0 };
    for (const listener of this.#listeners) listener();
    this.repaint();
  }
}

/** How far one may zoom: by the limit, by the least output, and never to less than a few pixels. */
export function zoomRange(state: CropState, picture: Size, limits: CropLimits): { min: number; max: number } {
  const { width, height } = frameOf(state, picture);
  const ratio = width / height;
  const base = largestFrame(turnedSize(picture, state), ratio).width;
  const least = Math.max(limits.minOutput.width, limits.minOutput.height * ratio, 1);
  const max = Math.max(1, Math.min(limits.maxZoom, base / least));
  return { min: limits.letterbox ? Math.min(1, zoomOf(state, picture), 0.5) : 1, max };
}
