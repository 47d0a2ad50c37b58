'use client';
import { type ReactNode, type SyntheticEvent, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { cropperMessages } from '../../react/use-cropper/words.ts';
import { CloseIcon } from '../icons.tsx';
import { Cropper, type CropperProps } from './cropper.tsx';

export interface CropperDialogProps extends CropperProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title?: string | undefined;
}

/** What happens in the dialog is none of the host's business, wherever in its tree the dialog stands. */
const stop = (event: SyntheticEvent): void => event.stopPropagation();
const guest = {
  onKeyDown: stop,
  onKeyUp: stop,
  onInput: stop,
  onChange: stop,
  onSubmit: stop,
  onClick: stop,
  onPointerDown: stop,
  onMouseDown: stop,
  onTouchStart: stop,
  onFocus: stop,
  onBlur: stop,
  onPaste: stop,
  onDragEnter: stop,
  onDragOver: stop,
  onDrop: stop,
};

/**
 * The cropper in a native dialog, rendered in place and shown in the top layer. Escape and Android's Back close it
 * alone; focus starts on its heading and returns to where it was.
 */
export function CropperDialog({ open, onOpenChange, title, onCrop, ...props }: CropperDialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();
  const messages = { ...cropperMessages, ...props.messages };
  const close = (): void => onOpenChange(false);
  useModal(open, dialog, heading);
  useEscape(open, dialog, close);
  if (!open) return null;
  return (
    <dialog
      ref={dialog}
      data-part="cropper-dialog"
      dir={props.dir}
      aria-labelledby={headingId}
      onCancel={(event) => {
        // the state decides, not the browser
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
      onClose={(event) => {
        event.stopPropagation();
        // StrictMode closes and opens again before the event of the first arrives
        if (!event.currentTarget.open) close();
      }}
      {...guest}
    >
      <header data-part="cropper-header">
        <h2 ref={heading} id={headingId} tabIndex={-1} data-part="cropper-title">
          {title ?? messages.title}
        </h2>
        <button
          type="button"
          data-part="cropper-close"
          aria-label={messages.cancel}
          title={messages.cancel}
          onClick={close}
        >
          <CloseIcon />
        </button>
      </header>
      <Cropper
        {...props}
        onCrop={(cropped) => {
          onCrop?.(cropped);
          close();
        }}
        actions={
          <button type="button" data-part="cropper-cancel" onClick={close}>
            {messages.cancel}
          </button>
        }
      />
    </dialog>
  );
}

type Box<T> = { readonly current: T | null };

function useModal(open: boolean, dialog: Box<HTMLDialogElement>, heading: Box<HTMLElement>): void {
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!open || element === null) return undefined;
    const before = document.activeElement;
    if (!element.open) element.showModal();
    heading.current?.focus();
    return () => {
      element.close();
      // the browser gives focus back itself, unless the trigger was re-rendered meanwhile
      if (before instanceof HTMLElement && document.activeElement !== before) before.focus();
    };
  }, [open, dialog, heading]);
}

/**
 * Libraries listen for Escape on the document, in the capture phase; only the window comes before them. What has the
 * focus inside (a handle, a running drag) is asked first.
 */
function useEscape(open: boolean, dialog: Box<HTMLDialogElement>, close: () => void): void {
  const latest = useRef(close);
  useLayoutEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const element = dialog.current;
      if (event.key !== 'Escape' || element === null || event.defaultPrevented) return;
      const top = [...document.querySelectorAll('dialog:modal')].at(-1);
      // a running drag takes Escape for itself
      if (top !== element || element.querySelector('[data-dragging]') !== null) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      const handle = document.activeElement?.closest('[data-part="cropper-handle"]');
      const stencil = handle?.closest<HTMLElement>('[data-part="cropper-stencil"]');
      if (stencil !== null && stencil !== undefined) stencil.focus();
      else latest.current();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [open, dialog]);
}
