import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** A folder inside node_modules, so that what is built there finds its dependencies, and git and linters do not. */
export const buildFolder = (name: string): string => `node_modules/.cache/slipway/${name}`;

/** Builds the package into that folder with the build that is published. Throws with its output where it fails. */
export function buildPackage(name: string, env: NodeJS.ProcessEnv = {}): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', buildFolder(name)], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`the build failed; run npm run build\n${stdout}${stderr}`);
}

/** Every built module by its path inside the package (`dist/core/id.js`), with its text. */
export function builtModules(name: string): Map<string, string> {
  const folder = buildFolder(name);
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.js'))
      .toSorted()
      .map((path) => [`dist/${path.replaceAll('\\', '/')}`, readFileSync(join(folder, path), 'utf8')]),
  );
}
