import type { CropState } from '../../core/crop-state.ts';
import type { Size } from '../matrix.ts';
import { type Frame, frameOf, largestFrame, reachOf, smallestAround, turnedSize, withFrame } from './frame.ts';

/** What a crop may not overstep. */
export interface CropLimits {
  /** Width ÷ height of the cut-out; null lets it be any. */
  aspect: number | null;
  /** The least cut-out, in pixels of the source. */
  minOutput: Size;
  maxZoom: number;
  /** The frame may be larger than the picture: what is outside shows the background. */
  letterbox: boolean;
}

export const noLimits: CropLimits = {
  aspect: null,
  minOutput: { width: 1, height: 1 },
  maxZoom: Infinity,
  letterbox: false,
};

/** Parts of a pixel by which rounding may err: an edit stays within the finer one. */
const tolerance = 1e-6;
const visibleTolerance = 1e-5;

/** The largest centred frame of the aspect; the whole picture where the aspect is free. */
export function initialCrop(picture: Size, aspect: number | null): CropState {
  const state: CropState = {
    version: 1,
    rect: { x: 0, y: 0, width: 1, height: 1 },
    quarterTurns: 0,
    angle: 0,
    flipX: false,
    flipY: false,
  };
  if (aspect === null) return state;
  const centre = { x: picture.width / 2, y: picture.height / 2 };
  return withFrame(state, picture, { ...centre, ...largestFrame(picture, aspect) });
}

/** Whether all four turned corners lie in the picture. */
export function isContained(state: CropState, picture: Size, slack: number = visibleTolerance): boolean {
  const turned = turnedSize(picture, state);
  const frame = frameOf(state, picture);
  const reach = reachOf(frame, state.angle);
  return (
    frame.width > 0 &&
    frame.height > 0 &&
    frame.x - reach.x >= -slack &&
    frame.y - reach.y >= -slack &&
    frame.x + reach.x <= turned.width + slack &&
    frame.y + reach.y <= turned.height + slack
  );
}

/**
 * The nearest state that keeps the limits: its size first, then its place. A state that keeps them already
 * comes back as it is, so that saving and restoring never drifts.
 */
export function contain(state: CropState, picture: Size, limits: CropLimits): CropState {
  if (!limits.letterbox && keepsLimits(state, picture, limits)) return state;
  const turned = turnedSize(picture, state);
  const frame = frameOf(state, picture);
  const sized = { ...frame, ...allowedSize(frame, state, picture, limits) };
  const placed = place(sized, turned, state.angle, limits.letterbox);
  const off = Math.max(...(['x', 'y', 'width', 'height'] as const).map((key) => Math.abs(placed[key] - frame[key])));
  return off <= tolerance ? state : withFrame(state, picture, placed);
}

/** Whether there is nothing for `contain` to do. */
export function keepsLimits(state: CropState, picture: Size, limits: CropLimits): boolean {
  const { width, height } = frameOf(state, picture);
  const ratio = limits.aspect ?? width / height;
  return (
    isContained(state, picture, tolerance) &&
    Math.abs(width - height * ratio) <= tolerance * 10 &&
    width >= leastWidth(ratio, state, picture, limits) - tolerance
  );
}

/** Scales a frame, ratio kept, until it is neither too large for the picture nor too small for the limits. */
export function allowedSize(size: Size, state: CropState, picture: Size, limits: CropLimits): Size {
  const ratio = limits.aspect ?? size.width / size.height;
  const { width: most } = (limits.letterbox ? smallestAround : largestFrame)(
    turnedSize(picture, state),
    ratio,
    state.angle,
  );
  const width = Math.min(Math.max(size.width, leastWidth(ratio, state, picture, limits)), most);
  return { width, height: width / ratio };
}

/** By the least output and by the greatest zoom, whichever is more. */
export function leastWidth(ratio: number, state: CropState, picture: Size, limits: CropLimits): number {
  const base = largestFrame(turnedSize(picture, state), ratio).width;
  return Math.max(limits.minOutput.width, limits.minOutput.height * ratio, base / limits.maxZoom, 1e-3);
}

function place(frame: Frame, turned: Size, angle: number, letterbox: boolean): Frame {
  const reach = reachOf(frame, angle);
  const within = (at: number, half: number, length: number): number => {
    const room = length - half;
    if (half > room && !letterbox) return length / 2;
    return Math.min(Math.max(at, Math.min(half, room)), Math.max(half, room));
  };
  return { ...frame, x: within(frame.x, reach.x, turned.width), y: within(frame.y, reach.y, turned.height) };
}

/** 1 for the largest frame of the crop's own ratio at angle 0; 2 shows half of its width. */
export function zoomOf(state: CropState, picture: Size): number {
  const frame = frameOf(state, picture);
  return largestFrame(turnedSize(picture, state), frame.width / frame.height).width / frame.width;
}
