import type { ErrorCode, ErrorDetails } from './errors.ts';
import type { Format } from './format.ts';

/** What a sentence about a file may be made of. */
export type ErrorFacts<C extends ErrorCode> = { name: string | null } & (ErrorDetails[C] extends undefined
  ? object
  : NonNullable<ErrorDetails[C]>);

/** A sentence, or how to make it from the facts. */
export type ErrorWords<C extends ErrorCode> = string | ((facts: ErrorFacts<C>, format: Format) => string);

/** Every sentence a person may read about an error: what happened to their file, then what to do. */
export type ErrorMessages = { readonly [C in ErrorCode]: ErrorWords<C> };

/** The words of one language. */
export interface Messages {
  /** BCP 47 tag, by which numbers and sizes are written too. */
  locale: string;
  errors: ErrorMessages;
}

const it = (name: string | null): string => name ?? 'This file';

const extensions: Readonly<Record<string, string>> = {
  'image/*': 'an image',
  'video/*': 'a video',
  'audio/*': 'an audio file',
  'text/plain': 'a text file',
  'image/svg+xml': 'SVG',
};

/** `image/jpeg` as people say it. */
const kindOfFile = (pattern: string): string =>
  extensions[pattern] ?? (pattern.split(/[/.+]/).at(-1) ?? pattern).toUpperCase();

const choose = (accept: readonly string[], format: Format): string =>
  accept.length > 4 ? 'Choose another kind of file.' : `Choose ${format.either(accept.map(kindOfFile))}.`;

/**
 * English, built in. At most 90 characters each with ordinary names; no status number, no vendor and none of our
 * own words: whoever reads this wants to know what became of their file, and what to do now.
 */
export const english: Messages = {
  locale: 'en',
  errors: {
    'wrong-type': ({ name, accept }, format) => `${it(name)} can’t be used here. ${choose(accept, format)}`,
    'too-large': ({ name, size, maxSize }, format) =>
      `${it(name)} is ${format.size(size)}. Choose one under ${format.size(maxSize)}.`,
    'too-small-size': ({ name, minSize }, format) =>
      `${it(name)} is too small. Choose one of at least ${format.size(minSize)}.`,
    'too-small': ({ width, height, minWidth, minHeight }, format) =>
      `This picture is ${format.number(width)} × ${format.number(height)}. Choose one from ${format.number(minWidth)} × ${format.number(minHeight)}.`,
    'too-many-pixels': ({ width, height }, format) =>
      `This picture is too big (${format.number(width)} × ${format.number(height)}). Choose a smaller one.`,
    'too-many': ({ maxFiles }, format) =>
      maxFiles === 1
        ? 'Only one file can be added. Remove the other one first.'
        : `Only ${format.number(maxFiles)} files can be added. Remove one to make room.`,
    empty: ({ name }) => `${it(name)} is empty. Choose another file.`,
    duplicate: ({ name }) => `${it(name)} has been added already.`,
    'file-changed': ({ name }) => `${it(name)} was changed since you chose it. Choose it again.`,
    'file-unreadable': ({ name }) => `${it(name)} can’t be read any more. Choose it again.`,
    corrupt: ({ name }) => `${it(name)} is damaged. Choose another file.`,
    'not-an-image': ({ name }) => `${it(name)} is not a picture. Choose a picture.`,
    animated: ({ name }) => `${it(name)} moves. Choose a still picture.`,
    'no-decoder': ({ name }) => `${it(name)} can’t be opened here. Choose a JPEG or PNG picture.`,
    'output-too-large': ({ maxBytes }, format) =>
      `This picture can’t be made smaller than ${format.size(maxBytes)}. Choose another one.`,
    'prepare-failed': ({ name }) => `${it(name)} couldn’t be prepared. Choose another file.`,
    'unknown-kind': 'Files can’t be added here at the moment. Please tell the people who run this site.',
    'metadata-invalid': 'Something about this file is missing. Please tell the people who run this site.',
    network: 'The connection was lost. Try again.',
    'cors-or-network': 'The connection was lost. Try again.',
    stalled: 'The connection got stuck. Try again.',
    timeout: 'This is taking too long. Try again.',
    forbidden: ({ name }) => `${it(name)} wasn’t let in. Please tell the people who run this site.`,
    'clock-skew': 'Your device’s clock is wrong. Set the right date and time, then try again.',
    'rate-limited': 'There is a lot going on right now. We’ll continue in a moment.',
    unavailable: 'Saving files isn’t working right now. Try again.',
    unauthorized: 'You’ve been signed out. Sign in to continue.',
    'bad-response': 'Something went wrong on the way. Try again.',
    'bad-request': ({ name }) => `${it(name)} couldn’t be sent. Please tell the people who run this site.`,
    'etag-not-exposed': ({ name }) => `${it(name)} couldn’t be sent. Please tell the people who run this site.`,
    'store-refused': ({ name }) => `${it(name)} wasn’t let in. Please tell the people who run this site.`,
    'foreign-origin': ({ name }) => `${it(name)} wasn’t sent, to be safe. Please tell the people who run this site.`,
    'too-large-for-store': ({ name }) => `${it(name)} is too large. Choose a smaller file.`,
    'storage-full': 'There is no space left. Remove files you no longer need, then try again.',
    'not-uploaded': ({ name }) => `${it(name)} didn’t arrive. Try again.`,
    'size-mismatch': ({ name }) => `${it(name)} changed on its way. Choose it again.`,
    'type-mismatch': ({ name }) => `${it(name)} isn’t what its name says. Choose another file.`,
    'checksum-mismatch': ({ name }) => `${it(name)} was damaged on its way. Try again.`,
    infected: ({ name }) => `${it(name)} may harm others and was removed. Choose another file.`,
    'id-reused': ({ name }) => `${it(name)} couldn’t be sent. Please tell the people who run this site.`,
    'not-found': ({ name }) => `${it(name)} can’t be found. It may have been removed.`,
    gone: ({ name }) => `${it(name)} waited too long. Choose it again.`,
    busy: ({ name }) => `${it(name)} is being worked on. Try again in a moment.`,
    'quota-exceeded': 'You’ve reached your limit for now. Try again later.',
    'reload-needed': 'This page is out of date. Reload it, then try again.',
    refused: ({ message }) => message,
    'hook-failed': ({ name }) => `${it(name)} arrived but wasn’t saved. Try saving again.`,
    'record-failed': ({ name }) => `${it(name)} arrived but wasn’t saved. Try saving again.`,
    'record-timeout': ({ name }) => `${it(name)} arrived, but saving takes too long. Try saving again.`,
    'save-uncertain': ({ name }) => `${it(name)} arrived, but may not be saved. Look before you try again.`,
    'schema-missing': 'Saving files isn’t set up yet. Please tell the people who run this site.',
    'provider-failed': 'Something went wrong on the way. Try again.',
  },
};
