import { raceAbort } from './attempt.ts';
import { deliver } from './deliver.ts';
import { createErrands, recordFor } from './errand.ts';
import { UploadError } from './errors.ts';
import { createFleet, type Fleet, type Passage } from './fleet.ts';
import type { UploadId } from './id.ts';
import { firstStep, type Phase } from './item.ts';
import type { JsonObject } from './json.ts';
import type { Manifest } from './manifest.ts';
import { createPatience } from './patience.ts';
import type { Ports } from './ports.ts';
import { type PreparedSource, runSteps, unreadable } from './prepare.ts';
import type { Receipt, Stored } from './provider.ts';
import { createLane } from './queue.ts';
import type { UploadRecord } from './record.ts';
import { asUploadError, defaultRetry } from './retry.ts';
import type { Rules } from './rules.ts';
import type { HeldOptions } from './uploader-options.ts';
import { asPicked, forgetJourney, leaveLine, ownFieldsOf, type Voyage } from './voyage.ts';
import { defaultLimits } from './watchdog.ts';

/** One file's way from the pick to the host's row. Loaded when the first uploader mounts or the first file is added. */
export interface Journey {
  /** From where the voyage stands to its end: the line first, where there are bytes to send. */
  setOut(voyage: Voyage, signal: AbortSignal): void;
  /** Cleans up at the store. A courtesy: what fails here is what the server's sweep is for. */
  discard(voyage: Voyage): void;
  /** Does the phase that failed again, or ends a wait; asked of all at once, only what failed. */
  retry(voyage: Voyage, onlyFailed: boolean): void;
  /** Deletes object and row; rejects, and keeps the item, where that failed. */
  erase(id: UploadId): Promise<void>;
  update(id: UploadId, change: { name?: string; metadata?: JsonObject }): Promise<void>;
}

/** The part of the uploader that a journey needs. The options are read when they are needed. */
export interface Ship {
  ports: Ports;
  manifest: Manifest;
  options(): HeldOptions;
  rules(): Rules;
  /** Leads a prepared item to the line. */
  start(voyage: Voyage): void;
  /** Begins the journey anew, from wherever the voyage stands. */
  setOut(voyage: Voyage): void;
  cancel(voyage: Voyage): void;
  onFailure(voyage: Voyage, error: UploadError): void;
}

export function createJourney({
  ports,
  manifest,
  options,
  rules,
  start,
  setOut: setOutAnew,
  cancel,
  onFailure,
}: Ship): Journey {
  const { clock } = ports;
  const { move } = manifest;
  const limits = (): typeof defaultLimits => withDefaults(defaultLimits, options().limits);
  const patience = createPatience(ports, manifest, () => withDefaults(defaultRetry, options().retry));
  const errands = createErrands(ports, manifest, limits);
  const workshop = createLane({ width: 2 });
  const fleets = new Map<string, Fleet>();
  let lastDelivery: Promise<unknown> = Promise.resolve();

  function setOut(voyage: Voyage, signal: AbortSignal): void {
    voyage.fleet = fleetOf(voyage);
    const go = (): void => void travel(voyage, signal);
    if (voyage.item.status === 'queued') voyage.passage = voyage.fleet.enter(go);
    else go();
  }

  /** From where it stands to its end. Pause and cancel move the item themselves, and end this by the signal. */
  async function travel(voyage: Voyage, signal: AbortSignal): Promise<void> {
    let at: 'prepare' | Phase = 'prepare';
    try {
      if (voyage.prepared === undefined) {
        voyage.prepared = await prepare(voyage, signal);
        move(voyage, 'prepared');
        if (options().autoUpload !== false) start(voyage);
        return; // the journey goes on when its turn in the line comes
      }
      at = 'upload';
      voyage.receipt ??= await carry(voyage, voyage.prepared, signal);
      signal.throwIfAborted();
      leaveLine(voyage);
      move(voyage, 'arrived', { receipt: voyage.receipt });
      at = 'confirm';
      const stored = voyage.stored ?? (await prove(voyage, voyage.receipt, signal));
      if (voyage.item.status === 'cancelled') return await errands.removeStored(voyage, stored);
      signal.throwIfAborted();
      voyage.stored = stored;
      voyage.record ??= recordFor(voyage, stored, clock.now());
      move(voyage, 'confirmed', { record: voyage.record });
      at = 'record';
      await handOver(voyage, voyage.record, signal);
      move(voyage, 'saved', { record: voyage.record });
    } catch (thrown) {
      if (!signal.aborted) fail(voyage, at, asUploadError(thrown, voyage.provider.name));
    }
  }

  /** Sniff, crop, shrink, strip, then the output rules: what is checked is what will really be sent. */
  async function prepare(voyage: Voyage, signal: AbortSignal): Promise<PreparedSource> {
    const { id, kind, metadata } = voyage.item;
    let step = '';
    const show = (waitingFor: 'user' | null): void => manifest.amend(voyage, { step, waitingFor });
    const waitForUser = (): void => show('user');
    const context = { id, kind, metadata, rules: rules(), image: options().image ?? null, signal, waitForUser };
    const onStep = (running: string): void => {
      step = running;
      show(null);
    };
    const { stepsFor } = await import('./prepare-steps.ts');
    const { within } = errands;
    const steps = stepsFor({ ports, options: options(), voyage, voyages: manifest.voyages, within });
    const picked = asPicked(voyage);
    const prepared = await workshop.run(() => runSteps(picked, steps, context, onStep), { signal });
    const { type, size } = prepared;
    // a name that the host gave meanwhile has the last word
    const name = voyage.item.name === picked.name ? prepared.name : voyage.item.name;
    manifest.amend(voyage, { step, waitingFor: null, name, type, size });
    return prepared;
  }

  /** Bytes to the store, as often as the policy allows, and not again while they may have arrived. */
  async function carry(voyage: Voyage, source: PreparedSource, signal: AbortSignal): Promise<Receipt> {
    // the clearing up after a cancel goes by the same id: it must not meet what is sent now
    await voyage.clearing;
    for (;;) {
      await patience.untilOnline(voyage, 'upload', signal);
      const passage = await comeAboard(voyage, signal);
      const { receipt, attempt } = errands.upload(voyage, source, signal);
      try {
        return await receipt;
      } catch (thrown) {
        signal.throwIfAborted();
        const error = (await unreadable(source.file)) ?? asUploadError(thrown, voyage.provider.name);
        signal.throwIfAborted();
        const found = attempt.bodyIsOut && error.retryable ? await errands.verify(voyage, signal) : null;
        if (found !== null) return found;
        await patience.recover(voyage, 'upload', error, signal);
      } finally {
        passage.leave();
      }
    }
  }

  /** Proof that the object is there, with the right size and type. Retried alone, never with bytes. */
  async function prove(voyage: Voyage, receipt: Receipt, signal: AbortSignal): Promise<Stored> {
    voyage.tries = 1;
    for (;;) {
      await patience.untilOnline(voyage, 'confirm', signal);
      try {
        return await errands.confirm(voyage, receipt, signal);
      } catch (thrown) {
        signal.throwIfAborted();
        await patience.recover(voyage, 'confirm', asUploadError(thrown, voyage.provider.name), signal);
      }
    }
  }

  /** The host saves. In a kind of one file, deliveries keep their order: the newest picture is saved last. */
  async function handOver(voyage: Voyage, record: UploadRecord, signal: AbortSignal): Promise<void> {
    voyage.tries = 1;
    const begin = (): Promise<void> =>
      deliver({
        record,
        host: () => options().onUploaded,
        clock,
        limit: limits().record,
        nextAttempt: () => (voyage.deliveries += 1),
        recover: (error, saved) => Promise.race([patience.recover(voyage, 'record', error, signal), saved]),
        onSavedLate() {
          // a retry may be about to call the host again
          voyage.controller?.abort('over');
          move(voyage, 'saved', { record });
        },
      });
    const delivery = rules().single ? lastDelivery.then(begin) : begin();
    lastDelivery = delivery.catch(() => undefined);
    await delivery;
  }

  function fail(voyage: Voyage, at: 'prepare' | Phase, error: UploadError): void {
    // the store has proven that nothing is there, so the next try has to send again
    const absent = at === 'confirm' && error.code === 'not-uploaded';
    if (absent) forgetJourney(voyage);
    const fields = { at: absent ? 'upload' : at, error, receipt: voyage.receipt ?? null };
    if (move(voyage, absent ? 'absent' : 'fail', fields)) onFailure(voyage, error);
  }

  /** A place in the look-ahead: the one it came with, or for another try, the next that is free. */
  async function comeAboard(voyage: Voyage, signal: AbortSignal): Promise<Passage> {
    // a place that is taken after the stop would never be given back
    signal.throwIfAborted();
    voyage.fleet.budget.earn();
    if (voyage.passage !== undefined) return voyage.passage;
    const { promise, resolve } = deferred();
    const passage = (voyage.passage = voyage.fleet.enter(resolve, true));
    await raceAbort(promise, signal);
    signal.throwIfAborted();
    return passage;
  }

  function fleetOf({ provider }: Voyage): Fleet {
    const known = fleets.get(provider.name) ?? createFleet(provider, options().concurrency);
    fleets.set(provider.name, known);
    return known;
  }

  function retry(voyage: Voyage, onlyFailed: boolean): void {
    const { item } = voyage;
    if (onlyFailed && item.status !== 'failed') return;
    if (item.status === 'waiting') {
      voyage.wake?.();
      voyage.attempt?.wake();
      return;
    }
    voyage.tries = 1;
    if (item.status === 'cancelled') {
      voyage.controller?.abort('cancel');
      forgetJourney(voyage);
    }
    const fromZero = item.status === 'cancelled' && voyage.prepared === undefined;
    if (move(voyage, fromZero ? 'restart' : 'retry', { ...firstStep, ...ownFieldsOf(voyage) })) setOutAnew(voyage);
  }

  async function erase(id: UploadId): Promise<void> {
    const voyage = manifest.voyages.get(id);
    if (voyage === undefined) return;
    const { provider, record } = voyage;
    if (record !== undefined && provider.remove === undefined) {
      const message = `erase(): the provider "${provider.name}" has no remove(), so the file would stay`;
      throw new UploadError('provider-failed', { provider: provider.name }, { message });
    }
    if (record === undefined) cancel(voyage);
    else await errands.remove(voyage, record);
    // what is gone is not handed to the host again
    voyage.controller?.abort('cancel');
    manifest.drop(new Set([id]));
  }

  async function update(id: UploadId, change: { name?: string; metadata?: JsonObject }): Promise<void> {
    const voyage = manifest.voyages.get(id);
    if (voyage === undefined) return;
    const { provider, record } = voyage;
    const metadata = { ...voyage.item.metadata, ...change.metadata };
    if (record !== undefined) {
      await errands.within(provider, (signal) => provider.update?.(record, metadata, signal));
      voyage.record = { ...record, ...change, metadata };
    }
    manifest.amend(voyage, { ...change, metadata, ...(record !== undefined && { record: voyage.record }) });
  }

  return { setOut, discard: errands.discard, retry, erase, update };
}

/** What is set to undefined counts as not given. */
const withDefaults = <T extends object>(defaults: T, given: Partial<T> = {}): T => ({
  ...defaults,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
