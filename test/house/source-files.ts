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
