import { UploadError } from './errors.ts';
import { declaredType, extensionOf, typeByName } from './media.ts';
import { type Size, toBytes } from './size.ts';

/** The limits of a kind, or of a component that has none, as people write them. */
export interface RuleOptions {
  /** Types (`'image/png'`), families (`'image/*'`) and extensions (`'.csv'`), as a list or joined by commas. */
  accept?: string | readonly string[] | undefined;
  maxSize?: Size | undefined;
  /** 1 byte by default; 0 allows empty files. */
  minSize?: Size | undefined;
  maxFiles?: number | undefined;
  /** One file; a new one takes the place of the old. */
  single?: boolean | undefined;
  /** Pixels, as a person sees the picture. */
  minWidth?: number | undefined;
  minHeight?: number | undefined;
  /** Width × height before any decode. */
  maxPixels?: number | undefined;
}

/** The same limits, read: bytes and pixels, `null` where there is none. */
export interface Rules {
  accept: readonly string[] | null;
  maxSize: number | null;
  minSize: number;
  maxFiles: number | null;
  single: boolean;
  minWidth: number;
  minHeight: number;
  maxPixels: number | null;
}

export function toRules(options: RuleOptions): Rules {
  const { accept, maxSize, minSize, maxFiles, single = false } = options;
  const list = typeof accept === 'string' ? accept.split(',') : accept;
  return {
    accept: list?.map((pattern) => readPattern(pattern)) ?? null,
    maxSize: maxSize === undefined ? null : toBytes(maxSize),
    minSize: minSize === undefined ? 1 : toBytes(minSize),
    maxFiles: single ? 1 : wholeNumber('maxFiles', maxFiles),
    single,
    minWidth: wholeNumber('minWidth', options.minWidth) ?? 0,
    minHeight: wholeNumber('minHeight', options.minHeight) ?? 0,
    maxPixels: wholeNumber('maxPixels', options.maxPixels),
  };
}

/** The stricter of two rule sets, field by field: a prop or a provider may narrow a kind, never widen it. */
export function tighten(rules: Rules, other: Partial<Rules>): Rules {
  const tight = {
    ...rules,
    accept: narrower(rules.accept, other.accept ?? null),
    single: rules.single || other.single === true,
  };
  for (const name of ['maxSize', 'maxFiles', 'maxPixels'] as const) {
    const limit = Math.min(rules[name] ?? Infinity, other[name] ?? Infinity);
    tight[name] = limit === Infinity ? null : limit;
  }
  for (const name of ['minSize', 'minWidth', 'minHeight'] as const) {
    tight[name] = Math.max(rules[name] ?? 0, other[name] ?? 0);
  }
  return tight;
}

/** What intake can know of a file without reading it. */
export interface FileFacts {
  name: string;
  type: string;
  size: number;
}

/** Everything wrong with one file by name, type and size; an empty list means welcome. */
export function checkFile(file: FileFacts, rules: Rules): UploadError[] {
  const problems: UploadError[] = [];
  if (rules.accept !== null && !isAccepted(file, rules.accept)) {
    problems.push(new UploadError('wrong-type', { type: file.type, accept: [...rules.accept] }, { at: 'intake' }));
  }
  return [...problems, ...checkSize(file.size, rules)];
}

export function checkSize(size: number, { minSize, maxSize }: Pick<Rules, 'minSize' | 'maxSize'>): UploadError[] {
  if (size === 0 && minSize > 0) return [new UploadError('empty', undefined, { at: 'intake' })];
  if (size < minSize) return [new UploadError('too-small-size', { size, minSize }, { at: 'intake' })];
  if (maxSize !== null && size > maxSize) return [new UploadError('too-large', { size, maxSize }, { at: 'intake' })];
  return [];
}

/** Limits on a picture whose header has been read. */
export function checkPixels(picture: { width: number; height: number }, rules: Rules): UploadError[] {
  const { width, height } = picture;
  const { minWidth, minHeight, maxPixels } = rules;
  if (width < minWidth || height < minHeight) {
    return [new UploadError('too-small', { width, height, minWidth, minHeight }, { at: 'prepare' })];
  }
  if (maxPixels !== null && width * height > maxPixels) {
    return [new UploadError('too-many-pixels', { width, height, maxPixels }, { at: 'prepare' })];
  }
  return [];
}

/**
 * By extension *and* declared type: each of the two that says something must be welcome. Windows knows no type
 * for HEIC or CSV and Android invents some, so silence on one side is no refusal; silence on both is.
 */
export function isAccepted({ name, type }: Pick<FileFacts, 'name' | 'type'>, accept: readonly string[]): boolean {
  const extension = extensionOf(name);
  if (accept.includes(`.${extension}`)) return true;
  const claims = [declaredType(type), typeByName(name) ?? ''].filter((claim) => claim !== '');
  return claims.length > 0 && claims.every((claim) => accept.some((pattern) => covers(pattern, claim)));
}

const covers = (pattern: string, type: string): boolean =>
  pattern === '*/*' ||
  pattern === type ||
  (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1))) ||
  (pattern.startsWith('.') && typeByName(`x${pattern}`) === type);

function narrower(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  return [...new Set([...within(a, b), ...within(b, a)])];
}

const within = (inner: readonly string[], outer: readonly string[]): string[] =>
  inner.filter((pattern) => outer.some((wider) => wider === pattern || covers(wider, typeOfPattern(pattern))));

const typeOfPattern = (pattern: string): string =>
  pattern.startsWith('.') ? (typeByName(`x${pattern}`) ?? pattern) : pattern;

function readPattern(pattern: string): string {
  const text = pattern.trim().toLowerCase();
  if (!/^(\.[^./\s]+|[\w.+-]+\/[\w.+*-]+|\*\/\*)$/.test(text)) {
    throw new TypeError(`accept: ${JSON.stringify(pattern)} is neither like 'image/*' nor like '.csv'`);
  }
  return text;
}

function wholeNumber(name: string, value: number | undefined): number | null {
  if (value === undefined) return null;
  if (!Number.isInteger(value) || value < 1) throw new TypeError(`${name}: ${value} is no whole number from 1`);
  return value;
}
