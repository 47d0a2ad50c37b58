import type { CropState } from '../../core/crop-state.ts';

/** A saved crop, checked: it may come from a database or from someone else's version. Null for anything else. */
export function readCropState(value: unknown): CropState | null {
  const state = value as Partial<CropState> | null | undefined;
  const rect = state?.rect as Partial<CropState['rect']> | undefined;
  const numbers = [rect?.x, rect?.y, rect?.width, rect?.height, state?.angle];
  const sound =
    state?.version === 1 &&
    numbers.every((number) => Number.isFinite(number)) &&
    (rect?.width ?? 0) > 0 &&
    (rect?.height ?? 0) > 0 &&
    Math.abs(state.angle ?? 0) <= 45 &&
    [0, 1, 2, 3].includes(state.quarterTurns ?? -1);
  return sound ? (state as CropState) : null;
}
