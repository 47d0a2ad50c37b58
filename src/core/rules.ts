import { UploadError } from './errors.ts';
import { declaredType, extensionOf, extensionsOf, typeByName } from './media.ts';
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
  minWidth: number | null;
  minHeight: number | null;
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
    minWidth: wholeNumber('minWidth', options.minWidth),
    minHeight: wholeNumber('minHeight', options.minHeight),
    maxPixels: wholeNumber('maxPixels', options.maxPixels),
  };
}

/** The stricter of two rule sets, field by field: a prop or a provider may narrow a kind, never widen it. */
export function tighten(rules: Rules, other: Partial<Rules>): Rules {
  return {
    accept: narrower(rules.accept, other.accept ?? null),
    maxSize: least(rules.maxSize, other.maxSize),
    minSize: most(rules.minSize, other.minSize) ?? 1,
    maxFiles: least(rules.maxFiles, other.maxFiles),
    single: rules.single || (other.single ?? false),
    minWidth: most(rules.minWidth, other.minWidth),
    minHeight: most(rules.minHeight, other.minHeight),
    maxPixels: least(rules.maxPixels, other.maxPixels),
  };
}

const least = (a: number | null, b: number | null | undefined): number | null =>
  a === null ? (b ?? null) : Math.min(a, b ?? Infinity);
const most = (a: number | null, b: number | null | undefined): number | null =>
  a === null ? (b ?? null) : Math.max(a, b ?? 0);

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
  if (width < (minWidth ?? 0) || height < (minHeight ?? 0)) {
    const needed = { minWidth: minWidth ?? 0, minHeight: minHeight ?? 0 };
    return [new UploadError('too-small', { width, height, ...needed }, { at: 'prepare' })];
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
  (pattern.startsWith('.') && (extensionsOf[type]?.includes(pattern.slice(1)) ?? false));

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
    throw new TypeError(
      `accept: ${JSON.stringify(pattern)} is neither a type ('image/png'), a family ('image/*') nor an extension ('.csv')`,
    );
  }
  return text;
}

function wholeNumber(name: string, value: number | undefined): number | null {
  if (value === undefined) return null;
  if (!Number.isInteger(value) || value < 1) throw new TypeError(`${name}: ${value} is no whole number above 0`);
  return value;
}
