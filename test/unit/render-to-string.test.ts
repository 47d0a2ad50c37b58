import { createElement, type ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import * as slipway from '../../src/index.ts';
import { memory } from '../../src/providers/memory.ts';

const { Avatar, UploadProvider } = slipway;

/** How each component is placed, and a word of what its markup must say. A new component needs a line. */
const examples: Record<string, { element: () => ReactElement; says: string }> = {
  Avatar: { element: () => createElement(Avatar, { label: 'Your picture', fallback: 'AB' }), says: 'Your picture' },
  UploadProvider: { element: () => createElement('p', null, 'inside'), says: 'inside' },
};
const components = Object.keys(slipway).filter((name) => /^[A-Z]/.test(name));

it.each(components)('%s renders on a server, the same each time', (name) => {
  const example = examples[name];
  if (example === undefined) throw new Error(`Say in test/unit/render-to-string.test.ts how to place <${name}>.`);
  const provider = memory();
  const render = (): string => renderToString(createElement(UploadProvider, { provider }, example.element()));
  expect(render()).toContain(example.says);
  expect(render()).toBe(render());
});
