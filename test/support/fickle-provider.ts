import { UploadError } from '../../src/core/errors.ts';
import type { Clock } from '../../src/core/ports.ts';
import type { AnyProvider, UploadContext } from '../../src/core/provider.ts';

/** What the store does to the next request of a kind; after the list has run out, everything goes well. */
export type Mood =
  | 'well'
  | 'reset' // no answer, nothing arrived
  | 'stall' // half of the body, then silence
  | 'no-answer' // all of the body, then silence
  | 'lost-reply' // stored, and the answer is lost
  | 'refused' // a final error
  | 'busy' // 429 with Retry-After
  | 'down' // 503
  | 'gone' // confirm only: the object is not there after all
  | 'throws'; // not even an error of ours

export interface Fickle {
  provider: AnyProvider;
  objects: Map<string, Blob>;
  /** How often upload() was called, by id. */
  uploads: Map<string, number>;
  /** Requests that nobody has answered or aborted. */
  readonly open: number;
}

const secret = 'X-Amz-Signature=fake-secret';

/** A store with moods, exactly repeatable. */
export function fickleProvider(clock: Clock, moods: readonly Mood[], can: { abort: boolean; resume: boolean }): Fickle {
  const objects = new Map<string, Blob>();
  const uploads = new Map<string, number>();
  const left = [...moods];
  let open = 0;

  const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    open += 1;
    try {
      await new Promise<void>((resolve, reject) => {
        const cancel = clock.after(milliseconds, () => {
          signal.removeEventListener('abort', stop);
          resolve();
        });
        const stop = (): void => {
          cancel();
          reject(signal.reason as Error);
        };
        if (!can.abort) return;
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
      });
    } finally {
      open -= 1;
    }
  };
  // without abort, silence has to end some time, or no engine could do anything about it
  const silence = (signal: AbortSignal): Promise<void> => pause(can.abort ? 1e9 : 600_000, signal);

  async function suffer(mood: Mood, signal: AbortSignal): Promise<void> {
    const cause = new Error(secret);
    if (mood === 'reset' || mood === 'lost-reply') throw new UploadError('network', undefined, { cause });
    if (mood === 'refused') throw new UploadError('forbidden', undefined, { cause });
    if (mood === 'busy') throw new UploadError('rate-limited', { retryAfter: 2000 }, { cause });
    if (mood === 'down') throw new UploadError('unavailable', { retryAfter: null }, { cause });
    if (mood === 'gone') throw new UploadError('not-uploaded', undefined, { cause });
    if (mood === 'throws') throw cause;
    if (mood === 'stall' || mood === 'no-answer') {
      await silence(signal);
      throw new UploadError('network', undefined, { cause });
    }
  }

  async function send(from: number, until: number, context: UploadContext): Promise<void> {
    for (let sent = from; sent < until;) {
      await pause(200, context.signal);
      sent = Math.min(until, sent + 100);
      context.progress(sent);
      context.save({ id: context.id, sent });
    }
  }

  const provider: AnyProvider = {
    name: 'fickle',
    capabilities: { progress: true, abort: can.abort, resume: can.resume, width: 3 },
    async upload({ file, size }, context) {
      uploads.set(context.id, (uploads.get(context.id) ?? 0) + 1);
      await context.control(() => pause(20, context.signal));
      return context.data(size, async () => {
        const mood = left.shift() ?? 'well';
        const { sent = 0 } = (context.checkpoint ?? {}) as { sent?: number };
        const from = can.resume ? sent : 0;
        context.save({ id: context.id, sent: from });
        const arrives = mood === 'well' || mood === 'lost-reply' || mood === 'no-answer' || mood === 'gone';
        await send(from, arrives ? size : Math.max(from, Math.floor(size / 2)), context);
        if (arrives) context.bodySent();
        if (arrives && mood !== 'no-answer') objects.set(context.id, file);
        if (mood === 'gone') objects.delete(context.id);
        else await suffer(mood, context.signal);
        return { checkpoint: { id: context.id } };
      });
    },
    confirm: (_, context) =>
      context.control(async () => {
        await pause(30, context.signal);
        const mood = left.shift() ?? 'well';
        if (
          mood === 'busy' ||
          mood === 'down' ||
          mood === 'reset' ||
          mood === 'refused' ||
          mood === 'throws' ||
          mood === 'no-answer'
        ) {
          await suffer(mood, context.signal);
        }
        if (!objects.has(context.id)) throw new UploadError('not-uploaded');
        return { key: context.id, url: null, data: null };
      }),
    async verify(checkpoint, signal) {
      await pause(30, signal);
      const { id } = checkpoint as { id: string };
      return objects.has(id) ? { checkpoint: { id } } : null;
    },
    async discard(checkpoint, signal) {
      await pause(30, signal);
      objects.delete((checkpoint as { id: string }).id);
    },
    async remove({ key }, signal) {
      await pause(30, signal);
      objects.delete(key);
    },
  };
  return {
    provider,
    objects,
    uploads,
    get open() {
      return open;
    },
  };
}
