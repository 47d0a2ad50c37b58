'use client';
import { type ReactNode, useState } from 'react';
import { openOverlay } from '../../react/overlays.tsx';
import type { CropSource } from '../../react/use-cropper.ts';
import { CropperDialog, type CropperDialogProps } from './cropper-dialog.tsx';
import type { Cropped } from './cropper.tsx';

export type CropImageOptions = Omit<CropperDialogProps, 'source' | 'open' | 'onOpenChange' | 'onCrop' | 'value'>;

/**
 * Opens the crop dialog and waits for the person: the cut file with its crop, or null where they closed it.
 * Works from any event handler under an `<UploadProvider>`.
 */
export function cropImage(source: CropSource, options: CropImageOptions = {}): Promise<Cropped | null> {
  return new Promise((resolve) => {
    const overlay: { close?: () => void } = {};
    const done = (cropped: Cropped | null): void => {
      resolve(cropped);
      overlay.close?.();
    };
    overlay.close = openOverlay(<Asked source={source} options={options} onDone={done} />, 'cropImage()');
  });
}

interface AskedProps {
  source: CropSource;
  options: CropImageOptions;
  onDone: (cropped: Cropped | null) => void;
}

function Asked({ source, options, onDone }: AskedProps): ReactNode {
  const [open, setOpen] = useState(true);
  return (
    <CropperDialog
      {...options}
      source={source}
      open={open}
      onCrop={onDone}
      onOpenChange={(wanted) => {
        setOpen(wanted);
        if (!wanted) onDone(null);
      }}
    />
  );
}
