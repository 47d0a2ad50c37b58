import type { ReactNode } from 'react';

/** Line icons on a 24 px grid, in the colour of the text. Decoration: the button beside them carries the name. */
const icon = (path: string): (() => ReactNode) =>
  function Icon() {
    return (
      <svg data-part="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
        <path
          d={path}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    );
  };

export const RotateLeftIcon = icon('M4 5v5h5M4.5 10A8 8 0 1 1 4 14');
export const RotateRightIcon = icon('M20 5v5h-5M19.5 10A8 8 0 1 0 20 14');
export const FlipXIcon = icon('M12 4v16M9 7 4 17h5zM15 7l5 10h-5z');
export const FlipYIcon = icon('M4 12h16M7 9l10-5v5zM7 15l10 5v-5z');
export const ResetIcon = icon('M4 4v6h6M20 20v-6h-6M5 15a8 8 0 0 0 14 2M19 9A8 8 0 0 0 5 7');
export const ZoomOutIcon = icon('M4 18 9 9l4 6 2-3 5 6z');
export const AngleIcon = icon('M4 19h16M4 19 17 6M12 19a8 8 0 0 0-2.3-5.7');
export const CloseIcon = icon('M6 6l12 12M18 6 6 18');
