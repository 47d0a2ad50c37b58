import type { UploadError } from './errors.ts';
import { type Format, formatFor } from './format.ts';
import { english, type Messages } from './messages.ts';

/**
 * An error in words for a person: what happened to their file, then what to do. Pass the file's name to have it
 * in the sentence. Words a host gave to `refuse()` come back exactly so.
 */
export function describe(
  { code, details }: Pick<UploadError, 'code' | 'details'>,
  messages: Pick<Messages, 'locale' | 'errors'> = english,
  file: { name: string } | null = null,
): string {
  // an error of a newer server may have a code that these words do not know yet
  const words = messages.errors[code] ?? english.errors[code] ?? english.errors['provider-failed'];
  if (typeof words === 'string') return words;
  // a code and its details belong together, which a union of all codes cannot say
  const say = words as (facts: object, format: Format) => string;
  return say({ ...details, name: file?.name ?? nameIn(details) }, formatFor(messages.locale));
}

const nameIn = (details: object | undefined): string | null =>
  details !== undefined && 'name' in details && typeof details.name === 'string' ? details.name : null;
