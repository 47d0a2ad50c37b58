import { type ComponentType, createElement, type ReactElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import * as slipway from '../../src/index.ts';
import { memory } from '../../src/providers/memory.ts';

const { Avatar, Cropper, CropperDialog, CropperNumbers, CropperRoot, UploaderProvider, UploadProvider, useCropper } =
  slipway;

const byName: Readonly<Record<string, unknown>> = slipway;

/** A part of the cropper where it belongs: in a root. */
function InCropper({ children }: { children: ReactNode }): ReactElement {
  return createElement(CropperRoot, { cropper: useCropper({ source: null, aspect: 1 }) }, children);
}
const inCropper = (part: ComponentType<{ position?: string }>): (() => ReactElement) => {
  return () => createElement(InCropper, null, createElement(part, { position: 'se' }));
};
const part = (name: string): { element: () => ReactElement; says: string } => ({
  element: inCropper(byName[name] as ComponentType<{ position?: string }>),
  says: `data-part="${name.replaceAll(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}"`,
});

/** How each component is placed, and a word of what its markup must say. A new component needs a line. */
const examples: Record<string, { element: () => ReactElement; says: string }> = {
  Avatar: { element: () => createElement(Avatar, { label: 'Your picture', fallback: 'AB' }), says: 'Your picture' },
  Cropper: { element: () => createElement(Cropper, { source: null, aspect: 1 }), says: 'data-part="cropper-root"' },
  CropperDialog: {
    element: () =>
      createElement(CropperDialog, { source: null, aspect: 1, open: false, onOpenChange: () => undefined }),
    says: '', // closed, it is not there
  },
  CropperNumbers: {
    element: () => createElement(InCropper, null, createElement(CropperNumbers)),
    says: 'cropper-root',
  },
  CropperRoot: { element: () => createElement(InCropper, null, 'inside'), says: 'inside' },
  UploaderProvider: { element: () => createElement(UploaderProvider, { value: null }, 'inside'), says: 'inside' },
  UploadProvider: { element: () => createElement('p', null, 'inside'), says: 'inside' },
  ...Object.fromEntries(
    ['Angle', 'Apply', 'Flip', 'Grid', 'Handle', 'Image', 'Reset', 'Rotate', 'Stencil', 'Viewport', 'Zoom'].map(
      (name) => [`Cropper${name}`, part(`Cropper${name}`)],
    ),
  ),
};
const components = Object.keys(byName).filter((name) => /^[A-Z]/.test(name));

it.each(components)('%s renders on a server, the same each time', (name) => {
  const example = examples[name];
  if (example === undefined) throw new Error(`Say in test/unit/render-to-string.test.ts how to place <${name}>.`);
  const provider = memory();
  const render = (): string => renderToString(createElement(UploadProvider, { provider }, example.element()));
  expect(render()).toContain(example.says);
  expect(render()).toBe(render());
});
