import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { entries } from '../../scripts/entries.mjs';
import { readModule } from '../../scripts/read-module.mjs';
import { buildFolder, buildPackage, builtModules } from '../house/built-package.ts';

const name = 'ssr';
const clientFolders = ['dist/react/', 'dist/components/', 'dist/testing/', 'dist/storybook/'];
const inClientFolder = (path: string): boolean => clientFolders.some((folder) => path.startsWith(folder));
/** What a Server Component may import from us: components, hooks, and one function that is only ever called in a browser. */
const clientName = /^(?:[A-Z]\w*|use[A-Z]\w*|cropImage)$/;

let modules: Map<string, string>;
beforeAll(() => {
  buildPackage(name);
  modules = builtModules(name);
});

const read = (path: string) => readModule(path, modules.get(path) ?? '');

/** The modules that index.js names: each is a door between a server's and a browser's half of an app. */
const doors = (): string[] => [...new Set(read('dist/index.js').imports.map(({ from }) => posix.join('dist', from)))];

it.each(entries())('the built $name imports in plain Node, without a window', ({ built }) => {
  const file = `./${built.replace('dist', buildFolder(name))}`;
  const script = `if (typeof window !== 'undefined') throw new Error('there is a window');
    if (Object.keys(await import(${JSON.stringify(file)})).length === 0) throw new Error('it exports nothing');`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  expect(
    status,
    `${stderr}\nReach for window, document and the like inside functions, never while a module loads.`,
  ).toBe(0);
});

describe('the door for Server Components', () => {
  it('the main entry names each export and has no directive: Next refuses `export *` in a client boundary', () => {
    const index = read('dist/index.js');
    expect(index.directive).toBe(null);
    expect(
      index.exports.filter(({ name: exported }) => exported === '*'),
      'write the names out in src/index.ts',
    ).toEqual([]);
  });

  it("every module that the main entry names begins with 'use client'", () => {
    expect(doors().length).toBeGreaterThan(0);
    const without = doors().filter((path) => read(path).directive !== 'use client');
    const sources = without.map((path) => path.replace('dist', 'src').replace(/\.js$/, '.ts(x)'));
    expect(
      without,
      `Without it a Server Component cannot render what these export. Make 'use client' the first line of: ${sources.join(', ')}`,
    ).toEqual([]);
  });

  it('every module that the main entry names exports components, hooks and cropImage only', () => {
    const odd = doors().flatMap((path) =>
      read(path)
        .exports.filter(({ name: exported }) => !clientName.test(exported))
        .map(({ name: exported }) => `${path}: ${exported}`),
    );
    expect(odd, 'on a server these would be mere references. Move them to a module without the directive.').toEqual([]);
  });
});

it("'use client' stands nowhere else: core, providers and the server half must run on a server", () => {
  const wrong = [...modules.keys()].filter((path) => !inClientFolder(path) && read(path).directive === 'use client');
  expect(wrong, "take 'use client' out of the sources of these").toEqual([]);
});
