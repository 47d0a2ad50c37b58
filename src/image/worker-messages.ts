import type { RenderPlan } from './plan.ts';
import type { RenderFailure } from './render-failure.ts';
import type { Rendered } from './render.ts';

/** From the page to the worker. */
export interface Job {
  file: Blob;
  plan: RenderPlan;
}

/** And back: `'ready'` once, then one answer a job. */
export type Answer = 'ready' | { done: Rendered } | { failed: RenderFailure | string };
