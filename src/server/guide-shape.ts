import { type UploadError, isUploadError } from '../core/errors.ts';
import { json, retryHeader, toUploadError } from './answer.ts';
import type { Deployment } from './deployment.ts';
import { statusOf } from './statuses.ts';

/** `{ success: false, error, code }`: never the text of an exception that is not ours. */
export async function inGuideShape(deployment: Deployment, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    return guideFailure(isUploadError(error) ? error : toUploadError(error, deployment.logger));
  }
}

const guideFailure = (error: UploadError): Response =>
  json({ success: false, error: error.message, code: error.code }, statusOf(error.code), retryHeader(error));
