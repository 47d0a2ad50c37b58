/**
 * Which part of a picture is meant, independent of any layout. Order: stored → EXIF-oriented →
 * `quarterTurns` × 90° clockwise (W × H) → frame → flips.
 *
 * The frame has its centre at ((x + width/2)·W, (y + height/2)·H) and the size width·W × height·H. The picture
 * is turned clockwise by `angle` under it, about that centre, in pixels. Flips mirror the cut-out last.
 * With an angle the rectangle may leave 0..1: what counts is that the four turned corners lie in the picture.
 */
export interface CropState {
  version: 1;
  rect: { x: number; y: number; width: number; height: number };
  quarterTurns: 0 | 1 | 2 | 3;
  /** Degrees, −45..45. */
  angle: number;
  flipX: boolean;
  flipY: boolean;
}
