import { chromium } from 'playwright';
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chromiumFlags, findChromium } from '../../scripts/chromium.mjs';
import { buildPackage } from '../house/built-package.ts';
import { hostsInNetLog, watchNetwork, type WatchedNetwork } from '../house/watched-network.ts';

let network: WatchedNetwork;
beforeEach(() => {
  network = watchNetwork();
});
afterEach(() => network.forget());

const cure = 'Find what asked (its script is named), and switch its telemetry, update check or download off.';

/** What a fresh Chromium asks for by itself, whatever page it shows; our flags leave these names unresolved. */
const chromiumsOwn = /^(?:[a-z-]+\.googleapis\.com|accounts\.google\.com|[a-z-]+\.gvt1\.com)$/;

it('the watch sees a host that is asked for, and refuses it', () => {
  const script = `
    const failed = await Promise.allSettled([fetch('http://192.0.2.1/'), import('node:dns/promises').then(({ lookup }) => lookup('example.test'))]);
    process.exit(failed.filter(({ status }) => status === 'rejected').length);`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { env: network.env });
  expect(status).toBe(2);
  expect(network.outside().map((line) => line.split(' ')[0])).toEqual(['192.0.2.1', 'example.test']);
});

it('building the package asks no host but loopback', () => {
  buildPackage('no-telemetry', network.env);
  expect(network.watched()).toBeGreaterThan(0);
  expect(network.outside(), cure).toEqual([]);
});

it('building Storybook asks no host but loopback', () => {
  const storybook = ['node_modules/storybook/dist/bin/dispatcher.js', 'build', '--disable-telemetry', '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, [...storybook, '-o', join(network.folder, 'static')], {
    env: network.env,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  expect(network.watched()).toBeGreaterThan(0);
  expect(network.outside(), cure).toEqual([]);
});

it('running tests asks no host but loopback', () => {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'test/unit/entries.test.ts'];
  const { status, stdout } = spawnSync(process.execPath, vitest, { env: network.env, encoding: 'utf8' });
  expect(status, stdout).toBe(0);
  expect(network.watched()).toBeGreaterThan(1);
  expect(network.outside(), cure).toEqual([]);
});

it('npm start, and opening Storybook in a browser, ask no host but loopback', async () => {
  const start = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...network.env, PORT: '6206', BACKEND_PORT: '6270', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => start.once('exit', resolve));
  const netLog = join(network.folder, 'chromium.json');
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let output = '';
      const listen = (chunk: Buffer): void => {
        output += chunk.toString();
        const found = /Storybook +(http:\S+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      };
      start.stdout.on('data', listen);
      start.stderr.on('data', listen);
      start.once('exit', () => reject(new Error(`npm start ended before Storybook was up\n${output}`)));
    });
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: [...chromiumFlags, `--log-net-log=${netLog}`],
    });
    const page = await browser.newPage();
    await page.goto(address);
    const preview = page.frameLocator('#storybook-preview-iframe');
    await preview.locator('#storybook-docs h1, #storybook-root > *').first().waitFor();
    await browser.close();
  } finally {
    start.kill('SIGTERM');
    await ended;
  }
  const asked = hostsInNetLog(netLog);
  expect(asked, 'the browser must have opened something').toContain('127.0.0.1');
  expect(asked.filter((host) => host !== '127.0.0.1' && host !== 'localhost' && !chromiumsOwn.test(host))).toEqual([]);
  expect(network.watched()).toBeGreaterThan(1);
  expect(network.outside(), cure).toEqual([]);
});
