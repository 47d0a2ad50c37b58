import { frameOf, viewOf, zoomOf } from '../../image/geometry.ts';
import { inOrder, scale } from '../../image/matrix.ts';
import { insetOf } from './gestures.ts';
import { type CropStore, zoomRange } from './store.ts';

/** Sliders that show the live state, as far as the host renders them. */
export interface CropElements {
  zoom: HTMLInputElement | null;
  angle: HTMLInputElement | null;
}

/** What a screen reader and a label say of the live state. */
export interface CropFigures {
  zoom: number;
  angle: number;
  width: number;
  height: number;
  left: number;
  top: number;
}

export function figuresOf(store: CropStore): CropFigures | null {
  const { live, picture } = store;
  if (live === null || picture === null) return null;
  const { width, height } = frameOf(live, picture);
  const { rect, angle } = live;
  return {
    zoom: zoomOf(live, picture),
    angle,
    width: Math.round(width),
    height: Math.round(height),
    left: rect.x,
    top: rect.y,
  };
}

/** Writes the live state to CSS variables and to the sliders, past React. Reads layout sizes only, never transforms. */
export function paint(
  store: CropStore,
  viewport: HTMLElement,
  elements: CropElements,
  valueText: (figures: CropFigures) => CropTexts,
): void {
  const { live } = store;
  const { picture } = store.getSnapshot();
  const figures = figuresOf(store);
  if (live === null || picture === null || figures === null) return;
  const size = { width: viewport.clientWidth, height: viewport.clientHeight };
  if (size.width === 0 || size.height === 0) return;
  const { matrix, stencil } = viewOf(live, picture.size, size, store.settings.mode, insetOf(viewport));
  const shown = inOrder(
    scale(picture.size.width / picture.shown.width, picture.size.height / picture.shown.height),
    matrix,
  );
  const set = (name: string, value: string): void => viewport.style.setProperty(`--slipway-crop-${name}`, value);
  set('matrix', `matrix(${shown.map((value) => Number(value.toFixed(6))).join(', ')})`);
  set('left', `${stencil.x}px`);
  set('top', `${stencil.y}px`);
  set('wide', `${stencil.width}px`);
  set('tall', `${stencil.height}px`);
  const texts = valueText(figures);
  const range = zoomRange(live, picture.size, store.settings.limits);
  slide(elements.zoom, Math.log2(figures.zoom), texts.zoom, Math.log2(range.min), Math.log2(range.max));
  slide(elements.angle, figures.angle, texts.angle, -45, 45);
}

export interface CropTexts {
  zoom: string;
  angle: string;
}

function slide(input: HTMLInputElement | null, value: number, text: string, min: number, max: number): void {
  if (input === null) return;
  input.min = String(min);
  input.max = String(max);
  input.value = String(value);
  if (input.getAttribute('aria-valuetext') !== text) input.setAttribute('aria-valuetext', text);
}
