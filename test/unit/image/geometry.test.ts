import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CropState } from '../../../src/core/crop-state.ts';
import {
  type CropLimits,
  contain,
  cutToPicture,
  flip,
  frameOf,
  handles,
  initialCrop,
  isContained,
  leastWidth,
  moveBy,
  noLimits,
  quarterTurn,
  reachOf,
  readCropState,
  resizeBy,
  setAspect,
  toSourceRegion,
  turnTo,
  turnedSize,
  viewOf,
  zoomOf,
  zoomTo,
} from '../../../src/image/geometry.ts';
import { type Point, type Size, apply, invert } from '../../../src/image/matrix.ts';

const pictures = fc.record({ width: fc.integer({ min: 16, max: 9000 }), height: fc.integer({ min: 16, max: 9000 }) });
const share = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const angles = fc.double({ min: -45, max: 45, noNaN: true });
const aspects = fc.option(fc.double({ min: 0.2, max: 5, noNaN: true }), { nil: null });
const modes = fc.constantFrom('window' as const, 'box' as const);

type Edit = (state: CropState, picture: Size, limits: CropLimits) => CropState;
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(share, share).map(
    ([x, y]): Edit =>
      (s, p, l) =>
        moveBy(s, p, l, { x: x * p.width, y: y * p.height }),
  ),
  fc.tuple(fc.double({ min: 0.2, max: 12, noNaN: true }), share, share).map(
    ([zoom, x, y]): Edit =>
      (s, p, l) =>
        zoomTo(s, p, l, zoom, { x, y }),
  ),
  angles.map(
    (angle): Edit =>
      (s, p, l) =>
        turnTo(s, p, l, angle),
  ),
  fc.integer({ min: -3, max: 3 }).map(
    (quarters): Edit =>
      (s, p, l) =>
        quarterTurn(s, p, l, quarters),
  ),
  fc.constantFrom('x' as const, 'y' as const).map(
    (axis): Edit =>
      (s) =>
        flip(s, axis),
  ),
  fc.tuple(fc.constantFrom(...handles), share, share).map(
    ([handle, x, y]): Edit =>
      (s, p, l) =>
        resizeBy(s, p, l, handle, { x: x * p.width, y: y * p.height }),
  ),
);

/** Any crop a person can reach, with everything that shaped it. */
const reached = fc
  .record({
    picture: pictures,
    aspect: aspects,
    maxZoom: fc.constantFrom(4, 10, Infinity),
    moves: fc.array(edits, { maxLength: 12 }),
  })
  .map(({ picture, aspect, maxZoom, moves }) => {
    const limits: CropLimits = { ...noLimits, aspect, maxZoom };
    const states = [initialCrop(picture, aspect)];
    for (const edit of moves) states.push(edit(states.at(-1) ?? initialCrop(picture, aspect), picture, limits));
    return { picture, limits, states, state: states.at(-1) ?? initialCrop(picture, aspect) };
  });

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

describe('containment', () => {
  it('no corner of a crop ever leaves the picture, at any angle, zoom and place', () => {
    fc.assert(
      fc.property(reached, ({ picture, states }) => {
        for (const state of states) {
          expect(isContained(state, picture)).toBe(true);
          for (const { x, y } of toSourceRegion(state, picture).corners) {
            expect(Math.min(x, y, picture.width - x, picture.height - y)).toBeGreaterThan(-1e-5);
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it('a full sweep of angle × zoom × pan leaves no empty corner', () => {
    const picture = { width: 4000, height: 3000 };
    const limits = { ...noLimits, aspect: 1 };
    let corners = 0;
    for (let angle = -45; angle <= 45; angle += 3) {
      for (let zoom = 1; zoom <= 4; zoom += 0.5) {
        for (const [x, y] of [
          [-1, -1],
          [-1, 0],
          [-1, 1],
          [0, 0],
          [1, -1],
          [1, 1],
        ] as const) {
          const zoomed = zoomTo(turnTo(initialCrop(picture, 1), picture, limits, angle), picture, limits, zoom);
          const panned = moveBy(zoomed, picture, limits, { x: x * 9000, y: y * 9000 });
          for (const corner of toSourceRegion(panned, picture).corners) {
            corners += 1;
            expect(Math.min(corner.x, corner.y, 4000 - corner.x, 3000 - corner.y)).toBeGreaterThan(-1e-5);
          }
        }
      }
    }
    expect(corners).toBe(31 * 7 * 6 * 4);
  });

  it('a crop is never smaller than the least output asks for, where the picture has that much', () => {
    fc.assert(
      fc.property(pictures, fc.array(edits, { maxLength: 10 }), (picture, moves) => {
        const aspect = 1.5;
        const minOutput = { width: 12, height: 8 };
        fc.pre(initialFrame(picture, aspect).width > minOutput.width * 2);
        const limits = { ...noLimits, aspect, minOutput };
        let state = initialCrop(picture, aspect);
        for (const edit of moves) state = edit(state, picture, limits);
        expect(frameOf(state, picture).width).toBeGreaterThan(minOutput.width - 1e-5);
      }),
    );
  });

  it('keeping the limits twice changes nothing', () => {
    fc.assert(
      fc.property(reached, ({ picture, limits, state }) => {
        const once = contain(state, picture, limits);
        expect(contain(once, picture, limits)).toBe(once);
      }),
    );
  });

  it('with a background the frame may be larger than the picture, and along each side holds it or lies in it', () => {
    fc.assert(
      fc.property(pictures, angles, fc.double({ min: 0.01, max: 3, noNaN: true }), (picture, angle, zoom) => {
        const limits = { ...noLimits, aspect: 1, letterbox: true };
        const out = zoomTo(turnTo(initialCrop(picture, 1), picture, limits, angle), picture, limits, zoom);
        const far = moveBy(out, picture, limits, { x: 1e5, y: -1e5 });
        const frame = frameOf(far, picture);
        const reach = reachOf(frame, angle);
        for (const [at, half, length] of [
          [frame.x, reach.x, picture.width],
          [frame.y, reach.y, picture.height],
        ] as const) {
          const inside = at - half > -1e-5 && at + half < length + 1e-5;
          const around = at - half < 1e-5 && at + half > length - 1e-5;
          expect(inside || around).toBe(true);
        }
      }),
    );
  });
});

const initialFrame = (picture: Size, aspect: number): Size => frameOf(initialCrop(picture, aspect), picture);

describe('the first crop', () => {
  it('is the largest centred frame of the aspect at zoom 1, and all of the picture without one', () => {
    fc.assert(
      fc.property(pictures, fc.double({ min: 0.2, max: 5, noNaN: true }), (picture, aspect) => {
        const state = initialCrop(picture, aspect);
        const frame = frameOf(state, picture);
        expect(frame.width / frame.height).toBeCloseTo(aspect, 6);
        expect(Math.max(frame.width / picture.width, frame.height / picture.height)).toBeCloseTo(1, 9);
        expect(distance(frame, { x: picture.width / 2, y: picture.height / 2 })).toBeLessThan(1e-9);
        expect(zoomOf(state, picture)).toBeCloseTo(1, 9);
        expect(initialCrop(picture, null).rect).toEqual({ x: 0, y: 0, width: 1, height: 1 });
      }),
    );
  });
});

describe('one matrix', () => {
  it('the preview shows under each point of the stencil the very pixel the export takes, in both modes', () => {
    fc.assert(
      fc.property(reached, modes, share, share, ({ picture, state }, mode, u, v) => {
        const viewport = { width: 320, height: 480 };
        const view = viewOf(state, picture, viewport, mode, 16);
        const frame = frameOf(state, picture);
        const onScreen = {
          x: view.stencil.x + (u + 0.5) * view.stencil.width,
          y: view.stencil.y + (v + 0.5) * view.stencil.height,
        };
        const seen = apply(invert(view.matrix), onScreen);
        const taken = apply(cutToPicture(state, picture), { x: (u + 0.5) * frame.width, y: (v + 0.5) * frame.height });
        expect(distance(seen, taken)).toBeLessThan(1e-5 * Math.max(picture.width, picture.height));
      }),
      { numRuns: 500 },
    );
  });

  it('the stencil stays in the viewport, and in a box the picture does too', () => {
    fc.assert(
      fc.property(reached, modes, ({ picture, state }, mode) => {
        const viewport = { width: 300, height: 200 };
        const { matrix, stencil } = viewOf(state, picture, viewport, mode, 10);
        const points: Point[] = [
          { x: stencil.x, y: stencil.y },
          { x: stencil.x + stencil.width, y: stencil.y + stencil.height },
        ];
        const { width, height } = picture;
        const corners = [
          { x: 0, y: 0 },
          { x: width, y: 0 },
          { x: 0, y: height },
          { x: width, y: height },
        ];
        if (mode === 'box') points.push(...corners.map((corner) => apply(matrix, corner)));
        for (const { x, y } of points) {
          expect(x > 9.99 && x < 290.01 && y > 9.99 && y < 190.01).toBe(true);
        }
      }),
    );
  });

  it('in a box the picture stands still while the frame moves and changes size', () => {
    fc.assert(
      fc.property(reached, share, share, fc.constantFrom(...handles), ({ picture, limits, state }, x, y, handle) => {
        const step = { x: x * picture.width, y: y * picture.height };
        const before = viewOf(state, picture, { width: 300, height: 200 }, 'box').matrix;
        for (const next of [moveBy(state, picture, limits, step), resizeBy(state, picture, limits, handle, step)]) {
          const after = viewOf(next, picture, { width: 300, height: 200 }, 'box').matrix;
          after.forEach((value, index) => expect(value).toBeCloseTo(before[index] ?? NaN, 5));
        }
      }),
    );
  });
});

describe('edits as a person sees them', () => {
  it('zooming keeps the point under the finger where the picture does not end', () => {
    const picture = { width: 4000, height: 3000 };
    const limits = { ...noLimits, aspect: 1 };
    const start = flip(turnTo(zoomTo(initialCrop(picture, 1), picture, limits, 2), picture, limits, 20), 'x');
    const origin = { x: 0.3, y: -0.2 };
    const at = (state: CropState): Point => {
      const { width, height } = frameOf(state, picture);
      return apply(cutToPicture(state, picture), { x: (origin.x + 0.5) * width, y: (origin.y + 0.5) * height });
    };
    expect(distance(at(start), at(zoomTo(start, picture, limits, 5, origin)))).toBeLessThan(1e-6);
  });

  it('turning to an angle and back, within one gesture, gives the frame back', () => {
    fc.assert(
      fc.property(reached, angles, ({ picture, limits, state }, angle) => {
        const before = frameOf(state, picture);
        // at a steep angle a long picture may hold less than the least; turning back then grows to the least
        const least = leastWidth(before.width / before.height, state, picture, limits);
        fc.pre(before.width >= least);
        const turned = turnTo(state, picture, limits, angle);
        expect(frameOf(turned, picture).width).toBeLessThanOrEqual(before.width + 1e-4);
        const back = turnTo(state, picture, limits, state.angle);
        expect(back.rect.x).toBeCloseTo(state.rect.x, 5);
        expect(back.rect.width).toBeCloseTo(state.rect.width, 5);
      }),
    );
  });

  it('turning shrinks the frame no further than its corners need', () => {
    const picture = { width: 1000, height: 1000 };
    const limits = { ...noLimits, aspect: 1 };
    const turned = turnTo(initialCrop(picture, 1), picture, limits, 45);
    expect(frameOf(turned, picture).width).toBeCloseTo(1000 / Math.SQRT2, 6);
    const small = zoomTo(initialCrop(picture, 1), picture, limits, 2);
    expect(frameOf(turnTo(small, picture, limits, 45), picture).width).toBeCloseTo(500, 6);
  });

  it('four quarter turns show the same picture again, and one shows the same pixels on their side', () => {
    fc.assert(
      fc.property(reached, ({ picture, state }) => {
        const free = { ...noLimits };
        let round = state;
        for (let step = 0; step < 4; step += 1) round = quarterTurn(round, picture, free, 1);
        expect(round.quarterTurns).toBe(state.quarterTurns);
        expect(round.rect.x).toBeCloseTo(state.rect.x, 5);
        const [topLeft] = toSourceRegion(state, picture).corners;
        const [, topRight] = toSourceRegion(quarterTurn(state, picture, free, 1), picture).corners;
        expect(distance(topLeft, topRight)).toBeLessThan(1e-5);
      }),
    );
  });

  it('quarter turns of a fixed aspect keep the zoom', () => {
    const picture = { width: 4000, height: 3000 };
    const limits = { ...noLimits, aspect: 16 / 9 };
    const state = zoomTo(initialCrop(picture, limits.aspect), picture, limits, 1.5);
    const turned = quarterTurn(state, picture, limits, 1);
    expect(zoomOf(turned, picture)).toBeCloseTo(1.5, 9);
    expect(frameOf(turned, picture).width / frameOf(turned, picture).height).toBeCloseTo(16 / 9, 9);
    expect(turnedSize(picture, turned)).toEqual({ width: 3000, height: 4000 });
  });

  it('a new aspect keeps the centre and stays inside the old frame', () => {
    fc.assert(
      fc.property(reached, fc.double({ min: 0.3, max: 3, noNaN: true }), ({ picture, state }, aspect) => {
        const before = frameOf(state, picture);
        const after = frameOf(
          setAspect(state, picture, { ...noLimits, minOutput: { width: 0, height: 0 }, aspect }),
          picture,
        );
        expect(after.x).toBeCloseTo(before.x, 5);
        expect(after.y).toBeCloseTo(before.y, 5);
        expect(after.width).toBeLessThan(before.width + 1e-5);
        expect(after.height).toBeLessThan(before.height + 1e-5);
        expect(after.width / after.height).toBeCloseTo(aspect, 5);
      }),
    );
  });

  it('dragging a handle leaves the opposite corner where it is', () => {
    fc.assert(
      fc.property(reached, share, share, ({ picture, limits, state }, x, y) => {
        const step = { x: x * picture.width, y: y * picture.height };
        const [fixed] = toSourceRegion(state, picture).corners;
        const [still] = toSourceRegion(resizeBy(state, picture, limits, 'se', step), picture).corners;
        expect(distance(fixed, still)).toBeLessThan(1e-4);
      }),
    );
  });

  it('dragging along the edge of the picture slides instead of sticking', () => {
    const picture = { width: 1000, height: 800 };
    const start = resizeBy(initialCrop(picture, null), picture, noLimits, 'se', { x: -500, y: -400 });
    const slid = frameOf(resizeBy(start, picture, noLimits, 'se', { x: 200, y: 5000 }), picture);
    expect(slid.width).toBeCloseTo(700, 4);
    expect(slid.height).toBeCloseTo(800, 4);
  });
});

describe('a saved crop', () => {
  it('saved and restored a hundred times has not moved at all', () => {
    fc.assert(
      fc.property(reached, ({ picture, limits, state }) => {
        let kept = state;
        for (let round = 0; round < 100; round += 1) {
          const read = readCropState(JSON.parse(JSON.stringify(kept)));
          expect(read).not.toBeNull();
          kept = contain(read ?? state, picture, limits);
        }
        expect(kept.rect).toEqual(JSON.parse(JSON.stringify(state.rect)));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    null,
    'text',
    {},
    { version: 2, rect: { x: 0, y: 0, width: 1, height: 1 }, quarterTurns: 0, angle: 0 },
    { version: 1, rect: { x: 0, y: 0, width: 0, height: 1 }, quarterTurns: 0, angle: 0 },
    { version: 1, rect: { x: 0, y: 0, width: 1, height: NaN }, quarterTurns: 0, angle: 0 },
    { version: 1, rect: { x: 0, y: 0, width: 1, height: 1 }, quarterTurns: 5, angle: 0 },
    { version: 1, rect: { x: 0, y: 0, width: 1, height: 1 }, quarterTurns: 0, angle: 90 },
  ])('that is none (%j) is not believed', (value) => {
    expect(readCropState(value)).toBeNull();
  });
});
