import { environmentVariable } from '../../environment.ts';
import type { Storage } from '../../storage.ts';
import { type S3Options, s3 } from './s3.ts';

/** All that the environment does not say. */
export type B2Options = Omit<S3Options, 'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'bucket' | 'endpoint'>;

/** What each value is called; B2's own pages and its guides use both names. */
const names = {
  accessKeyId: ['B2_APPLICATION_KEY_ID', 'B2_KEY_ID'],
  secretAccessKey: ['B2_APPLICATION_KEY', 'B2_APP_KEY'],
  bucket: ['B2_BUCKET_NAME'],
  endpoint: ['B2_ENDPOINT_URL'],
} as const;

/**
 * A Backblaze B2 bucket from `B2_APPLICATION_KEY_ID` (or `B2_KEY_ID`), `B2_APPLICATION_KEY` (or `B2_APP_KEY`),
 * `B2_BUCKET_NAME` and `B2_ENDPOINT_URL`. Throws with the names of all that are missing; values are never shown.
 */
export function b2FromEnv(options: B2Options = {}): Storage {
  const missing: string[] = [];
  const valueOf = (spellings: readonly string[]): string => {
    const values = new Set(
      spellings.map((name) => environmentVariable(name)?.trim() ?? '').filter((one) => one !== ''),
    );
    if (values.size > 1) throw new TypeError(`b2FromEnv: ${spellings.join(' and ')} differ. Keep one of them`);
    const [value] = values;
    if (value === undefined) missing.push(spellings.join(' or '));
    return value ?? '';
  };
  const found = {
    accessKeyId: valueOf(names.accessKeyId),
    secretAccessKey: valueOf(names.secretAccessKey),
    bucket: valueOf(names.bucket),
    endpoint: valueOf(names.endpoint),
  };
  if (missing.length > 0) {
    const hint =
      found.bucket === '' && (environmentVariable('B2_BUCKET_ID') ?? '') !== ''
        ? '. B2_BUCKET_ID does not serve: S3 asks for the name'
        : '';
    throw new TypeError(`b2FromEnv: set ${missing.join(', ')}${hint}`);
  }
  return s3({ ...options, ...found });
}
