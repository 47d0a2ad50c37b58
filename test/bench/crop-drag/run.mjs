// 120 real pointer moves over a photo of 12 megapixels: React commits, and time in scripts, against four peers in
// the same run. Fails when a move renders anything, or when a peer spends less.
import process from 'node:process';
import { median, withBench } from '../browser.mjs';

const rounds = Number(process.argv[2] ?? 5);
const moves = 120;
const names = ['slipway', 'react-easy-crop', 'react-image-crop', 'react-advanced-cropper', 'zag'];

async function drag(open, name) {
  const page = await open();
  await page.evaluate(() => globalThis.bench.make());
  await page.evaluate((which) => globalThis.bench.mount(which), name);
  const { x, y } = await page.evaluate(() => globalThis.bench.place());
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const figures = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map((metric) => [metric.name, metric.value]));
  };
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 1, y + 1);
  await page.waitForTimeout(200);
  const [look, commits, before] = [
    await page.evaluate(() => globalThis.bench.look()),
    await page.evaluate(() => globalThis.bench.commits()),
    await figures(),
  ];
  for (let move = 1; move <= moves; move += 1) {
    await page.mouse.move(x + 60 * Math.sin(move / 20), y + 40 * Math.sin(move / 13));
    await page.waitForTimeout(8);
  }
  await page.waitForTimeout(100);
  const after = await figures();
  const during = (await page.evaluate(() => globalThis.bench.commits())) - commits;
  const moved = (await page.evaluate(() => globalThis.bench.look())) !== look;
  await page.mouse.up();
  await page.waitForTimeout(400);
  const atEnd = (await page.evaluate(() => globalThis.bench.commits())) - commits - during;
  await page.close();
  if (!moved) throw new Error(`${name}: nothing moved, so nothing was measured`);
  return { commits: during, atEnd, script: (after.ScriptDuration - before.ScriptDuration) * 1000 };
}

await withBench('crop-drag', async ({ open }) => {
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await drag(open, name));
  }
  const of = (name, figure) => median(results[name].map((result) => result[figure]));
  const ours = of('slipway', 'script');
  console.log(`\n${moves} pointer moves, 12 MP, median of ${rounds}`);
  for (const name of names) {
    console.log(
      `  ${name.padEnd(23)} commits ${String(of(name, 'commits')).padStart(4)} (+${of(name, 'atEnd')} at the end)` +
        `  script ${of(name, 'script').toFixed(0).padStart(4)} ms  ${(of(name, 'script') / ours).toFixed(2)} × ours`,
    );
  }
  const least = Math.min(...names.slice(1).map((name) => of(name, 'script')));
  const holds = of('slipway', 'commits') === 0 && ours < least;
  console.log(`    ${holds ? 'ok  ' : 'OVER'} 0 commits, and script time below every React peer`);
  process.exitCode = holds ? 0 : 1;
});
