import { UploadError } from '../core/errors.ts';

/** Foreign and missing answer alike, to the letter. */
export const notFound = (): UploadError => new UploadError('not-found', undefined, { message: 'no such file' });
