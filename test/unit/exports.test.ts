import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { entries } from '../../scripts/entries.mjs';
import { namesPage, publicNames } from '../../scripts/public-names.mjs';

it.each(entries())('$name exports exactly the names that api/$label.names.txt lists', ({ name, label, source }) => {
  const page = `api/${label}.names.txt`;
  const expected = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const cure = `The public names of ${name} changed. Put back what was lost; if the change is wanted: npm run build && npm run api -- --update, and add a changeset.`;
  expect(namesPage(source), cure).toBe(expected);
});

it.each(entries())('the names listed for $name are the ones that importing it gives', async ({ source }) => {
  const listed = [...publicNames(source)].filter(([, { isType }]) => !isType).map(([name]) => name);
  const imported = Object.keys((await import(/* @vite-ignore */ `../../${source}`)) as object);
  expect(imported.toSorted()).toEqual(listed.toSorted());
});
