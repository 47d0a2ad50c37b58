// Where things are. Only Node's own modules here: it is read before anything is installed.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whether a script was started by itself rather than imported. */
export const isMain = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);

const require = createRequire(import.meta.url);

/** File that a package's command runs, so that no shell and no npx stands in between. */
export function bin(name, command = name) {
  // not every package exports its package.json, so look for the folder
  const folder = require.resolve.paths(name)?.find((path) => existsSync(join(path, name, 'package.json')));
  if (folder === undefined) throw new Error(`${name} is not installed; run \`npm ci\``);
  const field = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')).bin;
  return join(folder, name, typeof field === 'string' ? field : field[command]);
}
