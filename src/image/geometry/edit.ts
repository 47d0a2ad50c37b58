import type { CropState } from '../../core/crop-state.ts';
import type { Point, Size } from '../matrix.ts';
import { type CropLimits, allowedSize, contain, leastWidth, zoomOf } from './contain.ts';
import { frameOf, largestFrame, reachOf, toPictureStep, turnedSize, withFrame } from './frame.ts';

export type Flip = 'x' | 'y';

/** Moves the frame by a step of the cut-out as seen, in source pixels. */
export function moveBy(state: CropState, picture: Size, limits: CropLimits, step: Point): CropState {
  const frame = frameOf(state, picture);
  const { x, y } = toPictureStep(state, step);
  return contain(withFrame(state, picture, { ...frame, x: frame.x + x, y: frame.y + y }), picture, limits);
}

/**
 * Zooms about a point of the cut-out that stays under the finger: −0.5..0.5 from the centre, as seen.
 * The point gives way only where the picture ends.
 */
export function zoomTo(
  state: CropState,
  picture: Size,
  limits: CropLimits,
  zoom: number,
  origin: Point = { x: 0, y: 0 },
): CropState {
  const frame = frameOf(state, picture);
  const factor = zoomOf(state, picture) / Math.max(zoom, 1e-6);
  const wished = { width: frame.width * factor, height: frame.height * factor };
  const size = allowedSize(wished, state, picture, limits);
  const { x, y } = toPictureStep(state, {
    x: origin.x * (frame.width - size.width),
    y: origin.y * (frame.height - size.height),
  });
  return contain(withFrame(state, picture, { ...size, x: frame.x + x, y: frame.y + y }), picture, limits);
}

/**
 * Turns the picture to an angle under the frame of `start`. The frame shrinks about its centre as far as the corners
 * need and no further, so turning back within one gesture (always from the same `start`) gives it back.
 */
export function turnTo(start: CropState, picture: Size, limits: CropLimits, angle: number): CropState {
  const turnedState = { ...start, angle: Math.min(45, Math.max(-45, angle)) };
  if (limits.letterbox) return contain(turnedState, picture, limits);
  const turned = turnedSize(picture, start);
  const frame = frameOf(start, picture);
  const reach = reachOf(frame, turnedState.angle);
  const room = {
    x: Math.min(frame.x, turned.width - frame.x),
    y: Math.min(frame.y, turned.height - frame.y),
  };
  const factor = Math.min(1, room.x / reach.x, room.y / reach.y);
  const ratio = frame.width / frame.height;
  const width = Math.max(frame.width * factor, leastWidth(ratio, turnedState, picture, limits));
  return contain(withFrame(turnedState, picture, { ...frame, width, height: width / ratio }), picture, limits);
}

/** Quarter turns of what is seen, clockwise. The part of the picture stays; a fixed aspect keeps its zoom. */
export function quarterTurn(state: CropState, picture: Size, limits: CropLimits, quarters: number): CropState {
  // seen through one mirror, the picture turns the other way
  const steps = (((state.flipX === state.flipY ? quarters : -quarters) % 4) + 4) % 4;
  let turned = state;
  for (let step = 0; step < steps; step += 1) {
    const { x, y, width, height } = turned.rect;
    const quarterTurns = ((turned.quarterTurns + 1) % 4) as CropState['quarterTurns'];
    turned = { ...turned, quarterTurns, rect: { x: 1 - y - height, y: x, width: height, height: width } };
  }
  if (limits.aspect === null || steps % 2 === 0) return contain(turned, picture, limits);
  const frame = frameOf(turned, picture);
  const { width } = largestFrame(turnedSize(picture, turned), limits.aspect);
  const kept = width / zoomOf(state, picture);
  return contain(withFrame(turned, picture, { ...frame, width: kept, height: kept / limits.aspect }), picture, limits);
}

/** Mirrors what is seen; the part of the picture and the angle stay. */
export const flip = (state: CropState, axis: Flip): CropState =>
  axis === 'x' ? { ...state, flipX: !state.flipX } : { ...state, flipY: !state.flipY };

/** Keeps the centre and takes the largest frame of the new aspect inside the old one. */
export function setAspect(state: CropState, picture: Size, limits: CropLimits): CropState {
  if (limits.aspect === null) return contain(state, picture, limits);
  const frame = frameOf(state, picture);
  const width = Math.min(frame.width, frame.height * limits.aspect);
  return contain(withFrame(state, picture, { ...frame, width, height: width / limits.aspect }), picture, limits);
}
