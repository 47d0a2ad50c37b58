'use client';
import {
  type HTMLAttributes,
  type ImgHTMLAttributes,
  type InputHTMLAttributes,
  type KeyboardEvent,
  type RefAttributes,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { CropState } from '../core/crop-state.ts';
import type { UploadError } from '../core/errors.ts';
import {
  type CropMode,
  type Flip,
  type Handle,
  contain,
  flip,
  handles,
  moveBy,
  quarterTurn,
  zoomOf,
  zoomTo,
} from '../image/geometry.ts';
import type { Point, Size } from '../image/matrix.ts';
import type { ProcessOptions, ProcessedImage } from '../image/options.ts';
import { type WheelPolicy, listen } from './use-cropper/gestures.ts';
import { pressKey, pressKeyOnHandle } from './use-cropper/keys.ts';
import type { CropSource } from './use-cropper/load.ts';
import { type CropElements, type CropFigures, figuresOf, paint } from './use-cropper/paint.ts';
import { type CropReason, CropStore, type LoadedPicture } from './use-cropper/store.ts';
import { type CropperMessages, cropperMessages } from './use-cropper/words.ts';

export type { CropSource } from './use-cropper/load.ts';
export type { CropFigures } from './use-cropper/paint.ts';
export type { CropReason } from './use-cropper/store.ts';
export type { CropperMessages } from './use-cropper/words.ts';

export interface UseCropperOptions {
  /** The picture. A new one starts over; null waits for one. */
  source: CropSource | null;
  /** Width ÷ height. Default: 1 in a window, free in a box. */
  aspect?: number | null | undefined;
  /** `'round'` shows a circle; the file stays a rectangle unless `mask` is asked for. */
  shape?: 'rect' | 'round' | undefined;
  /** `'window'` (default): the picture moves under a fixed cut-out. `'box'`: the cut-out moves and changes size. */
  mode?: CropMode | undefined;
  /** The crop, where the host keeps it. */
  value?: CropState | null | undefined;
  /** Where to begin, e.g. a saved crop. */
  defaultValue?: CropState | null | undefined;
  /** Once at the end of each gesture. */
  onValueChange?: ((state: CropState, details: { reason: CropReason }) => void) | undefined;
  /** The least cut-out in source pixels; bounds the zoom. */
  minOutput?: Partial<Size> | undefined;
  /** Default 10. */
  maxZoom?: number | undefined;
  /** A colour, or `'transparent'`: the frame may then reach beyond the picture. */
  background?: string | undefined;
  /** Which turns of the wheel zoom. Default `'when-focused'`, so that a page still scrolls. */
  wheel?: WheelPolicy | undefined;
  disabled?: boolean | undefined;
  svg?: ProcessOptions['svg'];
  decode?: ProcessOptions['decode'];
  workerUrl?: ProcessOptions['workerUrl'];
  messages?: Partial<CropperMessages> | undefined;
}

/** What a prop getter gives: attributes, a ref, and where there is one, the name of the handle. */
export type CropperPartProps<Element, Attributes> = Attributes & RefAttributes<Element> & { 'data-handle'?: Handle };

export interface CropperApi {
  status: 'empty' | 'loading' | 'ready' | 'error';
  /** Why there is nothing to crop. */
  error: UploadError | null;
  /** At rest: unchanged while a gesture runs. */
  state: CropState | null;
  picture: LoadedPicture | null;
  zoom: number;
  canUndo: boolean;
  canRedo: boolean;
  mode: CropMode;
  shape: 'rect' | 'round';
  disabled: boolean;
  messages: CropperMessages;
  getRootProps: () => HTMLAttributes<HTMLElement>;
  /** Needs `position: relative`, a size, and `touch-action: none`. */
  getViewportProps: () => CropperPartProps<HTMLElement, HTMLAttributes<HTMLElement>>;
  getImageProps: () => ImgHTMLAttributes<HTMLImageElement>;
  getStencilProps: () => CropperPartProps<HTMLElement, HTMLAttributes<HTMLElement>>;
  getHandleProps: (handle: Handle) => CropperPartProps<HTMLElement, HTMLAttributes<HTMLElement>>;
  getZoomProps: () => CropperPartProps<HTMLInputElement, InputHTMLAttributes<HTMLInputElement>>;
  getAngleProps: () => CropperPartProps<HTMLInputElement, InputHTMLAttributes<HTMLInputElement>>;
  /** The polite live region that says what changed. */
  getAnnouncerProps: () => CropperPartProps<HTMLElement, HTMLAttributes<HTMLElement>>;
  /** The instructions the crop area points at. */
  getInstructionsProps: () => HTMLAttributes<HTMLElement>;
  moveBy: (step: Point) => void;
  zoomTo: (zoom: number, origin?: Point) => void;
  /** Quarter turns, clockwise. */
  rotate: (quarters: number) => void;
  /** Degrees, −45..45. */
  turnTo: (angle: number) => void;
  flip: (axis: Flip) => void;
  /** Any state; what breaks the limits is brought back. */
  setState: (state: CropState) => void;
  reset: () => void;
  undo: () => void;
  redo: () => void;
  /** The live figures, during a gesture too. Null before a picture is ready. */
  figures: () => CropFigures | null;
  /** Called in an animation frame whenever the live figures changed. */
  subscribe: (listener: () => void) => () => void;
  /** Cuts the file. Rejects as `processImage` does. */
  export: (options?: Omit<ProcessOptions, 'crop'>) => Promise<ProcessedImage>;
}

/** A cropper without any markup. Dragging writes CSS variables in animation frames and renders nothing. */
export function useCropper(options: UseCropperOptions): CropperApi {
  const { mode = 'window', shape = 'rect', disabled = false, value } = options;
  const messages = useMemo(() => ({ ...cropperMessages, ...options.messages }), [options.messages]);
  const settings = settingsOf(options);
  const [store] = useState(() => new CropStore(settings));
  const [elements] = useState<CropElements & { announcer: HTMLElement | null; stencil: HTMLElement | null }>(() => ({
    zoom: null,
    angle: null,
    announcer: null,
    stencil: null,
  }));
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
  const id = useId();
  const [viewport, setViewport] = useState<HTMLElement | null>(null);

  useLayoutEffect(() => {
    store.configure(settings);
  });
  useLayoutEffect(() => {
    if (value !== undefined && value !== null) store.adopt(value);
  });
  usePicture(store, options);
  usePainting(store, viewport, elements, messages);
  useAnnouncer(store, elements, messages);

  const { wheel = 'when-focused' } = options;
  useEffect(() => (viewport === null ? undefined : listen(store, viewport, () => wheel)), [store, viewport, wheel]);

  const refs = useMemo(
    () => ({
      zoom: (node: HTMLInputElement | null) => attach(elements, 'zoom', node),
      angle: (node: HTMLInputElement | null) => attach(elements, 'angle', node),
      announcer: (node: HTMLElement | null) => attach(elements, 'announcer', node),
      stencil: (node: HTMLElement | null) => attach(elements, 'stencil', node),
    }),
    [elements],
  );
  const commands = useMemo(() => commandsOf(store), [store]);
  const { picture, state } = snapshot;
  const idle = disabled || snapshot.status !== 'ready';

  const onKeyDown = (event: KeyboardEvent): void => {
    if (idle || event.target !== event.currentTarget) return;
    const entersHandles = mode === 'box' && event.key === 'Enter';
    if (entersHandles) focusHandle(elements.stencil, 'se');
    else if (!pressKey(store, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onHandleKeyDown = (handle: Handle, event: KeyboardEvent): void => {
    if (event.key === 'Enter')
      focusHandle(elements.stencil, handles[(handles.indexOf(handle) + 1) % handles.length] ?? 'se');
    else if (event.key === 'Escape') elements.stencil?.focus();
    else if (!pressKeyOnHandle(store, handle, event) && !pressKey(store, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const slider = (onInput: (value: number) => void): InputHTMLAttributes<HTMLInputElement> => ({
    type: 'range',
    step: 'any',
    defaultValue: 0,
    disabled: idle,
    // no form around it shall count it among its own
    form: '',
    onChange: (event) => onInput(Number(event.currentTarget.value)),
    onPointerUp: () => store.commit(),
    onBlur: () => store.commit(),
    onKeyDown: (event) => stepSlider(event, onInput),
  });

  return {
    ...snapshot,
    ...commands,
    mode,
    shape,
    disabled,
    messages,
    zoom: picture === null || state === null ? 1 : zoomOf(state, picture.size),
    getRootProps: () => ({
      role: 'group',
      'aria-label': messages.cropArea,
      'aria-busy': snapshot.status === 'loading',
    }),
    getViewportProps: () => ({ ref: setViewport }),
    getImageProps: () => ({
      src: picture?.url,
      alt: '',
      draggable: false,
      width: picture?.shown.width,
      height: picture?.shown.height,
      style: { transform: 'var(--slipway-crop-matrix)', transformOrigin: '0 0' },
    }),
    getStencilProps: () => ({
      ref: refs.stencil,
      role: 'application',
      tabIndex: idle ? -1 : 0,
      'aria-label': messages.cropArea,
      'aria-roledescription': messages.cropAreaRole,
      'aria-describedby': `${id}-instructions`,
      'aria-disabled': idle || undefined,
      onKeyDown,
      onBlur: () => store.commit(),
    }),
    getHandleProps: (handle) => ({
      role: 'button',
      tabIndex: -1,
      'aria-label': messages.handle(handle),
      'data-handle': handle,
      onKeyDown: (event) => onHandleKeyDown(handle, event),
    }),
    getZoomProps: () => ({
      ...slider((at) => store.showThenCommit('zoomed', (now, size, limits) => zoomTo(now, size, limits, 2 ** at))),
      ref: refs.zoom,
      'aria-label': messages.zoom,
    }),
    getAngleProps: () => ({ ...slider((angle) => store.turn(angle)), ref: refs.angle, 'aria-label': messages.angle }),
    getAnnouncerProps: () => ({ ref: refs.announcer, role: 'status', 'aria-live': 'polite', 'aria-atomic': true }),
    getInstructionsProps: () => ({
      id: `${id}-instructions`,
      children: mode === 'box' ? `${messages.instructions} ${messages.boxInstructions}` : messages.instructions,
    }),
    export: (more) => exportFrom(store, { ...more, ...exportOptions(options) }),
  };
}

/** What needs pixels comes as a chunk of its own, while the cropper shows itself already. */
const pipeline = (): Promise<typeof import('./use-cropper/load.ts')> => import('./use-cropper/load.ts');

function settingsOf({
  mode = 'window',
  aspect,
  minOutput,
  maxZoom = 10,
  background,
  onValueChange,
}: UseCropperOptions): CropStore['settings'] {
  if (mode === 'window' && aspect === null) {
    throw new Error(
      "useCropper: mode 'window' needs an aspect; a free one means mode: 'box'. (slipway: docs/cropper.md#aspect)",
    );
  }
  return {
    mode,
    limits: {
      aspect: aspect ?? (mode === 'window' ? 1 : null),
      minOutput: { width: minOutput?.width ?? 1, height: minOutput?.height ?? 1 },
      maxZoom,
      letterbox: background !== undefined,
    },
    onCommit: (state, reason) => onValueChange?.(state, { reason }),
  };
}

const exportOptions = ({ background, minOutput, workerUrl, svg }: UseCropperOptions): ProcessOptions => ({
  ...(background === undefined || background === 'transparent' ? {} : { background }),
  ...(minOutput === undefined ? {} : { minOutput }),
  ...(workerUrl === undefined ? {} : { workerUrl }),
  ...(svg === undefined ? {} : { svg }),
});

async function exportFrom(store: CropStore, options: ProcessOptions): Promise<ProcessedImage> {
  store.commit();
  const { picture, state } = store.getSnapshot();
  if (picture === null || state === null) {
    throw new Error(
      'cropper.export: there is no picture yet; wait for status "ready". (slipway: docs/cropper.md#export)',
    );
  }
  const { cutPicture } = await pipeline();
  return await cutPicture(picture.file, state, options);
}

function commandsOf(
  store: CropStore,
): Pick<
  CropperApi,
  'moveBy' | 'zoomTo' | 'rotate' | 'turnTo' | 'flip' | 'setState' | 'reset' | 'undo' | 'redo' | 'figures' | 'subscribe'
> {
  return {
    moveBy: (step) => store.edit('moved', (state, picture, limits) => moveBy(state, picture, limits, step)),
    zoomTo: (zoom, origin) =>
      store.edit('zoomed', (state, picture, limits) => zoomTo(state, picture, limits, zoom, origin)),
    rotate: (quarters) =>
      store.edit('turned', (state, picture, limits) => quarterTurn(state, picture, limits, quarters)),
    turnTo: (angle) => {
      store.turn(angle);
      store.commit();
    },
    flip: (axis) => store.edit('flipped', (state) => flip(state, axis)),
    setState: (state) => store.edit('moved', (_state, picture, limits) => contain(state, picture, limits)),
    reset: () => store.reset(),
    undo: () => store.undo(),
    redo: () => store.redo(),
    figures: () => figuresOf(store),
    subscribe: store.subscribePaint,
  };
}

function usePicture(store: CropStore, options: UseCropperOptions): void {
  const { source } = options;
  const latest = useLatest(options);
  useEffect(() => {
    if (source === null) {
      store.clear();
      return undefined;
    }
    const loading = new AbortController();
    let url: string | undefined;
    const { svg, decode, workerUrl, minOutput, value, defaultValue } = latest.current;
    const least = { width: minOutput?.width ?? 1, height: minOutput?.height ?? 1 };
    store.startLoading();
    const wishes = { svg, decode, workerUrl, minOutput: least, signal: loading.signal };
    void pipeline()
      .then(({ loadPicture }) => loadPicture(source, wishes))
      .then(
        (picture) => {
          url = picture.url;
          if (loading.signal.aborted) URL.revokeObjectURL(url);
          else store.load(picture, value ?? defaultValue ?? null);
        },
        (error: UploadError) => {
          if (!loading.signal.aborted) store.fail(error);
        },
      );
    return () => {
      loading.abort();
      store.stop();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [store, source, latest]);
}

function usePainting(
  store: CropStore,
  viewport: HTMLElement | null,
  elements: CropElements,
  messages: CropperMessages,
): void {
  useEffect(() => {
    const texts = ({ zoom, angle }: CropFigures): { zoom: string; angle: string } => ({
      zoom: messages.zoomValue(zoom),
      angle: messages.angleValue(angle),
    });
    if (viewport === null) return undefined;
    const leave = store.subscribePaint(() => paint(store, viewport, elements, texts));
    // a transform on an ancestor changes no layout size and does not concern us
    const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => store.repaint());
    observer?.observe(viewport);
    store.repaint();
    return () => {
      leave();
      observer?.disconnect();
    };
  }, [store, viewport, elements, messages]);
}

/** Long enough for a run of keys to end. */
const announceAfter = 300;

function useAnnouncer(store: CropStore, elements: { announcer: HTMLElement | null }, messages: CropperMessages): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let said = store.getSnapshot().state;
    const leave = store.subscribe(() => {
      const { state } = store.getSnapshot();
      const first = said === null;
      if (state === said) return;
      said = state;
      // the first state is no change: the crop area itself tells what it is
      if (first || state === null) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const figures = figuresOf(store);
        const text = figures === null ? '' : messages.changed(figures);
        if (elements.announcer !== null && elements.announcer.textContent !== text)
          elements.announcer.textContent = text;
      }, announceAfter);
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [store, elements, messages]);
}

/** Read when something happens, never while rendering. */
function useLatest<T>(value: T): { readonly current: T } {
  const [box] = useState(() => ({ current: value }));
  useLayoutEffect(() => {
    hold(box, value);
  });
  return box;
}

function hold<T>(box: { current: T }, value: T): void {
  box.current = value;
}

function attach<Elements extends object, Key extends keyof Elements>(
  elements: Elements,
  key: Key,
  node: Elements[Key],
): void {
  elements[key] = node;
}

function focusHandle(stencil: HTMLElement | null, handle: Handle): void {
  stencil?.querySelector<HTMLElement>(`[data-handle="${handle}"]`)?.focus();
}

/** `step="any"` lets a drag be smooth and leaves keys without a step of their own. */
function stepSlider(event: KeyboardEvent<HTMLInputElement>, onInput: (value: number) => void): void {
  const { min, max, value } = event.currentTarget;
  const rtl = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
  const way = { ArrowUp: 1, ArrowDown: -1, ArrowRight: rtl, ArrowLeft: -rtl, PageUp: 10, PageDown: -10 }[event.key];
  if (way === undefined) return;
  const step = (Number(max) - Number(min)) / 90;
  onInput(Math.min(Number(max), Math.max(Number(min), Number(value) + way * step)));
  event.preventDefault();
}
