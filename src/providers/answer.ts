import { isErrorCode } from '../core/error-actions.ts';
import { type ErrorCode, type ErrorDetails, type ErrorPlace, UploadError } from '../core/errors.ts';
import type { WireError } from '../core/protocol.ts';
import { parseRetryAfter } from '../core/retry.ts';
import type { SendResponse } from '../core/send.ts';

type AnyCode = new (
  code: ErrorCode,
  details: ErrorDetails[ErrorCode],
  options: { at?: ErrorPlace; message?: string },
) => UploadError;

/** An error of a code that is only known at run time, as it came over the wire. */
export const errorOfCode = (code: ErrorCode, details: unknown, at: ErrorPlace, message?: string): UploadError =>
  new (UploadError as AnyCode)(code, details as ErrorDetails[ErrorCode], {
    at,
    ...(message !== undefined && { message }),
  });

/** An error as our protocol writes it. `retryAfter` travels in seconds, as the header does; here it is milliseconds. */
export function errorOfWire({ code, message, details }: WireError, at: ErrorPlace): UploadError {
  const { retryAfter } = (details ?? {}) as { retryAfter?: unknown };
  const known = typeof retryAfter === 'number' ? { ...(details as object), retryAfter: retryAfter * 1000 } : details;
  return errorOfCode(isErrorCode(code) ? code : 'bad-response', known, at, message);
}

/** What an answer other than 2xx means. A body of our own protocol has the last word; else the status decides. */
export function errorOfAnswer(answer: SendResponse, at: ErrorPlace): UploadError {
  const said = (readJson(answer.text) as { error?: { code?: unknown; message?: unknown; details?: unknown } } | null)
    ?.error;
  const wait = parseRetryAfter(answer.header('retry-after'), Date.now());
  if (isErrorCode(said?.code)) {
    const details = wait === null ? said.details : { ...(said.details as object | undefined), retryAfter: wait };
    return errorOfCode(said.code, details, at, typeof said.message === 'string' ? said.message : undefined);
  }
  return errorOfStatus(answer.status, wait, at);
}

export function errorOfStatus(status: number, retryAfter: number | null, at: ErrorPlace): UploadError {
  const options = { at, message: `the server answered ${status}` };
  if (status === 401) return new UploadError('unauthorized', undefined, options);
  if (status === 403) return new UploadError('forbidden', undefined, options);
  if (status === 404) return new UploadError('not-found', undefined, options);
  if (status === 410) return new UploadError('gone', undefined, options);
  if (status === 413) return new UploadError('too-large-for-store', undefined, options);
  if (status === 429) return new UploadError('rate-limited', { retryAfter }, options);
  if (status >= 500 || status === 408 || status === 425) return new UploadError('unavailable', { retryAfter }, options);
  return new UploadError('store-refused', { status, storeCode: null }, options);
}

/** The body as JSON; `bad-response` where it is none: a proxy's error page must never pass for an answer. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names what the route promises
export function jsonOf<R>(answer: SendResponse, at: ErrorPlace): R {
  const json = readJson(answer.text);
  if (json !== null && typeof json === 'object') return json as R;
  const message = `${answer.url.split('?')[0]} answered ${answer.status} with something that is no JSON`;
  throw new UploadError('bad-response', { status: answer.status }, { at, message });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
