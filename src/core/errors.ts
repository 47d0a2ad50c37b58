import type { Json } from './json.ts';

/** Where on its journey a file met the error. */
export type ErrorPlace = 'intake' | 'prepare' | 'upload' | 'confirm' | 'record' | 'outbox';

/** The one thing a person can do about an error; the UI shows that button and no other. */
export type ErrorAction = 'retry' | 'choose-another' | 'sign-in' | 'wait' | 'free-space' | 'contact';

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
interface Trait {
  /** Trying again, by itself or by a person, can succeed with nothing else changed. */
  retryable: boolean;
  action: ErrorAction;
}

const trait = (retryable: boolean, action: ErrorAction): Trait => ({ retryable, action });
const again = trait(true, 'retry');
const other = trait(false, 'choose-another');
const help = trait(false, 'contact');

/** One row a code. The words for people live in `describe`, the HTTP statuses in the server. */
export const errorTraits: { readonly [Code in ErrorCode]: Trait } = {
  'wrong-type': other,
  'too-large': other,
  'too-small-size': other,
  'too-small': other,
  'too-many-pixels': other,
  'too-many': other,
  empty: other,
  duplicate: other,
  'file-changed': other,
  'file-unreadable': other,
  corrupt: other,
  'not-an-image': other,
  animated: other,
  'no-decoder': other,
  'output-too-large': other,
  'prepare-failed': other,
  'unknown-kind': help,
  'metadata-invalid': help,
  network: again,
  'cors-or-network': again,
  stalled: again,
  timeout: again,
  forbidden: help,
  'clock-skew': help,
  'rate-limited': trait(true, 'wait'),
  unavailable: again,
  unauthorized: trait(false, 'sign-in'),
  'bad-response': again,
  'bad-request': help,
  'etag-not-exposed': help,
  'store-refused': help,
  'foreign-origin': help,
  'too-large-for-store': other,
  'storage-full': trait(false, 'free-space'),
  'not-uploaded': again,
  'size-mismatch': other,
  'type-mismatch': other,
  'checksum-mismatch': again,
  infected: other,
  'id-reused': help,
  'not-found': help,
  gone: other,
  busy: again,
  'quota-exceeded': trait(false, 'wait'),
  'reload-needed': help,
  refused: help,
  'hook-failed': again,
  'record-failed': again,
  'record-timeout': again,
  'save-uncertain': help,
  'schema-missing': help,
  'provider-failed': again,
};

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
    super(`${options.message ?? code} (slipway: docs/errors.md#${code})`, { cause: options.cause });
    this.code = code;
    this.details = details as ErrorDetails[C];
    this.retryable = options.retryable ?? errorTraits[code].retryable;
    this.at = options.at;
  }

  get action(): ErrorAction {
    return errorTraits[this.code].action;
  }

  toJSON(): { code: C; details: Json | undefined; retryable: boolean; at: ErrorPlace | undefined } {
    return { code: this.code, details: this.details, retryable: this.retryable, at: this.at };
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
