import type { CropState } from '../../core/crop-state.ts';
import type { Point, Size } from '../matrix.ts';
import { type CropLimits, contain, keepsLimits, leastWidth } from './contain.ts';
import { frameOf, toPictureStep, withFrame } from './frame.ts';

/** Eight handles, named by the screen: `n` is the upper edge, whatever the language's direction. */
export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof handles)[number];

/** −1, 0 or 1: which edges of the frame a handle moves. */
export const sideOf = (handle: Handle): Point => ({
  x: handle.includes('w') ? -1 : handle.includes('e') ? 1 : 0,
  y: handle.includes('n') ? -1 : handle.includes('s') ? 1 : 0,
});

/**
 * Drags a handle by a step of the cut-out as seen, in source pixels. What lies opposite stays where it is.
 * With a free aspect the two axes go as far as each can, so that a drag along the picture's edge slides.
 */
export function resizeBy(state: CropState, picture: Size, limits: CropLimits, handle: Handle, step: Point): CropState {
  const side = sideOf(handle);
  const { width, height } = frameOf(state, picture);
  const grown = { width: width + side.x * step.x, height: height + side.y * step.y };
  if (limits.aspect !== null) {
    const wish =
      side.x === 0 ? grown.height * limits.aspect : side.y === 0 ? grown.width : larger(grown, limits.aspect);
    const target = Math.max(wish, leastWidth(limits.aspect, state, picture, limits));
    return grow(state, picture, limits, side, { width: target, height: target / limits.aspect });
  }
  const least = { width: Math.max(1, limits.minOutput.width), height: Math.max(1, limits.minOutput.height) };
  const wide = grow(state, picture, limits, side, { width: Math.max(grown.width, least.width), height });
  const { width: reached } = frameOf(wide, picture);
  return grow(wide, picture, limits, side, { width: reached, height: Math.max(grown.height, least.height) });
}

const larger = ({ width, height }: Size, aspect: number): number => Math.max(width, height * aspect);

/** As far from the present size to the wished one as the limits allow; the corners move on straight lines. */
function grow(state: CropState, picture: Size, limits: CropLimits, side: Point, wish: Size): CropState {
  const frame = frameOf(state, picture);
  const at = (share: number): CropState => {
    const width = frame.width + (wish.width - frame.width) * share;
    const height = frame.height + (wish.height - frame.height) * share;
    const { x, y } = toPictureStep(state, {
      x: (side.x * (width - frame.width)) / 2,
      y: (side.y * (height - frame.height)) / 2,
    });
    return withFrame(state, picture, { width, height, x: frame.x + x, y: frame.y + y });
  };
  if (limits.letterbox || keepsLimits(at(1), picture, limits)) return contain(at(1), picture, limits);
  let [good, bad] = [0, 1];
  for (let halving = 0; halving < 40; halving += 1) {
    const middle = (good + bad) / 2;
    if (keepsLimits(at(middle), picture, limits)) good = middle;
    else bad = middle;
  }
  return contain(at(good), picture, limits);
}
