import { isUploadError, UploadError } from './errors.ts';

export interface RetryPolicy {
  /** Tries in all, the first included. */
  attempts: number;
  /** Milliseconds; the wait before try n is a random share of `base × 2^(n − 2)`, at most `cap`. */
  base: number;
  cap: number;
  /** The longest `Retry-After` we obey as asked; a longer one is cut to this. */
  retryAfterCap: number;
}

export const defaultRetry: RetryPolicy = { attempts: 4, base: 500, cap: 30_000, retryAfterCap: 120_000 };

export type Verdict = { again: false } | { again: true; after: number; reason: 'retry' | 'rate-limited' };

/** Whether to try again after a failure, and how long to wait. `attempt` is the one that failed, from 1. */
export function judge(error: UploadError, attempt: number, policy: RetryPolicy, random: number): Verdict {
  if (!error.retryable || attempt >= policy.attempts) return { again: false };
  const asked = retryAfterOf(error);
  const reason = error.code === 'rate-limited' ? 'rate-limited' : 'retry';
  if (asked === null) return { again: true, after: backOff(attempt, policy, random), reason };
  // up to a second late, never early: the clients that were told the same must not come back as one
  return { again: true, after: Math.min(asked, policy.retryAfterCap) + random * 1000, reason };
}

/** Full jitter: any moment up to a bound that doubles. Many clients spread out instead of marching in step. */
export const backOff = (attempt: number, { base, cap }: RetryPolicy, random: number): number =>
  random * Math.min(cap, base * 2 ** (attempt - 1));

function retryAfterOf(error: UploadError): number | null {
  const details = error.details as { retryAfter?: number | null } | undefined;
  return details?.retryAfter ?? null;
}

/** Milliseconds of a `Retry-After` header, which comes in seconds or as a date; null where it says neither. */
export function parseRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // engines read dates into almost anything: to them "-5" is a day in 2001
  const date = /\d:\d/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/**
 * Whatever was thrown, as an error with a code. What a foreign error says stays in `cause`: it may quote an
 * address with its signature, and messages are logged.
 */
export const asUploadError = (thrown: unknown, provider: string): UploadError =>
  isUploadError(thrown)
    ? thrown
    : new UploadError(
        'provider-failed',
        { provider },
        { cause: thrown, message: `the provider "${provider}" failed; see \`cause\`` },
      );

/**
 * A batch may spend one retry for every five files, and a few more so that small batches are not stingy.
 * When a store is down, this is what keeps thousands of clients from making it worse.
 */
export class RetryBudget {
  #left: number;
  constructor(reserve = 20) {
    this.#left = reserve;
  }
  earn(): void {
    this.#left += 0.2;
  }
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
