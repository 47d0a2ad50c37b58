'use client';
import { type ReactElement, createContext, useContext } from 'react';
import { type Flip, type Handle, sideOf } from '../../image/geometry.ts';
import { type ElementProps, type PartState, part, usePart } from '../../react/part.tsx';
import type { CropperApi } from '../../react/use-cropper.ts';
import { FlipXIcon, FlipYIcon, ResetIcon, RotateLeftIcon, RotateRightIcon } from '../icons.tsx';

/** What every part of a cropper says about itself. */
export interface CropperState extends PartState {
  status: CropperApi['status'];
  mode: CropperApi['mode'];
  shape: CropperApi['shape'];
  disabled: boolean;
}

const CropperContext = createContext<CropperApi | null>(null);

/** The cropper around this component: for parts of one's own. */
export function useCropperContext(): CropperApi {
  const cropper = useContext(CropperContext);
  if (cropper === null) {
    throw new Error(
      'Cropper parts live inside <CropperRoot cropper={useCropper(…)}>. (slipway: docs/cropper.md#parts)',
    );
  }
  return cropper;
}

const stateOf = ({ status, mode, shape, disabled }: CropperApi): CropperState => ({ status, mode, shape, disabled });

export type CropperRootProps = ElementProps<'div', CropperState> & { cropper: CropperApi };

/** Holds the parts, the live region and the instructions. */
export const CropperRoot = part<CropperRootProps, HTMLDivElement>(
  'CropperRoot',
  ({ cropper, children, ...given }, ref) => (
    <CropperContext.Provider value={cropper}>
      <RootElement given={given} forwarded={ref} cropper={cropper}>
        {children}
      </RootElement>
    </CropperContext.Provider>
  ),
);

interface RootElementProps {
  cropper: CropperApi;
  given: Omit<CropperRootProps, 'cropper' | 'children'>;
  forwarded: React.Ref<HTMLDivElement>;
  children: React.ReactNode;
}

function RootElement({ cropper, given, forwarded, children }: RootElementProps): ReactElement {
  const hidden = (
    <>
      {children}
      <span data-part="cropper-instructions" hidden {...cropper.getInstructionsProps()} />
      <span data-part="cropper-announcer" className="slipway-hidden" {...cropper.getAnnouncerProps()} />
    </>
  );
  return usePart({
    tag: 'div',
    name: 'cropper-root',
    state: stateOf(cropper),
    own: { ...cropper.getRootProps(), children: hidden },
    given,
    refs: [forwarded, undefined],
  });
}

type DivProps = ElementProps<'div', CropperState>;
type ButtonProps = ElementProps<'button', CropperState>;
type RangeProps = ElementProps<'input', CropperState>;

/** The stage: everything that can be dragged is inside. */
export const CropperViewport = part<DivProps, HTMLDivElement>('CropperViewport', (given, ref) => {
  const cropper = useCropperContext();
  const { ref: own, ...props } = cropper.getViewportProps();
  return usePart({
    tag: 'div',
    name: 'cropper-viewport',
    state: stateOf(cropper),
    own: props,
    given,
    refs: [own, ref],
  });
});

export const CropperImage = part<ElementProps<'img', CropperState>, HTMLImageElement>('CropperImage', (given, ref) => {
  const cropper = useCropperContext();
  const state = stateOf(cropper);
  return usePart({
    tag: 'img',
    name: 'cropper-image',
    state,
    own: cropper.getImageProps(),
    given,
    refs: [ref, undefined],
  });
});

/** The crop area: the one focus stop of the stage. */
export const CropperStencil = part<DivProps, HTMLDivElement>('CropperStencil', (given, ref) => {
  const cropper = useCropperContext();
  const { ref: own, ...props } = cropper.getStencilProps();
  return usePart({
    tag: 'div',
    name: 'cropper-stencil',
    state: stateOf(cropper),
    own: props,
    given,
    refs: [own, ref],
  });
});

/** Lines at the thirds. */
export const CropperGrid = part<DivProps, HTMLDivElement>('CropperGrid', (given, ref) => {
  const cropper = useCropperContext();
  const own = { 'aria-hidden': true };
  return usePart({ tag: 'div', name: 'cropper-grid', state: stateOf(cropper), own, given, refs: [ref, undefined] });
});

export type CropperHandleProps = DivProps & { position: Handle };

export const CropperHandle = part<CropperHandleProps, HTMLDivElement>(
  'CropperHandle',
  ({ position, ...given }, ref) => {
    const cropper = useCropperContext();
    const { x, y } = sideOf(position);
    const state = { ...stateOf(cropper), corner: x !== 0 && y !== 0 };
    return usePart({
      tag: 'div',
      name: 'cropper-handle',
      state,
      own: cropper.getHandleProps(position),
      given,
      refs: [ref, undefined],
    });
  },
);

export const CropperZoom = part<RangeProps, HTMLInputElement>('CropperZoom', (given, ref) => {
  const cropper = useCropperContext();
  const { ref: own, ...props } = cropper.getZoomProps();
  return usePart({
    tag: 'input',
    name: 'cropper-zoom',
    state: stateOf(cropper),
    own: props,
    given,
    refs: [own, ref],
  });
});

export const CropperAngle = part<RangeProps, HTMLInputElement>('CropperAngle', (given, ref) => {
  const cropper = useCropperContext();
  const { ref: own, ...props } = cropper.getAngleProps();
  return usePart({
    tag: 'input',
    name: 'cropper-angle',
    state: stateOf(cropper),
    own: props,
    given,
    refs: [own, ref],
  });
});

interface ToolOptions {
  name: string;
  label: string;
  icon: React.ReactNode;
  onClick: () => void;
  given: ButtonProps;
  forwarded: React.Ref<HTMLButtonElement>;
  idle?: boolean;
}

function useTool({ name, label, icon, onClick, given, forwarded, idle = false }: ToolOptions): ReactElement {
  const cropper = useCropperContext();
  const disabled = cropper.disabled || cropper.status !== 'ready' || idle;
  const own = { type: 'button', 'aria-label': label, title: label, disabled, onClick, children: icon };
  return usePart({ tag: 'button', name, state: stateOf(cropper), own, given, refs: [forwarded, undefined] });
}

/** Turns by quarters: to the right, or to the left with `quarters={-1}`. */
export const CropperRotate = part<ButtonProps & { quarters?: number }, HTMLButtonElement>(
  'CropperRotate',
  ({ quarters = 1, ...given }, ref) => {
    const { messages, rotate } = useCropperContext();
    const [label, Icon] =
      quarters < 0 ? [messages.rotateLeft, RotateLeftIcon] : [messages.rotateRight, RotateRightIcon];
    return useTool({
      name: 'cropper-rotate',
      label,
      icon: <Icon />,
      onClick: () => rotate(quarters),
      given,
      forwarded: ref,
    });
  },
);

export const CropperFlip = part<ButtonProps & { axis?: Flip }, HTMLButtonElement>(
  'CropperFlip',
  ({ axis = 'x', ...given }, ref) => {
    const { messages, flip } = useCropperContext();
    const [label, Icon] = axis === 'x' ? [messages.flipX, FlipXIcon] : [messages.flipY, FlipYIcon];
    return useTool({ name: 'cropper-flip', label, icon: <Icon />, onClick: () => flip(axis), given, forwarded: ref });
  },
);

export const CropperReset = part<ButtonProps, HTMLButtonElement>('CropperReset', (given, ref) => {
  const { messages, reset, canUndo } = useCropperContext();
  return useTool({
    name: 'cropper-reset',
    label: messages.reset,
    icon: <ResetIcon />,
    onClick: reset,
    given,
    forwarded: ref,
    idle: !canUndo,
  });
});

/** Cuts and hands over; what happens then is its `onClick`. */
export const CropperApply = part<ButtonProps, HTMLButtonElement>('CropperApply', (given, ref) => {
  const cropper = useCropperContext();
  const disabled = cropper.disabled || cropper.status !== 'ready';
  const own = { type: 'button', disabled, children: cropper.messages.apply };
  return usePart({ tag: 'button', name: 'cropper-apply', state: stateOf(cropper), own, given, refs: [ref, undefined] });
});
