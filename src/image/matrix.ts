/** An affine map as canvas and CSS write it: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const move = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y];
export const scale = (x: number, y: number = x): Matrix => [x, 0, 0, y, 0, 0];

/** Clockwise on a screen, where y runs down. */
export function turn(degrees: number): Matrix {
  const { cos, sin } = directionOf(degrees);
  return [cos, sin, -sin, cos, 0, 0];
}

/** Exact at the quarter turns, where the library's cosine of 90° is not quite 0. */
export function directionOf(degrees: number): { cos: number; sin: number } {
  const quarters = degrees / 90;
  if (Number.isInteger(quarters)) {
    const index = ((quarters % 4) + 4) % 4;
    return { cos: [1, 0, -1, 0][index] ?? 1, sin: [0, 1, 0, -1][index] ?? 0 };
  }
  const radians = (degrees * Math.PI) / 180;
  return { cos: Math.cos(radians), sin: Math.sin(radians) };
}

/** The map that does `steps` in order, the first one first. */
export const inOrder = (...steps: Matrix[]): Matrix =>
  steps.reduce((before, after) => {
    const [a, b, c, d, e, f] = after;
    return [
      a * before[0] + c * before[1],
      b * before[0] + d * before[1],
      a * before[2] + c * before[3],
      b * before[2] + d * before[3],
      a * before[4] + c * before[5] + e,
      b * before[4] + d * before[5] + f,
    ];
  });

export function invert([a, b, c, d, e, f]: Matrix): Matrix {
  const area = a * d - b * c;
  return [d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area];
}

export const apply = ([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
});
