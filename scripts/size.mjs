// What a host really downloads: each file in test/size imports exactly what its row in budgets.json names; it is
// bundled and minified with React external, then gzipped. Chunks behind `import()` are shown beside, not counted.
// Fails over a gate, or where README prints another figure; `--update` writes README's table. Needs a build.
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

/** Initial and lazy bytes of one entry, gzipped file by file, as they travel. */
async function measure(file) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['import', 'default'],
    external: ['react', 'react-dom', 'react/*', 'react-dom/*', 'node:*'],
    outdir: 'size',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const bytes = new Map(outputFiles.map(({ path, contents }) => [basename(path), gzipped(contents)]));
  const imports = (path) => metafile.outputs[path].imports.filter(({ external }) => external !== true);
  /** A chunk and all it imports at once. */
  const together = (path, seen = new Set()) => {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const { path: next, kind } of imports(path)) if (kind !== 'dynamic-import') together(next, seen);
    return seen;
  };
  const [entry] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === `${folder}/${file}`);
  const initial = together(entry);
  const lazy = Object.keys(metafile.outputs).filter((path) => !initial.has(path));
  const sum = (paths) => paths.reduce((total, path) => total + bytes.get(basename(path)), 0);
  return { initial: sum([...initial]), lazy: sum(lazy) };
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
