import { isUploadError, UploadError } from './errors.ts';
import type { UploadId } from './id.ts';
import type { JsonObject } from './json.ts';
import type { ImageOptions } from './kinds.ts';
import type { UploadSource } from './provider.ts';
import type { UploadRecord } from './record.ts';
import type { Rules } from './rules.ts';

/** What a step may know and do while it works on one file. */
export interface PrepareContext {
  readonly id: UploadId;
  readonly kind: string | null;
  readonly metadata: JsonObject;
  readonly rules: Rules;
  readonly image: ImageOptions | null;
  readonly signal: AbortSignal;
  /** Shows the item as waiting for the person, until the step ends. */
  waitForUser(): void;
}

/** What a step hands on: the bytes, and for a cut-out, what it was cut from. */
export interface PreparedSource extends UploadSource {
  source?: UploadRecord['source'];
}

/** One thing done to a file before it is sent. Must stop within a moment of its signal. */
export interface PrepareStep {
  /** Shown as `item.step`: 'inspect', 'crop', 'resize', 'strip', 'prepare'. */
  readonly name: string;
  run(source: PreparedSource, context: PrepareContext): Promise<PreparedSource>;
}

/** Runs the steps in order. Whatever a step throws becomes an error with a code; an abort stays an abort. */
export async function runSteps(
  first: PreparedSource,
  steps: readonly PrepareStep[],
  context: PrepareContext,
  onStep: (name: string) => void,
): Promise<PreparedSource> {
  let source = first;
  for (const step of steps) {
    onStep(step.name);
    try {
      source = await step.run(source, context);
    } catch (error) {
      context.signal.throwIfAborted();
      throw isUploadError(error) ? error : ((await unreadable(first.file)) ?? failed(step.name, error));
    }
    context.signal.throwIfAborted();
  }
  return source;
}

const failed = (step: string, cause: unknown): UploadError =>
  new UploadError(
    'prepare-failed',
    { step },
    { cause, at: 'prepare', message: `the step "${step}" failed; see \`cause\`` },
  );

/**
 * Whether the bytes can still be had: a picked file is only a promise, and another program may have changed,
 * emptied or removed it. Reading one byte tells in milliseconds; the network would only say "failed".
 */
export async function unreadable(file: Blob): Promise<UploadError | null> {
  if (file.size === 0) return null;
  try {
    const byte = await file.slice(0, 1).arrayBuffer();
    if (byte.byteLength === 1) return null;
  } catch (error) {
    const gone = error instanceof Error && error.name === 'NotFoundError';
    if (gone) return new UploadError('file-unreadable', undefined, { cause: error, at: 'upload' });
    return new UploadError('file-changed', undefined, { cause: error, at: 'upload' });
  }
  return new UploadError('file-changed', undefined, {
    at: 'upload',
    message: 'the file has become empty since it was picked',
  });
}
