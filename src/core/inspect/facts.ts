/** EXIF's numbers: how the stored pixels must be turned to be seen upright. 1 is upright, 5 to 8 swap the sides. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What the readers of each format fill in as they meet it. */
export interface Facts {
  storedWidth: number | null;
  storedHeight: number | null;
  orientation: Orientation;
  animated: boolean | null;
  alpha: boolean | null;
}

export const toOrientation = (value: number): Orientation =>
  Number.isInteger(value) && value >= 1 && value <= 8 ? (value as Orientation) : 1;
