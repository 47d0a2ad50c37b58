import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = `${root}node_modules/.cache/slipway/`;

/** A TypeScript file of ours as one script that Node 20 can run in a process of its own. */
export async function bundleScript(entry: string): Promise<string> {
  await mkdir(cache, { recursive: true });
  const outfile = `${cache}${entry.replaceAll('/', '-')}.${process.pid}.mjs`;
  const settings = { bundle: true, platform: 'node', format: 'esm', packages: 'external' } as const;
  await build({ ...settings, entryPoints: [root + entry], outfile, logLevel: 'error' });
  return outfile;
}

export interface Child {
  process: ChildProcess;
  /** What it wrote first. */
  firstLine: string;
}

/** Starts a script and waits for its first line. */
export async function startChild(script: string, env: Record<string, string>, flags: string[] = []): Promise<Child> {
  const child = spawn(process.execPath, [...flags, script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const firstLine = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return { process: child, firstLine };
}

export async function stopChild({ process: child }: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
