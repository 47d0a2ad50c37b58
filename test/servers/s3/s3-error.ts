/** A refusal as S3 words it: a status, a code, and XML that may say more. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message = code, details: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** What this double does not know, it refuses: a guess would let a wrong client pass. */
export const notImplemented = (what: string): S3Error => new S3Error(501, 'NotImplemented', `not implemented: ${what}`);
export const noSuchKey = (): S3Error => new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
