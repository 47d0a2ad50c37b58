import { UploadError, isUploadError } from '../core/errors.ts';
import type { ErrorResponse } from '../core/protocol.ts';
import type { Logger } from './options.ts';
import { UploadRefusal } from './refusal.ts';
import { statusOf } from './statuses.ts';

/** A JSON answer that no cache keeps, unless told otherwise. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  });
}

/**
 * Any thrown value as an error that may leave the house. What we did not throw ourselves is logged,
 * and told as `unavailable`: its text could hold a secret.
 */
export function toUploadError(thrown: unknown, logger: Logger): UploadError {
  if (isUploadError(thrown)) return thrown;
  if (UploadRefusal.is(thrown)) return new UploadError('refused', { message: thrown.message });
  logger.error('slipway: unexpected failure', thrown);
  return new UploadError('unavailable', { retryAfter: 1 }, { cause: thrown });
}

/** What travels of an error: code, words for the developer, details. Never a cause or a stack. */
export function wireError(error: UploadError): ErrorResponse['error'] {
  const { code, message, details } = error;
  return { code, message, ...(details === undefined ? {} : { details }) };
}

export function failure(error: UploadError): Response {
  return json({ error: wireError(error) } satisfies ErrorResponse, statusOf(error.code), retryHeader(error));
}

export function retryHeader({ details }: UploadError): Record<string, string> {
  const seconds = details !== undefined && 'retryAfter' in details ? details.retryAfter : null;
  return seconds === null ? {} : { 'retry-after': String(seconds) };
}
