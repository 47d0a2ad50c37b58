import { spawn } from 'node:child_process';
import process from 'node:process';
import { running } from './children.mjs';
import { freePort } from './free-port.mjs';
import { root } from './root.mjs';

/** Starts the demo backend and waits until it answers. The caller stops `child`. */
export async function startBackend() {
  const port = await freePort(Number(process.env.BACKEND_PORT ?? 6070));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['stories/backend/main.mjs'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, BACKEND_PORT: String(port) },
  });
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (!running(child)) throw new Error('the demo backend stopped; its last words are above');
    const up = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false, // not listening yet
    );
    if (up) return { url, child };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`the demo backend did not answer ${url}/health within 30 s`);
}
