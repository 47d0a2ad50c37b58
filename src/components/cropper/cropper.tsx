'use client';
import { type ReactNode, useRef, useState } from 'react';
import type { CropState } from '../../core/crop-state.ts';
import { UploadError, isUploadError } from '../../core/errors.ts';
import { handles } from '../../image/geometry.ts';
import type { ProcessOptions } from '../../image/options.ts';
import { type CropperApi, type UseCropperOptions, useCropper } from '../../react/use-cropper.ts';
import { AngleIcon, ZoomOutIcon } from '../icons.tsx';
import { CropperNumbers } from './cropper-numbers.tsx';
import {
  CropperAngle,
  CropperApply,
  CropperFlip,
  CropperGrid,
  CropperHandle,
  CropperImage,
  CropperReset,
  CropperRoot,
  CropperRotate,
  CropperStencil,
  CropperViewport,
  CropperZoom,
} from './cropper-parts.tsx';

/** A cut-out and how it was cut. */
export interface Cropped {
  file: File;
  state: CropState;
}

export interface CropperProps extends UseCropperOptions {
  /** Called with the cut file when Apply is pressed. Without it there is no Apply button. */
  onCrop?: ((cropped: Cropped) => void) | undefined;
  /** Called when the picture could not be cut. */
  onError?: ((error: UploadError) => void) | undefined;
  /** Size, type and the like of the file. */
  output?: Omit<ProcessOptions, 'crop' | 'signal'> | undefined;
  /** Beside Apply. */
  actions?: ReactNode;
  dir?: 'ltr' | 'rtl' | undefined;
  className?: string | undefined;
  id?: string | undefined;
}

/** A cropper with all its controls, made of the parts beside it. */
export function Cropper({ onCrop, onError, output, actions, dir, className, id, ...options }: CropperProps): ReactNode {
  const cropper = useCropper(options);
  const cut = useCut(cropper, { onCrop, onError, output });
  const { messages, status, error, mode } = cropper;
  return (
    <CropperRoot cropper={cropper} dir={dir} className={className} id={id}>
      <CropperViewport>
        {status === 'ready' && <CropperImage />}
        {status === 'ready' && (
          <CropperStencil>
            <CropperGrid />
            {mode === 'box' && handles.map((position) => <CropperHandle key={position} position={position} />)}
          </CropperStencil>
        )}
        {status === 'loading' && <p data-part="cropper-status">{messages.loading}</p>}
        {error !== null && (
          <p data-part="cropper-status" role="alert">
            {messages.failed(error)}
          </p>
        )}
      </CropperViewport>
      <div data-part="cropper-sliders">
        <span data-part="cropper-slider">
          <ZoomOutIcon />
          <CropperZoom />
        </span>
        <span data-part="cropper-slider">
          <AngleIcon />
          <CropperAngle />
        </span>
      </div>
      <div data-part="cropper-tools">
        <CropperRotate quarters={-1} />
        <CropperRotate />
        <CropperFlip />
        <CropperFlip axis="y" />
        <CropperReset />
      </div>
      <CropperNumbers />
      {cut.error !== null && (
        <p data-part="cropper-status" role="alert">
          {messages.failed(cut.error)}
        </p>
      )}
      <div data-part="cropper-actions">
        {actions}
        {onCrop !== undefined && (
          <CropperApply onClick={cut.start} aria-busy={cut.busy}>
            {cut.busy ? messages.applying : messages.apply}
          </CropperApply>
        )}
      </div>
    </CropperRoot>
  );
}

type CutOptions = Pick<CropperProps, 'onCrop' | 'onError' | 'output'>;

/** One cut at a time; a second press while one runs does nothing. */
function useCut(
  cropper: CropperApi,
  { onCrop, onError, output }: CutOptions,
): {
  busy: boolean;
  error: UploadError | null;
  start: () => void;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<UploadError | null>(null);
  const running = useRef(false);
  const cut = async (): Promise<void> => {
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      const { file, crop } = await cropper.export(output);
      if (crop !== null) onCrop?.({ file, state: crop });
    } catch (cause) {
      const problem = isUploadError(cause)
        ? cause
        : new UploadError('prepare-failed', { step: 'crop' }, { at: 'prepare', cause });
      setError(problem);
      onError?.(problem);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  const start = (): void => {
    if (!running.current) void cut();
  };
  return { busy, error, start };
}
