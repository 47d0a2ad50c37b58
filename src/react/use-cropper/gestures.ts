import type { CropState } from '../../core/crop-state.ts';
import { type Handle, moveBy, resizeBy, viewOf, zoomOf, zoomTo } from '../../image/geometry.ts';
import type { Point } from '../../image/matrix.ts';
import type { CropStore } from './store.ts';

/** Which turns of a wheel zoom; the others scroll the page. A trackpad's pinch arrives as a wheel with Ctrl. */
export type WheelPolicy = 'always' | 'when-focused' | 'ctrl';

interface Finger {
  start: Point;
  now: Point;
}

interface Gesture {
  base: CropState;
  handle: Handle | null;
  fingers: Map<number, Finger>;
  /** Source pixels per client pixel, in spite of transforms on any ancestor. */
  scale: number;
  stencil: { centre: Point; width: number; height: number };
}

/** Room around the cut-out, for handles and shade. */
export const insetOf = (viewport: HTMLElement): number => Math.min(24, viewport.clientWidth * 0.06);

/** Pointer and wheel on one viewport. Returns the undo of its listeners. */
export function listen(store: CropStore, viewport: HTMLElement, wheel: () => WheelPolicy): () => void {
  let gesture: Gesture | null = null;

  const begin = (fingers: Map<number, Finger>, handle: Handle | null): Gesture | null => {
    const { live, picture } = store;
    if (live === null || picture === null) return null;
    const outer = viewport.getBoundingClientRect();
    // layout pixels and client pixels differ when an ancestor is scaled; the ratio of now holds for the gesture
    const ratio = outer.width / (viewport.offsetWidth || 1) || 1;
    const size = { width: viewport.clientWidth, height: viewport.clientHeight };
    const view = viewOf(live, picture, size, store.settings.mode, insetOf(viewport));
    const { stencil } = view;
    const centre = {
      x: outer.left + (viewport.clientLeft + stencil.x + stencil.width / 2) * ratio,
      y: outer.top + (viewport.clientTop + stencil.y + stencil.height / 2) * ratio,
    };
    for (const finger of fingers.values()) finger.start = finger.now;
    return {
      base: live,
      handle,
      fingers,
      scale: 1 / (view.scale * ratio),
      stencil: { centre, width: stencil.width * ratio, height: stencil.height * ratio },
    };
  };

  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || store.live === null || viewport.dataset.disabled !== undefined) return;
    const target = event.target instanceof Element ? event.target : null;
    const handle = target?.closest<HTMLElement>('[data-handle]')?.dataset.handle as Handle | undefined;
    const inBox = store.settings.mode === 'box';
    if (inBox && target?.closest('[data-part="cropper-stencil"]') === null && gesture === null) return;
    store.commit();
    const fingers = gesture?.fingers ?? new Map<number, Finger>();
    const at = { x: event.clientX, y: event.clientY };
    fingers.set(event.pointerId, { start: at, now: at });
    gesture = begin(fingers, fingers.size === 1 ? (handle ?? null) : null);
    capture(viewport, event.pointerId);
    viewport.toggleAttribute('data-dragging', true);
  };

  const move = (event: PointerEvent): void => {
    const finger = gesture?.fingers.get(event.pointerId);
    if (gesture === null || finger === undefined) return;
    finger.now = { x: event.clientX, y: event.clientY };
    if (gesture.fingers.size > 1) pinch(store, gesture);
    else drag(store, gesture, finger);
  };

  const up = (event: PointerEvent): void => {
    if (gesture?.fingers.delete(event.pointerId) !== true) return;
    // the finger that stays goes on from where things are
    gesture = gesture.fingers.size > 0 ? begin(gesture.fingers, null) : null;
    if (gesture !== null) return;
    viewport.toggleAttribute('data-dragging', false);
    store.commit();
  };

  /** Escape takes a running gesture back; otherwise it belongs to the page. */
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || gesture === null) return;
    const { base } = gesture;
    gesture = null;
    viewport.toggleAttribute('data-dragging', false);
    store.show('moved', () => base);
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const roll = (event: WheelEvent): void => {
    const policy = wheel();
    const focused = viewport.contains(document.activeElement);
    const wanted = event.ctrlKey || policy === 'always' || (policy === 'when-focused' && focused);
    const place = wanted ? begin(new Map(), null) : null;
    if (place === null) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 100 : 1;
    const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002));
    const origin = within(place, { x: event.clientX, y: event.clientY });
    store.showThenCommit('zoomed', (state, picture, limits) =>
      zoomTo(state, picture, limits, zoomOf(state, picture) * factor, origin),
    );
  };

  const ended = new AbortController();
  const { signal } = ended;
  viewport.addEventListener('pointerdown', down, { signal });
  viewport.addEventListener('pointermove', move, { signal });
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
    viewport.addEventListener(name, up, { signal });
  }
  window.addEventListener('keydown', escape, { signal, capture: true });
  viewport.addEventListener('wheel', roll, { signal, passive: false });
  return () => ended.abort();
}

/** A pointer that is gone already cannot be captured; the drag still works inside the viewport. */
function capture(viewport: HTMLElement, pointerId: number): void {
  try {
    viewport.setPointerCapture(pointerId);
  } catch {
    // synthetic events of tests have no pointer to capture
  }
}

function drag(store: CropStore, { base, handle, scale }: Gesture, { start, now }: Finger): void {
  const step = { x: (now.x - start.x) * scale, y: (now.y - start.y) * scale };
  const against = store.settings.mode === 'window' && handle === null ? -1 : 1;
  const way = { x: step.x * against, y: step.y * against };
  // from where the gesture began, so that what an edge held back is not lost
  if (handle === null) store.show('moved', (_state, picture, limits) => moveBy(base, picture, limits, way));
  else store.show('resized', (_state, picture, limits) => resizeBy(base, picture, limits, handle, way));
}

function pinch(store: CropStore, gesture: Gesture): void {
  const [first, second] = [...gesture.fingers.values()];
  if (first === undefined || second === undefined) return;
  const factor = apart(first.now, second.now) / apart(first.start, second.start);
  const from = middle(first.start, second.start);
  const to = middle(first.now, second.now);
  const against = store.settings.mode === 'window' ? -1 : 1;
  const step = { x: (to.x - from.x) * gesture.scale * against, y: (to.y - from.y) * gesture.scale * against };
  store.show('zoomed', (_state, picture, limits) => {
    const zoom = zoomOf(gesture.base, picture) * (against < 0 ? factor : 1 / factor);
    const moved = moveBy(gesture.base, picture, limits, step);
    return zoomTo(moved, picture, limits, zoom, within(gesture, to));
  });
}

const apart = (a: Point, b: Point): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** A point of the page in parts of the cut-out, from its centre. */
const within = ({ stencil }: Gesture, point: Point): Point => ({
  x: Math.min(0.5, Math.max(-0.5, (point.x - stencil.centre.x) / stencil.width)),
  y: Math.min(0.5, Math.max(-0.5, (point.y - stencil.centre.y) / stencil.height)),
});
