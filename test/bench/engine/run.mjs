// npm run bench:engine: what the engine costs the page, beside the least code that could do the same.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright';
import process from 'node:process';
import { chromiumFlags, ensureChromium } from '../../../scripts/chromium.mjs';
import { root } from '../../../scripts/root.mjs';
import { startSink } from './sink.mjs';

const rounds = Number(process.env.ROUNDS ?? 3);
const [count, size] = [1000, 10_000];

// what is shipped is measured: the page is written against the sources, and bundled against the build
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const shipped = {
  name: 'shipped',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/\.\.\/\.\.\/src\// }, ({ path }) => ({
      path: join(root, path.replace('../../../src', 'dist').replace(/\.tsx?$/, '.js')),
    }));
  },
};
const { outputFiles } = await build({
  plugins: [shipped],
  // the peers of other benches bring a React of their own, which lies nearer to the page
  alias: { react: join(root, 'node_modules/react'), 'react-dom': join(root, 'node_modules/react-dom') },
  entryPoints: ['test/bench/engine/page.tsx'],
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  outdir: '/',
  write: false,
  define: { 'process.env.NODE_ENV': '"production"' },
});
const scripts = new Map(outputFiles.map(({ path, contents }) => [`/${path.split('/').pop()}`, contents]));
// React tells its developer tools of every commit, in production too; they have to be there before it
const html = `<!doctype html><title>bench</title><body><script>
  globalThis.commits = 0;
  globalThis.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true, inject: () => 1, onCommitFiberRoot: () => { globalThis.commits += 1; }, onCommitFiberUnmount() {},
  };
</script><script type="module" src="/page.js"></script>`;
const sink = await startSink((pathname) =>
  scripts.has(pathname) ? { type: 'text/javascript', body: scripts.get(pathname) } : { type: 'text/html', body: html },
);
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: [...chromiumFlags, '--js-flags=--expose-gc'],
});

/** One run in a page of its own: main-thread time of all tasks, wall time, heap that stayed, requests. */
async function run(name, ...args) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(sink.base);
  await page.waitForFunction('globalThis.bench !== undefined');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const metrics = async () => {
    const { metrics: all } = await session.send('Performance.getMetrics');
    return Object.fromEntries(all.map((metric) => [metric.name, metric.value]));
  };
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await metrics()).JSHeapUsedSize;
  };
  const asked = { ...sink.counts };
  const heapBefore = await heap();
  const before = await metrics();
  const started = performance.now();
  const answer = await page.evaluate(([method, given]) => globalThis.bench[method](...given), [name, args]);
  const wall = performance.now() - started;
  // before the heap is looked at: collecting it is work, too
  const after = await metrics();
  const heapAfter = await heap();
  const seen = { ...sink.counts };
  await page.waitForTimeout(name === 'tenThousand' ? 1000 : 0);
  const late = sink.counts.put + sink.counts.presign + sink.counts.confirm - seen.put - seen.presign - seen.confirm;
  await page.close();
  return {
    ...answer,
    wall,
    cpu: (after.TaskDuration - before.TaskDuration) * 1000,
    heap: (heapAfter - heapBefore) / 1e6,
    presign: seen.presign - asked.presign,
    put: seen.put - asked.put,
    late,
  };
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const results = { raw: [], engine: [], list: [] };
await run('raw', 50, size); // the first page of a browser pays for what no later one does
for (let round = 0; round < rounds; round += 1) {
  for (const name of Object.keys(results)) results[name].push(await run(name, count, size));
}
const of = (name, field) => median(results[name].map((result) => result[field]));
console.log(`\n1,000 files of 10 kB, six at a time; medians of ${rounds} rounds in one run\n`);
console.log('| what | CPU / raw XHR | wall / raw | heap MB | presign requests | React commits |');
console.log('|---|---|---|---|---|---|');
for (const [name, words] of [
  ['raw', 'raw XHR, a presign for each'],
  ['engine', 'engine alone'],
  ['list', 'hook and list of 1,000 rows'],
]) {
  const ratio = (field) => (of(name, field) / of('raw', field)).toFixed(2);
  const commits = name === 'list' ? of(name, 'commits') : '–';
  console.log(
    `| ${words} | ${ratio('cpu')} | ${ratio('wall')} | ${of(name, 'heap').toFixed(1)} | ${of(name, 'presign')} | ${commits} |`,
  );
}
const { paint, cancel, late } = await run('tenThousand');
console.log(
  `\n10,000 files: first rows painted after ${paint.toFixed(0)} ms; all cancelled in ${cancel.toFixed(0)} ms; ${late} requests after that`,
);

await browser.close();
await sink.close();
const broken = [
  of('list', 'commits') > 150 && `${of('list', 'commits')} React commits, more than 150`,
  of('list', 'presign') > 50 && `${of('list', 'presign')} presign requests, more than 50`,
  late > 0 && `${late} requests after everything was cancelled`,
  ...['engine', 'list'].map(
    (name) => results[name].some(({ put }) => put !== count) && `${name}: not every file was sent once`,
  ),
].filter(Boolean);
for (const problem of broken) console.error(problem);
process.exit(broken.length > 0 ? 1 : 0);
