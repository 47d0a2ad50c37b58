import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { freePort } from './free-port.mjs';
import { root } from './root.mjs';

/**
 * Starts the demo backend and waits until it answers. Without the backend's files there is nothing to start: the
 * address is '' then, and stories use the memory provider, as in a published Storybook.
 */
export async function startBackend() {
  const main = 'stories/backend/main.mjs';
  if (!existsSync(join(root, main))) return { url: '', children: [] };
  const port = await freePort(Number(process.env.BACKEND_PORT ?? 6070));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [main], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, BACKEND_PORT: String(port) },
  });
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the demo backend stopped; see above');
    const up = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false, // not listening yet
    );
    if (up) return { url, children: [child] };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`the demo backend did not answer ${url}/health within 30 s`);
}
