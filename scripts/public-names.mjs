// Follows the exports of an entry to where each name is really declared.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { declaredNames, readModule } from './read-module.mjs';

const modules = new Map();

/** A module of this package, read once. Declarations import `.ts` paths too, so those lead to the `.d.ts` beside. */
export function moduleAt(file) {
  const path = [file, file.replace(/\.[jt]sx?$/, '.d.ts')].find((name) => existsSync(name));
  if (path === undefined) throw new Error(`${file} is not there; run \`npm run build\` first`);
  if (!modules.has(path)) {
    const source = readFileSync(path, 'utf8');
    modules.set(path, { path, source, ...readModule(path, source) });
  }
  return modules.get(path);
}

/** The module another one names, or undefined where that is a package. */
export const neighbour = (module, from) =>
  from.startsWith('.') ? moduleAt(join(dirname(module.path), from.replace(/\?.*$/, ''))) : undefined;

const typeDeclarations = new Set(['TSInterfaceDeclaration', 'TSTypeAliasDeclaration']);

/** The top-level statement of a module that declares a name, exported or not. */
export function declarationOf(module, name) {
  for (const statement of module.program.body) {
    const declaration = statement.declaration ?? statement;
    if (declaredNames(declaration).includes(name)) return declaration;
  }
  return undefined;
}

/** Where a name that a module imports comes from: `{ module, name }`, or undefined. */
export function importOf(module, name) {
  for (const node of module.program.body) {
    if (node.type !== 'ImportDeclaration') continue;
    const found = node.specifiers.find(({ local }) => local.name === name);
    const from = found && neighbour(module, node.source.value);
    if (from !== undefined) return { module: from, name: found.imported?.name ?? '*' };
  }
  return undefined;
}

/** Follows one exported name to its declaration. */
function follow(module, { local, isType, from }) {
  if (from !== null) {
    const next = neighbour(module, from);
    const exported = next?.exports.find(({ name }) => name === local);
    if (exported !== undefined) return follow(next, { ...exported, isType: isType || exported.isType });
    for (const { from: star } of next?.exports.filter(({ name }) => name === '*') ?? []) {
      const found = publicNames(neighbour(next, star)?.path ?? '').get(local);
      if (found !== undefined) return found;
    }
    return { module: undefined, local, isType };
  }
  const declaration = declarationOf(module, local);
  const imported = declaration === undefined ? importOf(module, local) : undefined;
  if (imported !== undefined) {
    return follow(imported.module, { local: imported.name, isType, from: null });
  }
  return { module, local, isType: isType || typeDeclarations.has(declaration?.type) };
}

/** Every name a module exports, its `export *` included, with where it is declared and whether it is a type only. */
export function publicNames(file) {
  const module = moduleAt(file);
  const names = new Map();
  for (const each of module.exports) {
    if (each.name !== '*') names.set(each.name, follow(module, each));
    else for (const [name, found] of publicNames(neighbour(module, each.from).path)) names.set(name, found);
  }
  return names;
}

/** The public names of an entry as a page to read: one per line, sorted, types marked. */
export const namesPage = (file) =>
  [...publicNames(file)]
    .map(([name, { isType }]) => `${isType ? 'type ' : ''}${name}\n`)
    .toSorted()
    .join('');
