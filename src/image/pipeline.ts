/** What needs pixels, as one chunk: a cropper shows itself before it has arrived. */
export { drawAnew, inspectPicture } from './draw-anew.ts';
export { planRender } from './plan.ts';
export { runPlan } from './run.ts';
