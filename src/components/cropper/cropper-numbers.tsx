'use client';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { frameOf, withFrame } from '../../image/geometry/frame.ts';
import { useCropperContext } from './cropper-parts.tsx';

const CropperFields = lazy(() => import('./cropper-fields.tsx'));

/** The crop in figures, for who cannot or will not drag: fetched and shown on demand. */
export function CropperNumbers(): ReactNode {
  const { messages, state, picture, disabled, setState } = useCropperContext();
  const [open, setOpen] = useState(false);
  return (
    <details data-part="cropper-numbers" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{messages.exact}</summary>
      <Suspense fallback={null}>
        {open && state !== null && picture !== null && (
          <CropperFields
            frame={frameOf(state, picture.size)}
            messages={messages}
            disabled={disabled}
            onFrame={(frame) => setState(withFrame(state, picture.size, frame))}
          />
        )}
      </Suspense>
    </details>
  );
}
