import type { CropState } from '../../core/crop-state.ts';
import { type Matrix, type Size, inOrder, invert, move, scale } from '../matrix.ts';
import { cutToPicture, frameOf, reachOf, toPictureStep, turnedSize } from './frame.ts';

/** `'window'`: the cut-out stands still and the picture moves under it. `'box'`: the other way round. */
export type CropMode = 'window' | 'box';

/** How a state looks in a viewport, in its own layout pixels. */
export interface View {
  /** From pixels of the upright picture to the viewport: the CSS transform of the picture. */
  matrix: Matrix;
  stencil: { x: number; y: number } & Size;
  /** Viewport pixels per source pixel. */
  scale: number;
}

/** Derived, never kept: state and viewport in, everything on the screen out. `inset` stays free on every side. */
export function viewOf(state: CropState, picture: Size, viewport: Size, mode: CropMode, inset = 0): View {
  const frame = frameOf(state, picture);
  const room = {
    width: Math.max(1, viewport.width - 2 * inset),
    height: Math.max(1, viewport.height - 2 * inset),
  };
  const turned = turnedSize(picture, state);
  const reach = reachOf(turned, state.angle);
  const shown = mode === 'window' ? frame : { width: reach.x * 2, height: reach.y * 2 };
  const factor = Math.min(room.width / shown.width, room.height / shown.height);
  // in a box the frame lies as far from the middle as its centre from the picture's
  const offset = mode === 'window' ? { x: 0, y: 0 } : fromMiddle(state, frame, turned);
  const stencil = {
    x: viewport.width / 2 + (offset.x - frame.width / 2) * factor,
    y: viewport.height / 2 + (offset.y - frame.height / 2) * factor,
    width: frame.width * factor,
    height: frame.height * factor,
  };
  const matrix = inOrder(invert(cutToPicture(state, picture)), scale(factor), move(stencil.x, stencil.y));
  return { matrix, stencil, scale: factor };
}

function fromMiddle(state: CropState, frame: { x: number; y: number }, turned: Size): { x: number; y: number } {
  const step = { x: frame.x - turned.width / 2, y: frame.y - turned.height / 2 };
  // the way back of toPictureStep: turn, then mirror
  const { x, y } = toPictureStep({ ...state, flipX: false, flipY: false, angle: -state.angle }, step);
  return { x: state.flipX ? -x : x, y: state.flipY ? -y : y };
}
