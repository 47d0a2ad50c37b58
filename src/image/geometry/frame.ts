import type { CropState } from '../../core/crop-state.ts';
import { type Matrix, type Point, type Size, apply, directionOf, inOrder, move, scale, turn } from '../matrix.ts';

/** The crop's rectangle in pixels of the quarter-turned picture, by its centre. */
export interface Frame extends Size {
  x: number;
  y: number;
}

/** The picture after its quarter turns. `picture` is always the size as a person sees the untouched file. */
export const turnedSize = (picture: Size, { quarterTurns }: Pick<CropState, 'quarterTurns'>): Size =>
  quarterTurns % 2 === 0 ? picture : { width: picture.height, height: picture.width };

export function frameOf(state: CropState, picture: Size): Frame {
  const { width, height } = turnedSize(picture, state);
  const { rect } = state;
  return {
    x: (rect.x + rect.width / 2) * width,
    y: (rect.y + rect.height / 2) * height,
    width: rect.width * width,
    height: rect.height * height,
  };
}

export function withFrame(state: CropState, picture: Size, frame: Frame): CropState {
  const { width, height } = turnedSize(picture, state);
  const rect = {
    x: (frame.x - frame.width / 2) / width,
    y: (frame.y - frame.height / 2) / height,
    width: frame.width / width,
    height: frame.height / height,
  };
  return { ...state, rect };
}

/** Half the width and height of the box around a frame that is turned by `angle`. */
export function reachOf({ width, height }: Size, angle: number): Point {
  const { cos, sin } = directionOf(Math.abs(angle));
  return { x: (width * cos + height * sin) / 2, y: (width * sin + height * cos) / 2 };
}

/** The largest frame of a ratio that a picture holds at an angle. */
export function largestFrame(turned: Size, ratio: number, angle = 0): Size {
  const unit = reachOf({ width: 1, height: 1 / ratio }, angle);
  const width = Math.min(turned.width / (2 * unit.x), turned.height / (2 * unit.y));
  return { width, height: width / ratio };
}

/** The smallest frame of a ratio that holds the whole picture at an angle. */
export function smallestAround(turned: Size, ratio: number, angle = 0): Size {
  const reach = reachOf(turned, angle);
  const width = Math.max(2 * reach.x, 2 * reach.y * ratio);
  return { width, height: width / ratio };
}

/** A step on the screen as a step in the quarter-turned picture, scale apart: undoes the flips, then the angle. */
export function toPictureStep({ flipX, flipY, angle }: CropState, step: Point): Point {
  return apply(inOrder(scale(flipX ? -1 : 1, flipY ? -1 : 1), turn(-angle)), step);
}

/**
 * The one matrix behind preview, export and server: from pixels of the cut-out (0..frame width, 0..frame height,
 * as a person sees it) to pixels of the upright picture.
 */
export function cutToPicture(state: CropState, picture: Size): Matrix {
  const frame = frameOf(state, picture);
  return inOrder(
    move(-frame.width / 2, -frame.height / 2),
    scale(state.flipX ? -1 : 1, state.flipY ? -1 : 1),
    turn(-state.angle),
    move(frame.x, frame.y),
    undoQuarterTurns(state, picture),
  );
}

function undoQuarterTurns(state: CropState, picture: Size): Matrix {
  const turned = turnedSize(picture, state);
  return inOrder(
    move(-turned.width / 2, -turned.height / 2),
    turn(-90 * state.quarterTurns),
    move(picture.width / 2, picture.height / 2),
  );
}

/** Where a crop lies in the upright picture, for a server that cuts the original itself. */
export interface SourceRegion extends Size {
  /** From pixels of the cut-out to pixels of the upright picture. */
  matrix: Matrix;
  /** Top left, top right, bottom right, bottom left of the cut-out, in the upright picture. */
  corners: [Point, Point, Point, Point];
  /** The box around the corners. */
  bounds: { x: number; y: number } & Size;
}

export function toSourceRegion(state: CropState, picture: Size): SourceRegion {
  const { width, height } = frameOf(state, picture);
  const matrix = cutToPicture(state, picture);
  const corner = (x: number, y: number): Point => apply(matrix, { x, y });
  const corners: SourceRegion['corners'] = [corner(0, 0), corner(width, 0), corner(width, height), corner(0, height)];
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { width, height, matrix, corners, bounds: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y } };
}
