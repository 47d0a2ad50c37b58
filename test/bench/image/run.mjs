// From a photo of 12 and of 48 megapixels to a JPEG of 512 × 512: time, long tasks, memory and likeness, against
// what the web does. Only ratios within this run mean anything. Fails over a gate.
import { readFileSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { median, withBench } from '../browser.mjs';

const rounds = Number(process.argv[2] ?? 7);
const photos = [
  { name: '12 MP', width: 4000, height: 3000, gate: 0.45, goal: 0.3 },
  { name: '48 MP', width: 8000, height: 6000, gate: 0.25, goal: 0.15 },
];
const names = ['docs recipe', 'slipway', 'pica', 'compressorjs'];

/** Resident memory of every process that this one started, directly or not; Linux only. */
function residentMegabytes() {
  const parents = new Map();
  const sizes = new Map();
  for (const id of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      parents.set(id, /PPid:\s+(\d+)/.exec(status)?.[1]);
      sizes.set(id, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // it has ended meanwhile
    }
  }
  const isOurs = (id) => id !== undefined && (id === String(process.pid) || isOurs(parents.get(id)));
  const children = [...sizes].filter(([id]) => id !== String(process.pid) && isOurs(id));
  return children.reduce((sum, [, size]) => sum + size, 0) / 1024;
}

async function peakDuring(task) {
  const before = residentMegabytes();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, residentMegabytes())), 10);
  await task();
  clearInterval(timer);
  return peak - before;
}

let failed = false;
await withBench('image', async ({ open }) => {
  const first = await open();
  const { size, words, time: taken } = await first.evaluate(() => globalThis.bench.refuse());
  console.log(`A PNG of ${size} bytes refused in ${taken.toFixed(1)} ms: ${words}`);
  if (taken >= 20) failed = true;
  await first.close();
  for (const { name, width, height, gate, goal } of photos) {
    const page = await open();
    await page.evaluate(([photo, w, h]) => globalThis.bench.make(photo, w, h), [name, width, height]);
    const run = (route) => page.evaluate(([photo, r]) => globalThis.bench.run(photo, r), [name, route]);
    const results = Object.fromEntries(names.map((route) => [route, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const route of names) {
        const result = await run(route);
        if (round > 0) results[route].push(result);
      }
    }
    const base = median(results['docs recipe'].map(({ time }) => time));
    console.log(`\n${name}, median of ${rounds}, ratio to the docs recipe (${base.toFixed(0)} ms)`);
    for (const route of names) {
      const growth = [];
      for (let time = 0; time < 3; time += 1) growth.push(await peakDuring(() => run(route)));
      const likeness =
        route === 'compressorjs'
          ? null
          : await page.evaluate(([photo, r]) => globalThis.bench.likeness(photo, r), [name, route]);
      const ratio = median(results[route].map(({ time }) => time)) / base;
      const longest = Math.max(...results[route].map((one) => one.longest));
      const memory = median(growth);
      console.log(
        `  ${route.padEnd(13)} time ${ratio.toFixed(2)}  long task ${longest.toFixed(0)} ms  peak +${memory.toFixed(0)} MB` +
          `  SSIM ${likeness === null ? '–' : likeness.toFixed(4)}`,
      );
      if (route !== 'slipway') continue;
      const verdicts = [
        [ratio <= gate, `time ≤ ${gate} (goal ${goal})`],
        [longest === 0, 'no long task'],
        [memory <= 50, 'peak ≤ 50 MB'],
        [likeness >= 0.99, 'SSIM ≥ 0.99'],
      ];
      for (const [holds, what] of verdicts) {
        if (!holds) failed = true;
        console.log(`    ${holds ? 'ok  ' : 'OVER'} ${what}`);
      }
    }
    await page.close();
  }
});
process.exitCode = failed ? 1 : 0;
