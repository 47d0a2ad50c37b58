import { isUploadError, refuse, UploadError } from './errors.ts';
import type { Clock } from './ports.ts';
import type { UploadRecord } from './record.ts';

/** Beside the record, what the host may want to know of this call. */
export interface Delivery {
  /** Aborted at the time limit. Not enumerable: React refuses an AbortSignal as an argument of a server action. */
  readonly signal: AbortSignal;
  /** 1 for the first call for this record. */
  readonly attempt: number;
  /** The record waited in the outbox, and the component that began it may be gone. */
  readonly redelivered: boolean;
}
export type OnUploaded<R extends UploadRecord = UploadRecord> = (record: R, delivery: Delivery) => unknown;

export interface DeliverOptions {
  record: UploadRecord;
  host: () => OnUploaded | undefined;
  clock: Clock;
  /** Milliseconds for one call. */
  limit: number;
  /** Counts the calls for this record, across retries by hand. */
  nextAttempt(): number;
  /** Waits until the next call is due, or throws the error where it is final. Ends early when `saved` does. */
  recover(error: UploadError, saved: Promise<void>): Promise<void>;
  /** A call that was given up has resolved after all. */
  onSavedLate(): void;
}

/**
 * Hands a record to the host until it resolves, one call at a time. A call past its limit has its signal aborted
 * and counts no longer, but if it resolves late after all, the record is saved and nobody is called again.
 */
export async function deliver(options: DeliverOptions): Promise<void> {
  const { record, host, clock, limit, nextAttempt, recover, onSavedLate } = options;
  let done = false;
  let left = false;
  let settle: () => void = () => undefined;
  const saved = new Promise<void>((resolve) => {
    settle = () => {
      done = true;
      if (left) onSavedLate();
      resolve();
    };
  });
  while (!done) {
    const stopper = new AbortController();
    const expiry = timeLimit(clock, limit, stopper);
    const call = callHost(host(), record, nextAttempt(), stopper.signal).then(settle);
    try {
      // oxlint-disable-next-line no-await-in-loop -- one call at a time is the promise
      await Promise.race([call, expiry.reached, saved]);
      return;
    } catch (thrown) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await recover(asRecordError(thrown), saved).catch((final: unknown) => {
        left = true;
        throw final;
      });
    } finally {
      expiry.cancel();
      call.catch(() => undefined); // after its limit, how it failed no longer matters
    }
  }
}

async function callHost(
  host: OnUploaded | undefined,
  record: UploadRecord,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const delivery = Object.defineProperty({ attempt, redelivered: false }, 'signal', { value: signal });
  const answer = await host?.(record, delivery as Delivery);
  if (isUploadError(answer)) throw answer;
}

function timeLimit(clock: Clock, limit: number, stopper: AbortController): { reached: Promise<never>; cancel(): void } {
  let cancel: () => void = () => undefined;
  const reached = new Promise<never>((_, reject) => {
    cancel = clock.after(limit, () => {
      stopper.abort('timeout');
      reject(new UploadError('record-timeout', { seconds: limit / 1000 }, { at: 'record' }));
    });
  });
  return { reached, cancel };
}

/** A refusal stays final, however the host's code says it: our `refuse`, or anything with the status 422. */
function asRecordError(thrown: unknown): UploadError {
  if (isUploadError(thrown)) return thrown;
  const { status, message } = (thrown ?? {}) as { status?: unknown; message?: unknown };
  if (status === 422) return refuse(typeof message === 'string' ? message : '');
  return new UploadError('record-failed', undefined, {
    cause: thrown,
    at: 'record',
    message: 'onUploaded failed; see `cause`',
  });
}
