/** As much of JSON Schema as openapi.yaml uses. A keyword it does not know is an error, so nothing goes unchecked. */
export interface Schema {
  [keyword: string]: unknown;
}
type Check = (value: unknown, operand: never, schema: Schema, root: Schema) => boolean;

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
const isObject = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'object';
const said: Check = () => true;

const checks: Record<string, Check> = {
  description: said,
  contentMediaType: said,
  $ref: (value, path: string, _schema, root) => fits(value, lookUp(root, path), root),
  type: (value, type: string | string[]) =>
    [type].flat().some((kind) => kind === kindOf(value) || (kind === 'number' && kindOf(value) === 'integer')),
  const: (value, expected) => value === expected,
  enum: (value, allowed: unknown[]) => allowed.includes(value),
  pattern: (value, pattern: string) => typeof value === 'string' && new RegExp(pattern).test(value),
  minimum: (value, least: number) => typeof value === 'number' && value >= least,
  maximum: (value, most: number) => typeof value === 'number' && value <= most,
  minItems: (value, least: number) => Array.isArray(value) && value.length >= least,
  maxItems: (value, most: number) => Array.isArray(value) && value.length <= most,
  items: (value, schema: Schema, _all, root) => Array.isArray(value) && value.every((item) => fits(item, schema, root)),
  required: (value, names: string[]) => isObject(value) && names.every((name) => Object.hasOwn(value, name)),
  properties: (value, schemas: Record<string, Schema>, _all, root) =>
    isObject(value) &&
    Object.entries(schemas).every(([name, schema]) => !Object.hasOwn(value, name) || fits(value[name], schema, root)),
  additionalProperties: (value, _no, { properties }) =>
    isObject(value) && Object.keys(value).every((name) => Object.hasOwn(properties as object, name)),
  oneOf: (value, schemas: Schema[], _all, root) => schemas.filter((schema) => fits(value, schema, root)).length === 1,
};

export function fits(value: unknown, schema: Schema, root: Schema): boolean {
  return Object.entries(schema).every(([keyword, operand]) => {
    const check = checks[keyword];
    if (check === undefined) throw new Error(`unknown keyword ${keyword}`);
    return check(value, operand as never, schema, root);
  });
}

/** Follows `#/components/…`. */
export function lookUp(root: Schema, path: string): Schema {
  let at: unknown = root;
  for (const step of path.replace('#/', '').split('/')) at = (at as Schema)[step];
  if (at === undefined) throw new Error(`${path} leads nowhere`);
  return at as Schema;
}
