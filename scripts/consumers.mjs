// Two apps as a host would write them, each a fresh copy that installs the packed tarball: what they see is what npm
// would publish. Each is type-checked, built, opened in Chromium, and saves a picture. `node scripts/consumers.mjs
// vite` runs one of them. Needs a build.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';
import { running, stop } from './children.mjs';
import { chromiumFlags, ensureChromium } from './chromium.mjs';
import { freePort } from './free-port.mjs';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

/** How each app is built, and how its built form is served. */
const apps = {
  vite: { build: ['tsc --noEmit', 'vite build'], serve: (port) => `vite preview --host 127.0.0.1 --port ${port}` },
  next: { build: ['next build'], serve: (port) => `next start --hostname 127.0.0.1 --port ${port}` },
};
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CI: '1', NODE_ENV: undefined };
const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};
const run = (cwd, command) => {
  const [name, ...args] = command.split(' ');
  const { status } = spawnSync(join(cwd, 'node_modules/.bin', name), args, { cwd, env, stdio: 'inherit' });
  must(status === 0, `${command} failed. The app is test/consumers; what it imports is the packed package.`);
};

function pack(into) {
  must(npm(['pack', '--silent', '--pack-destination', into], { cwd: root }) === 0, 'npm pack failed');
  return join(
    into,
    readdirSync(into).find((name) => name.endsWith('.tgz')),
  );
}

/** Waits until the app answers; throws when it ends first or takes longer than a minute. */
async function answers(child, url) {
  const until = Date.now() + 60_000;
  while (Date.now() < until && running(child)) {
    const up = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
      (response) => response.ok,
      () => false, // not listening yet
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} did not answer`);
}

/** A person's visit: the page shows, a picture is chosen, the host's callback runs, and nothing complains. */
async function visit(url) {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico'))
        complaints.push(message.text());
    });
    await page.goto(url);
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    must((await page.locator('#saved').textContent()) === 'nothing saved yet', 'the page shows what nobody saved');
    await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: onePixel });
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    must(complaints.length === 0, `the page complained:\n${complaints.join('\n')}`);
  } finally {
    await browser.close();
  }
}
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function prove(name, tarball, folder) {
  const cwd = join(folder, name);
  cpSync(join(root, 'test/consumers', name), cwd, {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|\.next|dist)$/.test(path),
  });
  must(npm(['ci', ...quiet], { cwd, env }) === 0, `npm ci failed in test/consumers/${name}`);
  must(npm(['install', '--no-save', ...quiet, tarball], { cwd, env }) === 0, 'the packed package cannot be installed');
  for (const command of apps[name].build) run(cwd, command);
  const port = await freePort(6310);
  const [command, ...args] = apps[name].serve(port).split(' ');
  const child = spawn(join(cwd, 'node_modules/.bin', command), args, { cwd, env, stdio: 'inherit' });
  try {
    const url = `http://127.0.0.1:${port}/`;
    await answers(child, url);
    const html = await (await fetch(url)).text();
    if (name === 'next') {
      must(html.includes('data-part="avatar"'), "the server's answer must hold the component, rendered");
      const config = await fetch(`${url}api/files/config`);
      must(config.ok, `the upload server in a route answers ${config.status} to GET /api/files/config`);
    }
    await visit(url);
    if (name === 'next') {
      const after = await (await fetch(url)).text();
      must(after.includes('me.png'), 'the server action did not get the record');
    }
  } finally {
    await stop([child]);
  }
  console.log(`${name}: built, rendered, and saved a picture from the packed package`);
}

const folder = mkdtempSync(join(tmpdir(), 'slipway-consumers-'));
let status = 0;
try {
  const tarball = pack(folder);
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(apps)) {
    await prove(name, tarball, folder);
  }
} catch (error) {
  console.error(error.message);
  status = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
