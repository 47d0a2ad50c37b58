export { refuseHeader } from '../core/inspect/guard.ts';
export { inspectFile } from '../core/inspect/read.ts';
