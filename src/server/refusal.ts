/**
 * Thrown by a hook that will not have this file: the person reads exactly these words. The bytes stay for the
 * kind's grace, so that a corrected form needs no second upload.
 */
export class UploadRefusal extends Error {
  override readonly name = 'UploadRefusal';

  /** By name, since a host may hold two copies of this package. */
  static is(value: unknown): value is UploadRefusal {
    return value instanceof Error && value.name === 'UploadRefusal';
  }
}
