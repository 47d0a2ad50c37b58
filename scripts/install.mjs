// Brings every node_modules of this repository in line with its lock file. Only Node's own modules here: it runs
// before anything is installed. `node scripts/install.mjs` does the same by hand.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { npm } from './npm.mjs';
import { isMain, root } from './root.mjs';

/** React 18.2 has a folder of its own: npm cannot resolve two Reacts in one tree. */
const folders = ['.', 'test/react-18'];

/** Whether a folder's node_modules holds what its package-lock.json asks for. */
function installed(folder) {
  try {
    const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8')).packages;
    const present = read('node_modules/.package-lock.json');
    return Object.entries(read('package-lock.json')).every(
      ([path, { version, optional }]) =>
        path === '' ||
        optional === true || // bindings for other systems are rightly absent
        (present[path]?.version === version && existsSync(join(folder, path))),
    );
  } catch {
    return false; // no node_modules yet, or half of one
  }
}

/** Installs what is missing or out of date, and ends the process with advice where that fails. */
export function ensureInstalled() {
  for (const name of folders) {
    const cwd = join(root, name);
    if (installed(cwd)) continue;
    console.error(`Installing dependencies${name === '.' ? '' : ` of ${name}`} (npm ci) …`);
    const status = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd });
    if (status === 0) continue;
    console.error(`The dependencies could not be installed. Run \`npm ci\` in ${cwd} to see why.`);
    process.exit(status);
  }
}

if (isMain(import.meta.url)) ensureInstalled();
