import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every module of the package, by its path from the root (`src/core/id.ts`), with its text. */
export function sourceFiles(): Map<string, string> {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => join('src', path).replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path))
    .toSorted();
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** The code entries of package.json: `slipway/core` with its source `src/core/index.ts`. */
export function entries(): { name: string; source: string; built: string }[] {
  const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    name: string;
    exports: Record<string, string | { default: string }>;
  };
  return Object.entries(exports).flatMap(([path, target]) => {
    const built = typeof target === 'string' ? undefined : /^\.\/(dist\/(.+)\.js)$/.exec(target.default);
    return built?.[1] === undefined
      ? []
      : [{ name: name + path.slice(1), built: built[1], source: sourceOf(`src/${built[2]}`) }];
  });
}

const sourceOf = (stem: string): string => {
  const found = ['.ts', '.tsx'].map((end) => stem + end).find((path) => sourceFiles().has(path));
  if (found === undefined) {
    throw new Error(
      `package.json exports an entry built from ${stem}.ts, which is not there. Write it, or take the entry out.`,
    );
  }
  return found;
};
