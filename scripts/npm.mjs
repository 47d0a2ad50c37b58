// Runs npm the way this process was started, so that no second npm is needed and no shell gets in between.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** Runs one npm command in a folder and returns its exit code; `stdio` as in Node's own `spawnSync`. */
export function npm(args, { cwd, stdio = 'inherit', env = process.env }) {
  const started = process.env.npm_execpath;
  const { status, error } =
    started !== undefined && /\bnpm-cli\.[cm]?js$/.test(started)
      ? spawnSync(process.execPath, [started, ...args], { cwd, stdio, env })
      : spawnSync('npm', args, { cwd, stdio, env, shell: process.platform === 'win32' });
  if (error !== undefined) console.error(`npm could not be started: ${error.message}`);
  return status ?? 1;
}
