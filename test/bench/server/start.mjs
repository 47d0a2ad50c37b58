// Bundles the benchmark, so that Node 20 can run it, and runs it.
import { build } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
// in the tree's own depth, since what it runs is found from where it stands
const outfile = `${root}test/support/.bench-server.mjs`;
mkdirSync(`${root}node_modules/.cache/slipway`, { recursive: true });
await build({
  entryPoints: [`${root}test/bench/server/run.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
});
try {
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(outfile, { force: true });
}
