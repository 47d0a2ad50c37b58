import type { ErrorCode } from '../core/errors.ts';

/** The HTTP status of each code that is not this server's own trouble (503). */
const known: { readonly [Code in ErrorCode]?: number } = {
  'bad-request': 400,
  'unknown-kind': 400,
  'metadata-invalid': 400,
  'reload-needed': 400,
  unauthorized: 401,
  forbidden: 403,
  'foreign-origin': 403,
  'not-found': 404,
  'not-uploaded': 409,
  'id-reused': 409,
  busy: 409,
  gone: 410,
  'too-large': 413,
  'too-many': 413,
  'wrong-type': 415,
  'too-small-size': 422,
  'too-small': 422,
  'too-many-pixels': 422,
  empty: 422,
  corrupt: 422,
  'not-an-image': 422,
  'size-mismatch': 422,
  'type-mismatch': 422,
  'checksum-mismatch': 422,
  infected: 422,
  refused: 422,
  'rate-limited': 429,
  'quota-exceeded': 429,
};

export const statusOf = (code: ErrorCode): number => known[code] ?? 503;
