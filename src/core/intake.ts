import { UploadError } from './errors.ts';
import { checkFile, type Rules } from './rules.ts';

/** What has been picked, and the first thing wrong with it. */
export interface Picked {
  file: Blob;
  name: string;
  problems: readonly UploadError[];
}

/**
 * Sorts a pick by the rules, in order: a file that breaks one takes no place among those that count. `taken` is
 * how many places saved files and items on their way hold already.
 */
export function sortPick(files: Iterable<Blob>, rules: Rules, taken: number): Picked[] {
  let places = rules.single ? 1 : (rules.maxFiles ?? Infinity) - taken;
  return Array.from(files, (file) => {
    const name = nameOf(file);
    const problems = checkFile({ name, type: file.type, size: file.size }, rules);
    if (problems.length === 0 && places <= 0) {
      problems.push(new UploadError('too-many', { maxFiles: rules.maxFiles ?? 1 }, { at: 'intake' }));
    }
    if (problems.length === 0) places -= 1;
    return { file, name, problems };
  });
}

const longestName = 255;

/**
 * A name that is safe to show and store: composed (NFC), without control characters, path or lone surrogates,
 * at most 255 bytes of UTF-8 with its extension kept. It is data only: no key is ever made of it.
 */
export function nameOf(file: Blob): string {
  const given = 'name' in file && typeof file.name === 'string' ? file.name : '';
  const composed = wellFormed(given).normalize('NFC');
  const bare = composed
    .replace(/^.*[/\\]/s, '')
    .replace(/\p{Cc}/gu, '')
    .trim();
  return shorten(/^\.*$/.test(bare) ? 'file' : bare);
}

/** Lone surrogates do not survive UTF-8 and JSON; the replacement character does. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

function shorten(name: string): string {
  // a UTF-16 unit is at most three bytes: most names need no counting
  if (name.length * 3 <= longestName || bytesOf(name) <= longestName) return name;
  const extension = /\.[^.]{1,20}$/u.exec(name)?.[0] ?? '';
  const room = longestName - bytesOf(extension);
  let kept = '';
  let used = 0;
  for (const character of name.slice(0, name.length - extension.length)) {
    used += bytesOf(character);
    if (used > room) break;
    kept += character;
  }
  return kept + extension;
}
