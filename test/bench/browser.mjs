// Builds one bench's page and opens it in a real Chromium, on the loopback alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumFlags, findChromium } from '../../scripts/chromium.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The peers live in a package of their own, so that nobody but this bench installs them. */
function installPeers() {
  if (existsSync(join(here, 'node_modules', 'pica'))) return;
  const npm = process.env.npm_execpath;
  const [command, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const { status } = spawnSync(command, [...args, 'ci', '--legacy-peer-deps'], { cwd: here, stdio: 'inherit' });
  if (status !== 0) throw new Error('the peers could not be installed');
}

/** Calls `task` with a page and a way to open more; whatever was opened is closed, also on failure. */
export async function withBench(name, task) {
  installPeers();
  const out = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const config = {
    configFile: false,
    root: join(here, name),
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    // the production build that still tells a Profiler of its commits
    resolve: { dedupe: ['react', 'react-dom'], alias: { 'react-dom/client': 'react-dom/profiling' } },
    worker: { rolldownOptions: { output: { minify: true, sourcemap: false } } },
    build: { outDir: out, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
  };
  let server;
  let browser;
  try {
    await build(config);
    server = await preview({ ...config, preview: { host: '127.0.0.1', port: 0 } });
    const [url] = server.resolvedUrls.local;
    browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
    const open = async () => {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error(error));
      await page.goto(url);
      return page;
    };
    return await task({ browser, open });
  } finally {
    await browser?.close();
    await server?.close();
    rmSync(out, { recursive: true, force: true });
  }
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
