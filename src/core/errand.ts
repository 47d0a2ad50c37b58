import { type Attempt, createAttempt, raceAbort } from './attempt.ts';
import { UploadError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import type { Ports } from './ports.ts';
import type { PreparedSource } from './prepare.ts';
import type { Provider, Receipt, Stored } from './provider.ts';
import { assembleRecord, type UploadRecord } from './record.ts';
import { asUploadError } from './retry.ts';
import { ownFieldsOf, type Voyage } from './voyage.ts';
import type { Limits } from './watchdog.ts';

/** Everything the journey asks of a provider, each within its limits and ended by its signal. */
export interface Errands {
  upload(voyage: Voyage, source: PreparedSource, signal: AbortSignal): { receipt: Promise<Receipt>; attempt: Attempt };
  confirm(voyage: Voyage, receipt: Receipt, signal: AbortSignal): Promise<Stored>;
  /** Is it there? Null for no, and also where even the question fails: then the next attempt finds out. */
  verify(voyage: Voyage, signal: AbortSignal): Promise<Receipt | null>;
  /** Cleans up at the store. A courtesy: what fails here is what the server's sweep is for. */
  discard(voyage: Voyage): void;
  remove(voyage: Voyage, record: UploadRecord): Promise<void>;
  /** What was stored although the person had cancelled is removed again. */
  removeStored(voyage: Voyage, stored: Stored): Promise<void>;
  /** A small request beside the journey. What goes wrong with it has a code. */
  within<R>(provider: Provider, task: (signal: AbortSignal) => Promise<R> | undefined): Promise<R | undefined>;
}

export function createErrands(ports: Ports, manifest: Manifest, limits: () => Limits): Errands {
  const { clock } = ports;

  function begin(voyage: Voyage, size: number, outer: AbortSignal): Attempt {
    const { item, provider, fleet, checkpoint, prepared, tries } = voyage;
    const { id, kind, metadata } = item;
    const attempt = createAttempt({
      facts: { id, kind, metadata, source: prepared?.source ?? null, attempt: tries },
      size,
      checkpoint,
      outer,
      lanes: fleet.lanes,
      capabilities: provider.capabilities,
      limits: limits(),
      ports,
      events: {
        onGranted() {
          voyage.passage?.granted(clock.now());
          manifest.move(voyage, 'granted', { attempt: tries });
        },
        onProgress: (sent) => manifest.store.report(id, sent),
        onWait(reason, until) {
          const phase = voyage.receipt === undefined ? 'upload' : 'confirm';
          manifest.move(voyage, 'wait', { reason, until, phase });
        },
        onContinue: () => manifest.move(voyage, 'continue', ownFieldsOf(voyage)),
        onExpiry: (life) => fleet.learnLife(life),
        onSave: (json) => (voyage.checkpoint = json),
      },
    });
    voyage.attempt = attempt;
    return attempt;
  }

  /** Paused or cancelled, the promise of a transfer goes on: what becomes of it is decided here. */
  function watchLate(voyage: Voyage, running: Promise<Receipt>, signal: AbortSignal): void {
    const keep = (): void => {
      if (signal.reason === 'pause' && !voyage.provider.capabilities.abort) voyage.afloat = running;
    };
    signal.addEventListener('abort', keep, { once: true });
    const late = async ({ stored, checkpoint }: Receipt): Promise<void> => {
      if (!signal.aborted || voyage.item.status !== 'cancelled') return;
      if (stored !== undefined) await removeStored(voyage, stored);
      else await within(voyage.provider, (ended) => voyage.provider.discard?.(checkpoint, ended));
    };
    running
      .finally(() => signal.removeEventListener('abort', keep))
      .then(late)
      // the attempt hears of every failure of its own
      .catch(() => undefined);
  }

  async function within<R>(
    { name }: Provider,
    task: (signal: AbortSignal) => Promise<R> | undefined,
  ): Promise<R | undefined> {
    const stopper = new AbortController();
    const limit = limits().control;
    const cancelTimer = clock.after(limit, () => stopper.abort('timeout'));
    try {
      return await raceAbort(
        call(async () => task(stopper.signal)),
        stopper.signal,
      );
    } catch (thrown) {
      if (stopper.signal.aborted) throw new UploadError('timeout', { seconds: limit / 1000, step: 'control' });
      throw asUploadError(thrown, name);
    } finally {
      cancelTimer();
    }
  }

  const remove: Errands['remove'] = async (voyage, record) => {
    await within(voyage.provider, (signal) => voyage.provider.remove?.(record, signal));
  };
  const removeStored: Errands['removeStored'] = (voyage, stored) =>
    remove(voyage, recordFor(voyage, stored, clock.now()));

  return {
    within,
    remove,
    removeStored,
    upload(voyage, source, signal) {
      const attempt = begin(voyage, source.size, signal);
      const { afloat, provider } = voyage;
      if (afloat !== undefined) attempt.adopt();
      const running = afloat ?? call(() => provider.upload({ ...source, name: voyage.item.name }, attempt.context));
      voyage.afloat = undefined;
      watchLate(voyage, running, signal);
      return { receipt: attempt.finish(running), attempt };
    },
    confirm(voyage, receipt, signal) {
      const { provider } = voyage;
      const attempt = begin(voyage, 0, signal);
      return attempt.finish(
        call(async () => {
          if (provider.confirm !== undefined) return provider.confirm(receipt, attempt.context);
          if (receipt.stored !== undefined) return receipt.stored;
          const message = 'upload() resolved without `stored`, and the provider has no confirm() to ask';
          throw new UploadError('provider-failed', { provider: provider.name }, { message, retryable: false });
        }),
      );
    },
    async verify(voyage, signal) {
      const { provider, checkpoint, fleet } = voyage;
      if (provider.verify === undefined || checkpoint === undefined) return null;
      const { context, finish } = begin(voyage, 0, signal);
      const ask = async (): Promise<Receipt | null> => (await provider.verify?.(checkpoint, context.signal)) ?? null;
      try {
        return await finish(fleet.lanes.control.run(ask, { signal: context.signal }));
      } catch {
        signal.throwIfAborted();
        return null;
      }
    },
    discard(voyage) {
      const { provider, checkpoint } = voyage;
      if (checkpoint === undefined) return;
      voyage.clearing = within(provider, (signal) => provider.discard?.(checkpoint, signal)).catch(() => undefined);
    },
  };
}

export const recordFor = ({ item, prepared }: Voyage, stored: Stored, now: number): UploadRecord =>
  assembleRecord(item, prepared ?? { ...item, width: null, height: null }, stored, now);

/** So that a provider that throws before its first await is a rejection like any other. */
async function call<R>(task: () => Promise<R>): Promise<R> {
  return task();
}
