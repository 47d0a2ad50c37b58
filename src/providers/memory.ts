import { type ErrorCode, type ErrorDetails, UploadError } from '../core/errors.ts';
import { type Clock, inertPorts } from '../core/ports.ts';
import {
  defineProvider,
  type KindMap,
  type Provider,
  type Stored,
  type UploadContext,
  type UploadSource,
} from '../core/provider.ts';
import type { KindMapOf, Kinds } from '../core/kinds.ts';

/** One thing that goes wrong, as data. */
export interface MemoryFault {
  at: 'upload' | 'confirm';
  /**
   * A code fails with it. `stall`: no further byte moves. `no-answer`: all is sent, nothing comes back.
   * `lost-reply`: the file is stored, and the answer is lost.
   */
  fail: ErrorCode | 'stall' | 'no-answer' | 'lost-reply';
  /** Share of the bytes that get through first, 0..1. Default 0. */
  after?: number;
  /** How often, from the first upload it fits. Default 1. */
  times?: number;
  /** Only for files of this name. */
  name?: string;
  /** Milliseconds the failing store asks to wait. */
  retryAfter?: number;
}

export interface MemoryOptions<K extends Kinds = Kinds> {
  kinds?: K;
  /** Milliseconds before anything answers. Default 0. */
  latency?: number;
  /** Bytes per second of one upload. Default: all at once. */
  bandwidth?: number;
  /** Looked at whenever something is about to happen, so a test may change its own list on the way. */
  script?: readonly MemoryFault[];
  /** Bodies at once. Default: as the engine decides. */
  width?: number;
  clock?: Clock;
}

/** The objects by id, for tests and stories to look at. */
export type MemoryProvider<T extends KindMap> = Provider<T> & { readonly objects: ReadonlyMap<string, Blob> };

const tick = 100;

/**
 * Keeps files in this page. For first steps, stories and tests: it behaves like a store at the other end of a
 * line, with its latency, its speed and its bad days, and is exactly repeatable under an injected clock.
 */
export function memory<const K extends Kinds = Kinds>(options: MemoryOptions<K> = {}): MemoryProvider<KindMapOf<K>> {
  const { latency = 0, bandwidth = Infinity, script = [], width = Infinity, clock = inertPorts.clock, kinds } = options;
  const objects = new Map<string, Blob>();
  const addresses = new Map<string, string>();
  // what no server answered is null, whatever a kind's data may be
  const nothing = null as Stored<KindMapOf<K>>['data'];
  const met = new Map<MemoryFault, number>();

  const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        cancel();
        reject(signal.reason as Error);
      };
      const cancel = clock.after(milliseconds, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
    });

  function nextFault(at: MemoryFault['at'], name: string | null): MemoryFault | undefined {
    const isLeft = (one: MemoryFault): boolean => (met.get(one) ?? 0) < (one.times ?? 1);
    const fault = script.find((one) => one.at === at && isLeft(one) && (one.name ?? name) === name);
    if (fault !== undefined) met.set(fault, (met.get(fault) ?? 0) + 1);
    return fault;
  }

  async function sendBody(source: UploadSource, from: number, until: number, context: UploadContext): Promise<void> {
    let sent = from;
    while (sent < until) {
      // oxlint-disable-next-line no-await-in-loop -- bytes go out one after the other
      await pause(bandwidth === Infinity ? 0 : tick, context.signal);
      sent = Math.min(until, sent + (bandwidth * tick) / 1000);
      context.progress(Math.floor(sent));
      context.save({ id: context.id, sent: Math.floor(sent) });
    }
    if (until >= source.size) context.bodySent();
  }

  const provider: Provider<KindMapOf<K>> = {
    name: 'memory',
    capabilities: { progress: true, abort: true, resume: true, width },
    ...(kinds !== undefined && { kinds }),

    async upload(source, context) {
      await context.control(() => pause(latency, context.signal));
      return context.data(source.size, async () => {
        const fault = nextFault('upload', source.name);
        const { sent = 0 } = (context.checkpoint ?? {}) as { sent?: number };
        const whole = fault === undefined || fault.fail === 'no-answer' || fault.fail === 'lost-reply';
        context.save({ id: context.id, sent });
        await sendBody(source, sent, whole ? source.size : source.size * (fault.after ?? 0), context as UploadContext);
        if (whole && fault?.fail !== 'no-answer') objects.set(context.id, source.file);
        if (fault !== undefined) await act(fault, context.signal);
        await pause(latency, context.signal);
        return { checkpoint: { id: context.id } };
      });
    },

    confirm: (_receipt, context) =>
      context.control(async () => {
        await pause(latency, context.signal);
        const fault = nextFault('confirm', null);
        if (fault !== undefined) await act(fault, context.signal);
        const object = objects.get(context.id);
        if (object === undefined) throw new UploadError('not-uploaded', undefined, { at: 'confirm' });
        return { key: context.id, url: null, data: nothing, size: object.size };
      }),

    async verify(checkpoint, signal) {
      await pause(latency, signal);
      const { id } = checkpoint as { id: string };
      return objects.has(id) ? { checkpoint: { id } } : null;
    },

    async discard(checkpoint) {
      await erase((checkpoint as { id: string }).id);
    },

    remove: ({ key }) => erase(key),

    async url({ key }) {
      const object = objects.get(key);
      if (object === undefined) throw new UploadError('not-found');
      const url = addresses.get(key) ?? URL.createObjectURL(object);
      addresses.set(key, url);
      return { url };
    },
  };

  async function erase(key: string): Promise<void> {
    const address = addresses.get(key);
    if (address !== undefined) URL.revokeObjectURL(address);
    addresses.delete(key);
    objects.delete(key);
  }

  return Object.assign(defineProvider(provider), { objects });
}

async function act(fault: MemoryFault, signal: AbortSignal): Promise<void> {
  if (fault.fail === 'lost-reply') throw new UploadError('network');
  if (fault.fail !== 'stall' && fault.fail !== 'no-answer') throw scriptedError(fault.fail, fault.retryAfter ?? null);
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** An error by its code alone: the details of a scripted one are made up of the one fact a script can give. */
function scriptedError(code: ErrorCode, retryAfter: number | null): UploadError {
  type AnyCode = new (code: ErrorCode, details?: ErrorDetails[ErrorCode]) => UploadError;
  return new (UploadError as AnyCode)(code, { retryAfter });
}
