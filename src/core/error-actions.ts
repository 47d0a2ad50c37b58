import type { ErrorCode, retryableCodes, UploadError } from './errors.ts';

/** The one thing a person can do about an error; the UI shows that button and no other. */
export type ErrorAction = 'retry' | 'choose-another' | 'sign-in' | 'wait' | 'free-space' | 'contact';

/** Checked both ways: no code is missing, and what can be tried again offers that. */
const actions: { readonly [Code in ErrorCode]: ErrorAction } & { [Code in RetriedCode]: 'retry' } = {
  network: 'retry',
  'cors-or-network': 'retry',
  stalled: 'retry',
  timeout: 'retry',
  unavailable: 'retry',
  'bad-response': 'retry',
  'not-uploaded': 'retry',
  'checksum-mismatch': 'retry',
  busy: 'retry',
  'hook-failed': 'retry',
  'record-failed': 'retry',
  'record-timeout': 'retry',
  'provider-failed': 'retry',
  'rate-limited': 'wait',
  'quota-exceeded': 'wait',
  unauthorized: 'sign-in',
  'storage-full': 'free-space',
  'unknown-kind': 'contact',
  'metadata-invalid': 'contact',
  forbidden: 'contact',
  'clock-skew': 'contact',
  'bad-request': 'contact',
  'etag-not-exposed': 'contact',
  'store-refused': 'contact',
  'foreign-origin': 'contact',
  'id-reused': 'contact',
  'not-found': 'contact',
  'reload-needed': 'contact',
  refused: 'contact',
  'save-uncertain': 'contact',
  'schema-missing': 'contact',
  'wrong-type': 'choose-another',
  'too-large': 'choose-another',
  'too-small-size': 'choose-another',
  'too-small': 'choose-another',
  'too-many-pixels': 'choose-another',
  'too-many': 'choose-another',
  empty: 'choose-another',
  duplicate: 'choose-another',
  'file-changed': 'choose-another',
  'file-unreadable': 'choose-another',
  corrupt: 'choose-another',
  'not-an-image': 'choose-another',
  animated: 'choose-another',
  'no-decoder': 'choose-another',
  'output-too-large': 'choose-another',
  'prepare-failed': 'choose-another',
  'too-large-for-store': 'choose-another',
  'size-mismatch': 'choose-another',
  'type-mismatch': 'choose-another',
  infected: 'choose-another',
  gone: 'choose-another',
};
type RetriedCode = Exclude<(typeof retryableCodes)[number], 'rate-limited'>;

/** What to offer for an error: exactly one thing. */
export const actionOf = ({ code }: Pick<UploadError, 'code'>): ErrorAction => actions[code];

/** All codes there are. */
export const errorCodes = Object.keys(actions) as readonly ErrorCode[];

/** Whether a text from elsewhere is one of our codes. */
export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(actions, code);
