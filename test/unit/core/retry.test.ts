import { describe, expect, test } from 'vitest';
import { retryableCodes, UploadError } from '../../../src/core/errors.ts';
import { asUploadError, backOff, defaultRetry, judge, parseRetryAfter, RetryBudget } from '../../../src/core/retry.ts';

/** A stream of numbers in 0..1 that is the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}
const seeds = Array.from({ length: 20 }, (_, index) => randomOf(index + 1));
const busy = (retryAfter: number | null): UploadError => new UploadError('unavailable', { retryAfter });

describe('the wait between tries', () => {
  test('twenty clients wait twenty different times, and no later one than its bound', () => {
    for (const attempt of [1, 2, 3, 4, 12]) {
      const bound = Math.min(defaultRetry.cap, defaultRetry.base * 2 ** (attempt - 1));
      const waits = seeds.map((random) => backOff(attempt, defaultRetry, random()));
      expect(new Set(waits).size).toBe(20);
      expect(Math.max(...waits)).toBeLessThanOrEqual(bound);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
      // full jitter: early moments are as likely as late ones
      expect(Math.min(...waits)).toBeLessThan(bound * 0.4);
      expect(Math.max(...waits)).toBeGreaterThan(bound * 0.6);
    }
  });

  test('the bound doubles from try to try, until the cap', () => {
    const bounds = [1, 2, 3, 7, 20].map((attempt) => backOff(attempt, defaultRetry, 1));
    expect(bounds).toEqual([500, 1000, 2000, 30_000, 30_000]);
  });
});

describe('what the store asks for', () => {
  test.each([
    ['2', 2000],
    [' 120 ', 120_000],
    ['0', 0],
    ['soon', null],
    ['', null],
    ['-5', null],
    ['2.5', null],
    [null, null],
  ])('Retry-After %j means %j', (header, milliseconds) => {
    const parsed = parseRetryAfter(header, 0);
    expect(parsed).toBe(milliseconds);
  });

  test('a date is counted from now, and one in the past means at once', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
    expect(parseRetryAfter('Wed, 31 Dec 2025 23:00:00 GMT', now)).toBe(0);
  });

  test('it is obeyed up to a second late, and never early', () => {
    for (const random of seeds) {
      const verdict = judge(busy(2000), 1, defaultRetry, random());
      expect(verdict).toMatchObject({ again: true });
      const { after } = verdict as { after: number };
      expect(after).toBeGreaterThanOrEqual(2000);
      expect(after).toBeLessThan(3000);
    }
  });

  test('a day is cut to two minutes', () => {
    expect(judge(busy(86_400_000), 1, defaultRetry, 0)).toEqual({ again: true, after: 120_000, reason: 'retry' });
  });

  test('429 is told apart, so that it can be shown as what it is', () => {
    const error = new UploadError('rate-limited', { retryAfter: 1000 });
    expect(judge(error, 1, defaultRetry, 0)).toEqual({ again: true, after: 1000, reason: 'rate-limited' });
  });
});

describe('which failures', () => {
  test.each(['network', 'stalled', 'timeout', 'unavailable', 'rate-limited', 'busy', 'provider-failed'] as const)(
    '%s is tried again',
    (code) => {
      expect(retryableCodes).toContain(code);
    },
  );

  test.each([
    new UploadError('forbidden'),
    new UploadError('file-changed'),
    new UploadError('store-refused', { status: 404, storeCode: 'NoSuchBucket' }),
    new UploadError('unauthorized'),
    new UploadError('quota-exceeded', { retryAfter: 1000 }),
    new UploadError('size-mismatch', { declared: 2, stored: 1 }),
    new UploadError('refused', { message: 'No.' }),
  ])('$code is final at once', (error) => {
    expect(judge(error, 1, defaultRetry, 0.5)).toEqual({ again: false });
  });

  test('no more tries than the policy has', () => {
    const verdicts = [1, 2, 3, 4, 5].map((attempt) => judge(busy(null), attempt, defaultRetry, 0.5).again);
    expect(verdicts).toEqual([true, true, true, false, false]);
  });

  test('who throws may know better than the row of the code', () => {
    const final = new UploadError('network', undefined, { retryable: false });
    expect(judge(final, 1, defaultRetry, 0.5).again).toBe(false);
  });

  test('what is no error of ours gets a code, keeps its cause, and quotes nothing of it', () => {
    const cause = new Error('PUT https://store.test/x?Signature=fake failed');
    const error = asUploadError(cause, 'acme');
    expect(error.code).toBe('provider-failed');
    expect(error.cause).toBe(cause);
    expect(error.message).not.toContain('Signature');
    expect(asUploadError(error, 'acme')).toBe(error);
  });
});

describe('the budget of a batch', () => {
  test('a few retries are always there, and one more for every five files', () => {
    const budget = new RetryBudget(2);
    expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false]);
    for (let file = 0; file < 5; file += 1) budget.earn();
    expect([budget.spend(), budget.spend()]).toEqual([true, false]);
  });

  test('a thousand files against a store that is down cause at most a fifth more requests', () => {
    const budget = new RetryBudget();
    let retries = 0;
    for (let file = 0; file < 1000; file += 1) {
      budget.earn();
      for (let attempt = 1; judge(busy(null), attempt, defaultRetry, 0).again && budget.spend(); attempt += 1) {
        retries += 1;
      }
    }
    expect(retries).toBeLessThanOrEqual(220);
    expect(retries).toBeGreaterThan(150);
  });
});
