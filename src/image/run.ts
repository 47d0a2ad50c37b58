import { UploadError } from '../core/errors.ts';
import type { RenderPlan } from './plan.ts';
import { type RenderFailure, isRenderFailure } from './render-failure.ts';
import type { Rendered } from './render.ts';
import type { Answer, Job } from './worker-messages.ts';
import InlineWorker from './worker.ts?worker&inline';

export interface RunOptions {
  workerUrl?: string | URL | undefined;
  signal?: AbortSignal | undefined;
}

/** A worker that does not answer for this long is gone. */
const patience = 60_000;

let line: Promise<unknown> = Promise.resolve();
let worker: Promise<Worker | null> | undefined;

/** Renders one plan in the worker, one at a time, or on the page where there is no worker. */
export async function runPlan(file: Blob, plan: RenderPlan, options: RunOptions): Promise<Rendered> {
  const mine = line.then(async () => {
    options.signal?.throwIfAborted();
    return await runNow({ file, plan }, options);
  });
  line = mine.catch(() => undefined);
  try {
    return await mine;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!isRenderFailure(error)) throw error;
    throw toUploadError(error);
  }
}

async function runNow(job: Job, options: RunOptions): Promise<Rendered> {
  worker ??= startWorker(options.workerUrl);
  // no worker can draw an SVG
  const ready = job.plan.type === 'image/svg+xml' ? null : await worker;
  if (ready === null) {
    const { renderOnPage } = await import('./on-page.ts');
    return await renderOnPage(job.file, job.plan, options.signal);
  }
  try {
    return await ask(ready, job, options.signal);
  } catch (error) {
    // whatever it was doing, it shall not go on
    if (!isRenderFailure(error)) {
      ready.terminate();
      worker = undefined;
    }
    throw error;
  }
}

/** Null where workers are missing or the page's policy forbids this one; some browsers say so only later. */
function startWorker(url: string | URL | undefined): Promise<Worker | null> {
  return new Promise((resolve) => {
    try {
      const started = url === undefined ? new InlineWorker() : new Worker(url, { type: 'module' });
      started.addEventListener('message', () => resolve(started), { once: true });
      started.addEventListener('error', () => resolve(null), { once: true });
    } catch {
      resolve(null);
    }
  });
}

function ask(ready: Worker, job: Job, signal: AbortSignal | undefined): Promise<Rendered> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    const end = (settle: () => void): void => {
      ended.abort();
      clearTimeout(timer);
      settle();
    };
    const fail = (error: unknown): void => end(() => reject(error));
    const timer = setTimeout(() => fail(unanswered()), patience);
    signal?.addEventListener('abort', () => fail(signal.reason), { signal: ended.signal });
    ready.addEventListener('error', (event) => fail(unanswered(event)), { signal: ended.signal });
    ready.addEventListener(
      'message',
      ({ data }: MessageEvent<Answer>) => {
        if (data === 'ready') return;
        if ('done' in data) end(() => resolve(data.done));
        else fail(typeof data.failed === 'string' ? unanswered(data.failed) : data.failed);
      },
      { signal: ended.signal },
    );
    ready.postMessage(job);
  });
}

const unanswered = (cause?: unknown): UploadError =>
  new UploadError('prepare-failed', { step: 'image' }, { at: 'prepare', cause, message: 'the picture worker failed' });

function toUploadError({ failure, details }: RenderFailure): UploadError {
  if (failure === 'corrupt' && 'type' in details) {
    const undecodable = !['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp'].includes(details.type);
    return undecodable
      ? new UploadError('no-decoder', details, { at: 'prepare', message: `this browser cannot read ${details.type}` })
      : new UploadError('corrupt', details, {
          at: 'prepare',
          message: `the browser's decoder gave the ${details.type} up`,
        });
  }
  const sizes = 'size' in details ? details : { size: 0, maxBytes: 0 };
  return new UploadError('output-too-large', sizes, { at: 'prepare', message: 'no quality makes it small enough' });
}
