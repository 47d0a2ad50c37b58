import { type ErrorCode, type ErrorDetails, UploadError } from '../../core/errors.ts';
import type { KindMapOf, Kinds } from '../../core/kinds.ts';
import { inertPorts } from '../../core/ports.ts';
import {
  defineProvider,
  type Provider,
  type Stored,
  type UploadContext,
  type UploadSource,
} from '../../core/provider.ts';
import type { MemoryFault, MemoryOptions } from '../memory.ts';

const tick = 100;

/** The store at the other end: the template to copy for a provider of your own. */
export function keepInMemory<K extends Kinds>(
  options: MemoryOptions<K>,
  objects: Map<string, Blob>,
): Provider<KindMapOf<K>> {
  const { latency = 0, bandwidth = Infinity, script = [], clock = inertPorts.clock } = options;
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
    capabilities: { progress: true, abort: true, resume: true, width: Infinity },

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

  return defineProvider(provider);
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
