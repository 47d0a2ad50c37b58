// What a host really downloads: each file in test/size imports exactly what its row in budgets.json names; it is
// bundled and minified with React external, then gzipped. Chunks behind `import()` are shown beside, not counted.
// Fails over a gate, or where README prints another figure; `--update` writes README's table. Needs a build.
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { root } from './root.mjs';

process.chdir(root);
const update = process.argv.includes('--update');
const folder = 'test/size';
const budgets = JSON.parse(readFileSync(join(folder, 'budgets.json'), 'utf8'));
/** README's figures may lag behind by this much before they count as untrue. */
const tolerance = 0.5;

const kilobytes = (bytes) => bytes / 1000;
const show = (bytes) => kilobytes(bytes).toFixed(1);
const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** Leaves `import()` alone, so that what remains is what a page waits for. */
const later = {
  name: 'later',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined));
  },
};

const bundle = (file, options) =>
  build({
    entryPoints: [join(folder, file)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['import', 'default'],
    // what every host's production build does
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['react', 'react-dom', 'react/*', 'react-dom/*', 'node:*'],
    outdir: 'size',
    write: false,
    logLevel: 'silent',
    ...options,
  });

/**
 * Bytes of one entry, gzipped: the first load in one file, as bundlers leave it that know what is loaded already,
 * and the rest as the difference to everything in one file.
 */
async function measure(file) {
  const sum = ({ outputFiles }) => outputFiles.reduce((total, { contents }) => total + gzipped(contents), 0);
  const [first, all] = await Promise.all([bundle(file, { plugins: [later] }), bundle(file, {})]);
  return { initial: sum(first), lazy: sum(all) - sum(first) };
}

const sizes = [];
for (const budget of budgets) {
  const { initial, lazy } = budget.file.endsWith('.css')
    ? { initial: gzipped(readFileSync(join('dist', budget.file))), lazy: 0 }
    : await measure(budget.file);
  sizes.push({ ...budget, initial, lazy });
}

const table = [
  '| what | kB, min + gzip | loaded later | gate |',
  '|---|---|---|---|',
  ...sizes.map(
    ({ what, initial, lazy, gate }) => `| ${what} | ${show(initial)} | ${lazy === 0 ? '–' : show(lazy)} | ${gate} |`,
  ),
].join('\n');
console.log(table);

const problems = sizes
  .filter(({ initial, gate }) => kilobytes(initial) > gate)
  .map(
    ({ what, file, initial, gate }) =>
      `${what} is ${show(initial)} kB, ${show(initial - gate * 1000)} kB over its gate of ${gate} kB. ` +
      `Look at what ${folder}/${file} pulls in (npx esbuild --bundle --analyze): put it behind import(), or drop it.`,
  );
const forgotten = readdirSync(folder).filter(
  (name) => name.endsWith('.ts') && !budgets.some(({ file }) => file === name),
);
for (const name of forgotten) problems.push(`${folder}/${name} has no row in ${folder}/budgets.json. Give it a gate.`);

const marks = /(<!-- sizes -->\n\n)([\s\S]*?)(\n?<!-- \/sizes -->)/;
const readme = existsSync('README.md') ? readFileSync('README.md', 'utf8') : '';
const printed = marks.exec(readme)?.[2];
if (update) writeFileSync('README.md', readme.replace(marks, `$1${table}\n\n<!-- /sizes -->`));
else {
  const cells = (row) => row.split('|').map((cell) => cell.trim());
  const rows = new Map(
    (printed ?? '')
      .trim()
      .split('\n')
      .map((row) => [cells(row)[1], cells(row)]),
  );
  const untrue = sizes.filter(({ what, initial, gate }) => {
    const [, , figure, , limit] = rows.get(what) ?? [];
    return !(Math.abs(Number(figure) - kilobytes(initial)) <= tolerance) || limit !== String(gate);
  });
  const headAndRule = 2;
  if (untrue.length > 0 || rows.size !== sizes.length + headAndRule) {
    problems.push("README's table of sizes is no longer true. Run: npm run build && npm run size -- --update");
  }
}
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
