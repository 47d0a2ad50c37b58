/** Why a job failed, as it crosses from worker to page; the page makes an `UploadError` of it. */
export interface RenderFailure {
  failure: 'corrupt' | 'output-too-large';
  details: { type: string } | { size: number; maxBytes: number };
}

export const isRenderFailure = (value: unknown): value is RenderFailure =>
  typeof value === 'object' && value !== null && 'failure' in value && 'details' in value;
