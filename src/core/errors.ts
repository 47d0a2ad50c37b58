/** Where on its journey a file met the error. */
export type ErrorPlace = 'intake' | 'prepare' | 'upload' | 'confirm' | 'record' | 'outbox';

/**
 * What is known beside the code. Every fact is JSON, so an error can travel and be stored;
 * secrets, presigned queries and stacks never belong here.
 */
export interface ErrorDetails {
  // the file itself
  'wrong-type': { type: string; accept: string[] };
  'too-large': { size: number; maxSize: number };
  'too-small-size': { size: number; minSize: number };
  'too-small': { width: number; height: number; minWidth: number; minHeight: number };
  'too-many-pixels': { width: number; height: number; maxPixels: number };
  'too-many': { maxFiles: number };
  empty: undefined;
  duplicate: { name: string };
  'file-changed': undefined;
  'file-unreadable': undefined;
  corrupt: { type: string } | undefined;
  'not-an-image': { type: string } | undefined;
  animated: { frames: number | null } | undefined;
  'no-decoder': { type: string };
  'output-too-large': { size: number; maxBytes: number };
  'prepare-failed': { step: string };
  'unknown-kind': { kind: string };
  'metadata-invalid': { issues: string[] };
  // the way there
  network: undefined;
  'cors-or-network': { origin: string } | undefined;
  stalled: { seconds: number };
  timeout: { seconds: number; step: string };
  forbidden: { storeCode: string | null } | undefined;
  'clock-skew': { seconds: number | null } | undefined;
  'rate-limited': { retryAfter: number | null };
  unavailable: { retryAfter: number | null };
  unauthorized: undefined;
  'bad-response': { status: number } | undefined;
  'bad-request': { reason: string };
  'etag-not-exposed': undefined;
  'store-refused': { status: number; storeCode: string | null };
  'foreign-origin': { origin: string };
  'too-large-for-store': { size: number | null } | undefined;
  'storage-full': undefined;
  // belonging and proof
  /** The planned parts to send again, where it went in parts. */
  'not-uploaded': { numbers: number[] } | undefined;
  'size-mismatch': { declared: number; stored: number };
  'type-mismatch': { declared: string; stored: string };
  'checksum-mismatch': undefined;
  infected: undefined;
  'id-reused': undefined;
  'not-found': undefined;
  gone: undefined;
  busy: { retryAfter: number };
  'quota-exceeded': { retryAfter: number | null };
  'reload-needed': { protocol: number };
  // saving
  refused: { message: string };
  'hook-failed': undefined;
  'record-failed': undefined;
  'record-timeout': { seconds: number };
  'save-uncertain': undefined;
  'schema-missing': { command: string };
  'provider-failed': { provider: string };
}
export type ErrorCode = keyof ErrorDetails;

/** @internal */
/** Trying one of these again, by itself or by a person, can succeed with nothing else changed. */
export const retryableCodes = [
  'network',
  'cors-or-network',
  'stalled',
  'timeout',
  'unavailable',
  'bad-response',
  'not-uploaded',
  'checksum-mismatch',
  'busy',
  'hook-failed',
  'record-failed',
  'record-timeout',
  'provider-failed',
  'rate-limited',
] as const satisfies readonly ErrorCode[];

export interface UploadErrorOptions {
  cause?: unknown;
  at?: ErrorPlace | undefined;
  /** For the developer: what happened, why, and how to mend it. */
  message?: string | undefined;
  /** Overrules the row of the code, where the thrower knows better. */
  retryable?: boolean | undefined;
}

/** @internal */
type DetailsArgument<C extends ErrorCode> = undefined extends ErrorDetails[C]
  ? [details?: ErrorDetails[C], options?: UploadErrorOptions]
  : [details: ErrorDetails[C], options?: UploadErrorOptions];

const brand = 'slipway/upload-error';

/**
 * Everything that can go wrong with a file, as one class with a closed set of codes.
 * `message` speaks to the developer; ask `describe(error)` for words to show a person.
 */
export class UploadError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'UploadError';
  readonly code: C;
  readonly details: ErrorDetails[C];
  readonly retryable: boolean;
  readonly at: ErrorPlace | undefined;
  /** Recognised by value, since a page may hold two copies of the package. */
  readonly brand: string = brand;

  constructor(code: C, ...[details, options = {}]: DetailsArgument<C>) {
    super(`${options.message ?? code} (docs/errors.md#${code})`, { cause: options.cause });
    this.code = code;
    this.details = details as ErrorDetails[C];
    this.retryable = options.retryable ?? (retryableCodes as readonly string[]).includes(code);
    this.at = options.at;
  }
}

/** True for an `UploadError` of any copy of this package; with codes, for those codes only. */
export function isUploadError<C extends ErrorCode = ErrorCode>(value: unknown, ...codes: C[]): value is UploadError<C> {
  const error = value as Partial<UploadError> | null | undefined;
  return error?.brand === brand && (codes.length === 0 || codes.includes(error.code as C));
}

/**
 * A refusal in the host's own words: throw it from `onUploaded`. The item fails for good,
 * shows exactly these words and is not tried again.
 */
export function refuse(message: string): UploadError<'refused'> {
  return new UploadError('refused', { message }, { at: 'record', message: `the host refused the file: ${message}` });
}
