/** Why a job failed, as it crosses from worker to page: a code of ours with its facts. */
export interface RenderFailure {
  code: 'corrupt' | 'output-too-large';
  details: { type: string } | { size: number; maxBytes: number };
}

export const isRenderFailure = (value: unknown): value is RenderFailure =>
  typeof value === 'object' && value !== null && 'code' in value && 'details' in value;
