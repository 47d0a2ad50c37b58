// Finds types a host meets in a signature but cannot import: "Property x is of type Y", and no way to write Y down.
import { declarationOf, importOf, publicNames } from './public-names.mjs';
import { visit } from './read-module.mjs';

/** The names of types and values that a declaration mentions. */
function mentioned(declaration) {
  const names = new Set();
  const leftmost = (node) => (node?.type === 'TSQualifiedName' ? leftmost(node.left) : node?.name);
  visit(declaration, (node) => {
    if (node.type === 'TSTypeReference') names.add(leftmost(node.typeName));
    if (node.type === 'TSTypeQuery') names.add(leftmost(node.exprName));
    if (node.type === 'TSInterfaceHeritage' || node.type === 'TSClassImplements') names.add(leftmost(node.expression));
    if (node.superClass?.name !== undefined) names.add(node.superClass.name);
  });
  return [...names].filter((name) => name !== undefined);
}

/** Whether the declaration's own comment says that no host ever needs its name. */
function isInternal(module, declaration) {
  const before = module.source.slice(0, declaration.start);
  return /@internal(?:(?!\*\/)[\s\S])*\*\/\s*(?:export\s+)?(?:declare\s+)?$/.test(before);
}

const place = (module, name) => `${module.path}#${name}`;

/** One line for each type that a public name mentions and no entry exports. Needs built declarations. */
export function forgottenTypes(entries) {
  const exported = entries.flatMap(({ name: entry, types }) =>
    [...publicNames(types)].map(([name, found]) => ({ entry, name, ...found })),
  );
  const importable = new Set(exported.flatMap(({ module, local }) => (module ? [place(module, local)] : [])));
  const lines = new Set();
  for (const { entry, name, module, local } of exported) {
    const declaration = module && declarationOf(module, local);
    if (declaration === undefined) continue;
    for (const used of mentioned(declaration)) {
      const home = declarationOf(module, used) ? { module, name: used } : importOf(module, used);
      // a type parameter, a global, or another package's: nothing of ours to export
      if (home === undefined || importable.has(place(home.module, home.name))) continue;
      const itself = declarationOf(home.module, home.name);
      if (itself === undefined || isInternal(home.module, itself)) continue;
      lines.add(`${name} of ${entry} mentions ${home.name} (${home.module.path}), which no entry exports`);
    }
  }
  return [...lines];
}
