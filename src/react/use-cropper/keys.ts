import { type Handle, flip, frameOf, moveBy, quarterTurn, resizeBy, zoomOf, zoomTo } from '../../image/geometry.ts';
import type { Point } from '../../image/matrix.ts';
import type { CropStore } from './store.ts';

export interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** Arrows are places on the screen: they mean the same in every language's direction. */
const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const edges: Readonly<Record<string, Point>> = {
  Home: { x: -1, y: 0 },
  End: { x: 1, y: 0 },
  PageUp: { x: 0, y: -1 },
  PageDown: { x: 0, y: 1 },
};
const zoomStep = 1.1;

/** Does what a key on the crop area means. False: the key means nothing here and belongs to the page. */
export function pressKey(store: CropStore, key: Key): boolean {
  const command = key.ctrlKey || key.metaKey;
  if (command && key.key.toLowerCase() === 'z') {
    if (key.shiftKey) store.redo();
    else store.undo();
    return true;
  }
  if (command && key.key.toLowerCase() === 'y') {
    store.redo();
    return true;
  }
  const step = stepOf(store, key);
  if (step !== null) {
    store.showThenCommit('moved', (state, picture, limits) => moveBy(state, picture, limits, step));
    return true;
  }
  if (command || key.altKey) return false;
  return pressLetter(store, key);
}

/** The same arrows on a handle change the size. */
export function pressKeyOnHandle(store: CropStore, handle: Handle, key: Key): boolean {
  const step = key.key in arrows ? stepOf(store, key) : null;
  if (step === null) return false;
  store.showThenCommit('resized', (state, picture, limits) => resizeBy(state, picture, limits, handle, step));
  return true;
}

/** 1 % of the crop area; with Shift 10 %; with Ctrl or Alt one pixel of the picture; to the edge by Home and the like. */
function stepOf({ live, picture }: CropStore, key: Key): Point | null {
  if (live === null || picture === null) return null;
  const { width, height } = frameOf(live, picture);
  const edge = edges[key.key];
  if (edge !== undefined) return { x: edge.x * 1e6, y: edge.y * 1e6 };
  const arrow = arrows[key.key];
  if (arrow === undefined) return null;
  if (key.ctrlKey || key.altKey) return arrow;
  const share = key.shiftKey ? 0.1 : 0.01;
  return { x: arrow.x * width * share, y: arrow.y * height * share };
}

function pressLetter(store: CropStore, { key, shiftKey }: Key): boolean {
  const zoomBy = (factor: number): void =>
    store.showThenCommit('zoomed', (state, picture, limits) =>
      zoomTo(state, picture, limits, zoomOf(state, picture) * factor),
    );
  switch (key.toLowerCase()) {
    case '+':
    case '=':
      zoomBy(zoomStep);
      return true;
    case '-':
      zoomBy(1 / zoomStep);
      return true;
    case '0':
      store.edit('zoomed', (state, picture, limits) => zoomTo(state, picture, limits, 1));
      return true;
    case 'r':
      store.edit('turned', (state, picture, limits) => quarterTurn(state, picture, limits, shiftKey ? -1 : 1));
      return true;
    case 'f':
      store.edit('flipped', (state) => flip(state, shiftKey ? 'y' : 'x'));
      return true;
    case '[':
      store.turn((store.live?.angle ?? 0) - 1);
      return true;
    case ']':
      store.turn((store.live?.angle ?? 0) + 1);
      return true;
    default:
      return false;
  }
}
