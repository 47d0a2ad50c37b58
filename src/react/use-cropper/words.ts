import type { UploadError } from '../../core/errors.ts';
import type { Handle } from '../../image/geometry.ts';
import type { CropFigures } from './paint.ts';

/** Every word of the cropper. Entries with facts are functions, so that a language can order them. */
export interface CropperMessages {
  title: string;
  cropArea: string;
  cropAreaRole: string;
  instructions: string;
  boxInstructions: string;
  zoom: string;
  angle: string;
  rotateLeft: string;
  rotateRight: string;
  flipX: string;
  flipY: string;
  reset: string;
  apply: string;
  applying: string;
  cancel: string;
  loading: string;
  handle: (handle: Handle) => string;
  zoomValue: (zoom: number) => string;
  angleValue: (degrees: number) => string;
  /** Said after each change, once it rests. */
  changed: (figures: CropFigures) => string;
  exact: string;
  left: string;
  top: string;
  width: string;
  height: string;
  failed: (error: UploadError) => string;
}

const corners: Record<Handle, string> = {
  nw: 'top left corner',
  n: 'top edge',
  ne: 'top right corner',
  e: 'right edge',
  se: 'bottom right corner',
  s: 'bottom edge',
  sw: 'bottom left corner',
  w: 'left edge',
};

export const cropperMessages: CropperMessages = {
  title: 'Crop your photo',
  cropArea: 'Crop area',
  cropAreaRole: 'crop area',
  instructions:
    'Arrow keys move, plus and minus zoom, R turns, F flips, square brackets straighten, 0 fits. Control Z undoes.',
  boxInstructions: 'Enter steps through the handles; arrow keys then resize. Escape returns to the crop area.',
  zoom: 'Zoom',
  angle: 'Straighten',
  rotateLeft: 'Turn left',
  rotateRight: 'Turn right',
  flipX: 'Flip sideways',
  flipY: 'Flip upside down',
  reset: 'Reset',
  apply: 'Apply',
  applying: 'Applying…',
  cancel: 'Cancel',
  loading: 'Opening your photo…',
  handle: (handle) => `Resize from the ${corners[handle]}`,
  zoomValue: (zoom) => `${Math.round(zoom * 100)} %`,
  angleValue: (degrees) => `${Math.round(degrees * 10) / 10}°`,
  changed: ({ zoom, angle, width, height, left, top }) =>
    [
      `Zoom ${Math.round(zoom * 100)} %, crop ${width} by ${height}`,
      `${Math.round(left * 100)} % from left, ${Math.round(top * 100)} % from top`,
      ...(angle === 0 ? [] : [`turned ${Math.round(angle * 10) / 10}°`]),
    ].join(', '),
  exact: 'Exact size',
  left: 'Left',
  top: 'Top',
  width: 'Width',
  height: 'Height',
  failed: ({ code, details }) => {
    if (code === 'too-many-pixels' || code === 'too-small') {
      const { width, height } = details as { width: number; height: number };
      return `This photo is ${width} × ${height} pixels. Choose a ${code === 'too-small' ? 'larger' : 'smaller'} one.`;
    }
    if (code === 'cors-or-network') return 'The photo could not be loaded. Choose it from your device.';
    if (code === 'no-decoder') return 'This photo cannot be opened here. Choose a JPEG or PNG.';
    return 'This file is not a photo we can open. Choose another one.';
  },
};
