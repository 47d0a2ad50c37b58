import { readFile, rm } from 'node:fs/promises';
import process from 'node:process';
import { Pool } from 'pg';
import { postgresSchema } from '../../../src/server/records/postgres.ts';
import { hasPostgres, startPostgres } from '../../servers/postgres.ts';
import { bundleScript, startChild, stopChild } from '../../support/child.ts';
import { png } from '../../support/pictures.ts';
import { freshId } from '../../support/upload-server.ts';
import { type Measured, hangUp, load, send } from './load.ts';

/**
 * `npm run bench:server`: presign and confirm per second over real HTTP, against a bare handler that answers a
 * constant in the same way, in the same run; latency under load; and memory before and after.
 */
const count = Number(process.env['COUNT'] ?? 4000);
const width = 32;
const bytes = png();
const entry = (id: string) => ({
  id,
  kind: 'photos',
  name: 'a.png',
  type: 'image/png',
  size: bytes.length,
  metadata: {},
});
interface Plan {
  id: string;
  url: string;
  headers: Record<string, string>;
}

async function measure(env: Record<string, string>): Promise<{ presign: Measured; confirm: Measured; heap: number[] }> {
  const child = await startChild(script, env, ['--expose-gc']);
  const origin = `http://127.0.0.1:${child.firstLine}`;
  const base = `${origin}/api/files`;
  const heapNow = async (): Promise<number> => Number(await send('POST', `${origin}/memory`, ''));
  const plans: Plan[] = [];
  const heap: number[] = [];
  const presign = await load(width, count, async (index) => {
    const answer = JSON.parse(await send('POST', `${base}/presign`, JSON.stringify({ files: [entry(freshId())] }))) as {
      files?: Plan[];
    };
    const [plan] = answer.files ?? [];
    if (plan !== undefined) plans[index] = plan;
  });
  for (const plan of plans) await send('PUT', plan.url, bytes, plan.headers);
  heap.push(await heapNow());
  const confirm = await load(width, count, async (index) => {
    await send('POST', `${base}/confirm`, JSON.stringify({ id: plans[index]?.id ?? '' }));
  });
  // the same questions again: what they leave behind is what every request leaves behind
  for (let round = 0; round < 3; round += 1) {
    heap.push(await heapNow());
    await load(width, count, async (index) => {
      await send('POST', `${base}/confirm`, JSON.stringify({ id: plans[index]?.id ?? '' }));
    });
  }
  heap.push(await heapNow());
  await stopChild(child);
  return { presign, confirm, heap };
}

const script = await bundleScript('test/bench/server/serve.ts');
const rows: string[] = [];
const bare = await measure({ MODE: 'bare' });
const row = (what: string, { perSecond, p50, p99 }: Measured, against: Measured): void => {
  const ratio = (perSecond / against.perSecond).toFixed(2);
  rows.push(`| ${what} | ${perSecond.toFixed(0)} | ${ratio} | ${p50.toFixed(1)} | ${p99.toFixed(1)} |`);
};
row('bare handler', bare.presign, bare.presign);

const inMemory = await measure({});
row('presign, rows in memory', inMemory.presign, bare.presign);
row('confirm, rows in memory', inMemory.confirm, bare.confirm);
let heap = inMemory.heap;
if (hasPostgres()) {
  const postgres = await startPostgres();
  const pool = new Pool({ connectionString: postgres.url, max: 1 });
  await pool.query(postgresSchema());
  await pool.end();
  const stored = await measure({ POSTGRES_URL: postgres.url });
  await postgres.stop();
  row('presign, PostgreSQL', stored.presign, bare.presign);
  row('confirm, PostgreSQL', stored.confirm, bare.confirm);
  heap = stored.heap;
}
hangUp();
await rm(script, { force: true });
const { model } =
  (await readFile('/proc/cpuinfo', 'utf8').catch(() => '')).match(/model name\s*: (?<model>.+)/)?.groups ?? {};
console.log(`${count} requests each, ${width} at a time, ${model ?? process.arch}, Node ${process.version}\n`);
console.log('| what | requests/s | of bare | p50 ms | p99 ms |\n|---|---|---|---|---|');
console.log(rows.join('\n'));
console.log(`\nheap after each round of ${count}, MB: ${heap.map((value) => (value / 1e6).toFixed(1)).join(' · ')}`);
