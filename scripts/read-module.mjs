// What a module says of itself, read from its syntax tree rather than guessed from its text: what it imports, what it
// exports, and its directive. TypeScript and declaration files alike.
import { parseSync } from 'vite';

/** Visits every node of a syntax tree. */
function visit(node, look) {
  if (Array.isArray(node)) for (const child of node) visit(child, look);
  else if (node !== null && typeof node === 'object') {
    if (typeof node.type === 'string') look(node);
    for (const [key, child] of Object.entries(node)) if (key !== 'parent') visit(child, look);
  }
}

/** The names a top-level declaration brings into being. */
function declaredNames(declaration) {
  if (declaration.type === 'VariableDeclaration') return declaration.declarations.map(({ id }) => id.name);
  return declaration.id?.name === undefined ? [] : [declaration.id.name];
}

const isTypeDeclaration = ({ type }) => type === 'TSInterfaceDeclaration' || type === 'TSTypeAliasDeclaration';

function exportsOf(program) {
  const found = [];
  for (const node of program.body) {
    const from = node.source?.value ?? null;
    if (node.type === 'ExportAllDeclaration') {
      found.push({ name: node.exported?.name ?? '*', local: '*', isType: node.exportKind === 'type', from });
    } else if (node.type === 'ExportDefaultDeclaration') {
      found.push({ name: 'default', local: 'default', isType: false, from });
    } else if (node.type === 'ExportNamedDeclaration') {
      for (const { exported, local, exportKind } of node.specifiers) {
        const isType = node.exportKind === 'type' || exportKind === 'type';
        found.push({ name: exported.name ?? exported.value, local: local.name ?? local.value, isType, from });
      }
      if (node.declaration) {
        const isType = isTypeDeclaration(node.declaration);
        for (const name of declaredNames(node.declaration)) found.push({ name, local: name, isType, from: null });
      }
    }
  }
  return found;
}

/**
 * Reads one module. `imports` holds every way of naming another module: `import`, `import type`, `export … from`,
 * `import()` and `import('…').Type`.
 */
export function readModule(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const imports = [];
  visit(program, (node) => {
    const named = node.source ?? (node.type === 'TSImportType' ? (node.argument?.literal ?? node.argument) : undefined);
    if (typeof named?.value !== 'string') return;
    imports.push({ from: named.value, line: source.slice(0, named.start).split('\n').length });
  });
  return {
    imports,
    exports: exportsOf(program),
    directive: program.body[0]?.directive ?? null,
    program,
  };
}

export { declaredNames, visit };
