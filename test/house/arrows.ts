import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { readModule } from '../../scripts/read-module.mjs';

/**
 * Who may import whom, beside itself. A folder that is named with its parent (`testing/conformance`) has rules of its
 * own. Type imports count too: what a module must know to be understood is the same with and without the word `type`.
 */
export const arrows: Record<string, readonly string[]> = {
  core: [],
  messages: ['core'],
  browser: ['core'],
  image: ['core'],
  providers: ['core', 'browser'],
  server: ['core'],
  react: ['core', 'browser', 'image'],
  components: ['core', 'image', 'react'],
  // core's types only: a value of core would be a door without 'use client', which the ssr test refuses
  index: ['react', 'components', 'core'],
  testing: ['core', 'react', 'providers/memory'],
  'testing/conformance': ['core', 'server'],
  storybook: ['testing', 'react', 'components'],
  cli: ['server'],
};

/** The places that may import a package. A new run-time dependency is a decision: it begins with a line here. */
export const packages: Record<string, readonly string[]> = {
  react: ['react', 'components', 'testing', 'storybook'],
  'react-dom': ['react', 'components', 'testing', 'storybook'],
  'react-dropzone': ['react', 'components'],
  'idb-keyval': ['browser'],
  aws4fetch: ['server'],
  '@uploadcare/upload-client': ['providers/uploadcare'],
  uploadthing: ['providers/uploadthing'],
  '@uploadthing/react': ['providers/uploadthing'],
  storybook: ['storybook'],
};

const nodeAllowed = ['server/adapters/node', 'server/storage/disk', 'cli'];

const inside = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}.`);

const groupOf = (path: string): string =>
  Object.keys(arrows)
    .filter((group) => inside(path, group))
    .toSorted((a, b) => b.length - a.length)[0] ?? path;

const list = (places: readonly string[]): string => (places.length === 0 ? 'nothing else' : places.join(', '));

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** What is wrong with one import, and its cure; null where it is allowed. Paths are relative to `src`. */
function judge(path: string, specifier: string): string | null {
  const group = groupOf(path);
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
    if (target.startsWith('..')) return 'it lies outside src. The package ships src alone: move the file into src.';
    const known = arrows[group];
    if (known === undefined) {
      return `the folder ${group} has no arrows yet. Add it to DESIGN's arrows and to test/house/arrows.ts.`;
    }
    if (groupOf(target) === group || known.some((place) => inside(target, place))) return null;
    return `${group} may import ${list(known)}. Move what it needs to where both may reach it, or hand it in as an argument.`;
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    // `disk-parts.ts` beside `disk.ts` is the same place
    if (nodeAllowed.some((place) => inside(path, place) || path.startsWith(`${place}-`))) return null;
    return `only ${list(nodeAllowed)} may use Node. Use a web standard (crypto, TextEncoder, Request), or hand it in.`;
  }
  const name = packageOf(specifier);
  const places = packages[name];
  if (places === undefined)
    return `${name} is no dependency of slipway. Write it here, or argue for it in house/arrows.ts.`;
  // a folder with rules of its own is not covered by its parent's
  if (places.some((place) => place === group || (place.startsWith(`${group}/`) && inside(path, place)))) return null;
  return `only ${list(places)} may import ${name}. Move this there, or hand it in as an argument.`;
}

/** Every import that breaks a rule, as one line each: where, what, why, and the cure. */
export function brokenArrows(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, source]) =>
    readModule(file, source).imports.flatMap(({ from, line }) => {
      const wrong = judge(file.replace(/^src\//, ''), from);
      return wrong === null ? [] : [`${file}:${line} imports ${from}: ${wrong}`];
    }),
  );
}
