import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describe } from '../../../src/core/describe.ts';
import { actionOf, errorCodes } from '../../../src/core/error-actions.ts';
import { type ErrorCode, type ErrorDetails, refuse, retryableCodes, UploadError } from '../../../src/core/errors.ts';
import { english } from '../../../src/core/messages.ts';
import { statusOf } from '../../../src/server/statuses.ts';

/** Facts as they come in life, one set for every code that has any. */
const facts: Partial<{ [C in ErrorCode]: ErrorDetails[C] }> = {
  'wrong-type': { type: 'application/pdf', accept: ['image/jpeg', 'image/png', 'image/webp'] },
  'too-large': { size: 8_100_000, maxSize: 5_000_000 },
  'too-small-size': { size: 10, minSize: 1000 },
  'too-small': { width: 120, height: 80, minWidth: 1200, minHeight: 1200 },
  'too-many-pixels': { width: 16_000, height: 16_000, maxPixels: 100_000_000 },
  'too-many': { maxFiles: 50 },
  duplicate: { name: 'beach.jpg' },
  'no-decoder': { type: 'image/heic' },
  'output-too-large': { size: 900_000, maxBytes: 200_000 },
  'prepare-failed': { step: 'crop' },
  refused: { message: 'No pictures of cats, please.' },
};
const sentence = (code: ErrorCode, file: { name: string } | null = { name: 'beach.jpg' }): string =>
  describe({ code, details: facts[code] }, english, file);

test('the three sentences of the contract', () => {
  expect(sentence('too-large')).toBe('beach.jpg is 8.1 MB. Choose one under 5 MB.');
  expect(sentence('wrong-type')).toBe('beach.jpg can’t be used here. Choose JPEG, PNG, or WEBP.');
  expect(sentence('hook-failed', null)).toBe('This file arrived but wasn’t saved. Try saving again.');
});

test.each(errorCodes)('%s: says what happened in at most 90 characters, without numbers and words of ours', (code) => {
  const text = sentence(code);
  expect(text.length).toBeLessThanOrEqual(90);
  expect(text).toMatch(/[.!]$/);
  expect(text).not.toMatch(
    /undefined|NaN|null|\bHTTP\b|\b[45]\d\d\b|header|presign|provider|bucket|slipway|upload|S3|B2/i,
  );
});

test('a refusal of the host comes back in the host’s own words', () => {
  expect(describe(refuse('No pictures of cats, please.'))).toBe('No pictures of cats, please.');
});

test('sizes and numbers are written in the language of the words', () => {
  const error = new UploadError('too-large', { size: 8_100_000, maxSize: 5_000_000 });
  expect(describe(error, { ...english, locale: 'de' }, { name: 'strand.jpg' })).toContain('8,1 MB');
});

test('every code has one action, and those that can be tried again offer just that', () => {
  for (const code of errorCodes)
    expect(actionOf({ code })).toMatch(/^(retry|choose-another|sign-in|wait|free-space|contact)$/);
  for (const code of retryableCodes) expect(actionOf({ code })).toBe(code === 'rate-limited' ? 'wait' : 'retry');
});

test('the errors page, the words and the server know the same codes', () => {
  const headings = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^## `([\w-]+)`$/gm)].map(([, code]) => code);
  expect(new Set(headings)).toEqual(new Set(errorCodes));
  expect(new Set(Object.keys(english.errors))).toEqual(new Set(errorCodes));
  for (const code of errorCodes) expect(statusOf(code)).toBeGreaterThanOrEqual(400);
});
