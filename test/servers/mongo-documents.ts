import { BSON } from 'mongodb';

export type Document = Record<string, unknown>;

/** An answer of the kind the driver turns into an error. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  constructor(code: number, codeName: string, message: string) {
    super(message);
    this.code = code;
    this.codeName = codeName;
  }
}

export const copyOf = (document: Document): Document => BSON.deserialize(BSON.serialize(document));

const plain = (value: unknown): unknown => (BSON.Long.isLong(value) ? value.toNumber() : value);
const isSame = (a: unknown, b: unknown): boolean => BSON.EJSON.stringify({ a }) === BSON.EJSON.stringify({ a: b });
/** As the server orders: null before numbers before text; different kinds are never less or more in a filter. */
const rank = (value: unknown): number =>
  value === null || value === undefined ? 0 : typeof value === 'number' ? 1 : 2;
const compare = (a: unknown, b: unknown): number => {
  const [x, y] = [plain(a), plain(b)];
  if (rank(x) !== rank(y)) return rank(x) - rank(y);
  return (x as number) < (y as number) ? -1 : (x as number) > (y as number) ? 1 : 0;
};
const ordered = (holds: (order: number) => boolean) => (value: unknown, operand: unknown) =>
  rank(plain(value)) === rank(plain(operand)) && rank(plain(value)) > 0 && holds(compare(value, operand));

const operators: Record<string, (value: unknown, operand: unknown) => boolean> = {
  $eq: isSame,
  $ne: (value, operand) => !isSame(value ?? null, operand),
  $in: (value, operand) => (operand as unknown[]).some((one) => isSame(value ?? null, one)),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
};

/** Refuses what it does not know rather than guess. */
export function matches(document: Document, filter: Document): boolean {
  return Object.entries(filter).every(([field, condition]) => {
    if (field === '$or') return (condition as Document[]).some((part) => matches(document, part));
    if (field.startsWith('$')) throw new CommandError(2, 'BadValue', `unknown top level operator: ${field}`);
    if (!isOperators(condition)) return isSame(document[field] ?? null, condition);
    return Object.entries(condition).every(([name, operand]) => {
      const operator = operators[name];
      if (operator === undefined) throw new CommandError(2, 'BadValue', `unknown operator: ${name}`);
      return operator(document[field], operand);
    });
  });
}

const isOperators = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.keys(value).some((key) => key.startsWith('$'));

export function changed(document: Document, update: Document): Document {
  const next = copyOf(document);
  for (const [name, fields] of Object.entries(update)) {
    for (const [field, value] of Object.entries(fields as Document)) {
      if (name === '$set') next[field] = value;
      else if (name === '$inc') next[field] = Number(plain(next[field] ?? 0)) + Number(plain(value));
      else throw new CommandError(9, 'FailedToParse', `Unknown modifier: ${name}`);
    }
  }
  return next;
}

export const sorted = (documents: readonly Document[], order: Document = {}): Document[] =>
  documents.toSorted((a, b) => {
    for (const [field, direction] of Object.entries(order)) {
      const difference = compare(a[field], b[field]) * Number(direction);
      if (difference !== 0) return difference;
    }
    return 0;
  });
