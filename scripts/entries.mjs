// The entries live once, in package.json: `dist/x/y.js` is built from `src/x/y.ts`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** The code entries of package.json, each with its public name, its source, its built file and its declarations. */
export function entries() {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([path, target]) => {
    const stem = typeof target === 'string' ? undefined : /^\.\/dist\/(.+)\.js$/.exec(target.default)?.[1];
    if (stem === undefined) return [];
    const source = [`src/${stem}.ts`, `src/${stem}.tsx`].find((file) => existsSync(join(root, file)));
    if (source === undefined) {
      throw new Error(
        `package.json exports "${path}", built from src/${stem}.ts, which is not there. Write it, or take the entry out.`,
      );
    }
    return [
      {
        /** As a host imports it: `slipway/core`. */
        name: name + path.slice(1),
        /** As files are named after it: `core`. */
        label: path === '.' ? 'index' : path.slice(2).replaceAll('/', '.'),
        source,
        built: `dist/${stem}.js`,
        types: `dist/${stem}.d.ts`,
      },
    ];
  });
}
