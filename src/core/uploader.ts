import { raceAbort } from './attempt.ts';
import { deliver } from './deliver.ts';
import { createErrands, recordFor } from './errand.ts';
import { UploadError } from './errors.ts';
import { createFleet, type Fleet, type Passage } from './fleet.ts';
import { mintId, type UploadId } from './id.ts';
import { type Picked, sortPick } from './intake.ts';
import { isTerminal, itemIn, type Phase, type StatusFields, type UploadItem } from './item.ts';
import type { JsonObject } from './json.ts';
import { createManifest } from './manifest.ts';
import { createPatience } from './patience.ts';
import { inertPorts, type Ports } from './ports.ts';
import { type PreparedSource, type PrepareStep, runSteps, unreadable } from './prepare.ts';
import { stepsFor } from './prepare-steps.ts';
import type { KindMap, MetadataInput, Receipt, Stored } from './provider.ts';
import { createLane } from './queue.ts';
import type { UploadRecord } from './record.ts';
import { asUploadError, defaultRetry } from './retry.ts';
import { problemsOf } from './settling.ts';
import type { Reads } from './store.ts';
import { type HeldOptions, rulesOf, type Settlement, type UploaderOptions } from './uploader-options.ts';
import { forgetJourney, leaveLine, newVoyage, ownFieldsOf, type Voyage } from './voyage.ts';
import { defaultLimits } from './watchdog.ts';

/** Moves files through the statuses. An external store: it knows nothing of React, and React nothing of it. */
export interface Uploader<T extends KindMap = KindMap> extends Reads<UploadItem<T>> {
  /** Takes files in and starts them, unless `autoUpload` is off. Ids of refused ones are returned too. */
  add(files: Iterable<Blob>, options?: { metadata?: MetadataInput<T, keyof T & string> }): UploadId[];
  /** Starts items that are `ready`: these, or all. */
  start(ids?: readonly UploadId[]): void;
  /** Stops the bytes; all that can be is kept. Without an id: all. */
  pause(id?: UploadId): void;
  resume(id?: UploadId): void;
  /** Stops it here and at the store; the row stays. */
  cancel(id?: UploadId): void;
  /** Does the phase that failed again, or ends a wait. Bytes that have arrived are not sent again. */
  retry(id?: UploadId): void;
  /** Cancels and leaves the list. What is stored stays stored. */
  remove(id: UploadId): void;
  /** Finished and failed items leave the list; those on their way stay. */
  clear(): void;
  /** Deletes object and row now; the one destructive command. Rejects, and keeps the item, where that failed. */
  erase(id: UploadId): Promise<void>;
  /** These first, in this order. */
  reorder(ids: readonly UploadId[]): void;
  /** A new name or other metadata; of a stored file the provider is told. */
  update(id: UploadId, change: { name?: string; metadata?: JsonObject }): Promise<void>;
  /** Takes effect for what is added from now on; callbacks are read when they are called. */
  configure(options: Partial<HeldOptions>): void;
  /** Resolves once these items, or all there are, have come to their end. Never rejects. */
  settled(ids?: readonly UploadId[]): Promise<Settlement<T>>;
  /** Counts one user of this uploader, and returns its leave. */
  mount(): () => void;
  /** Users that have not left. */
  readonly mounts: number;
  /** Nothing is on its way: the uploader may be dropped. */
  readonly idle: boolean;
}

/** An uploader of whatever kinds. */
// oxlint-disable-next-line typescript/no-explicit-any -- a typed uploader is not assignable to Uploader<KindMap>
export type AnyUploader = Uploader<any>;

/** An engine of its own: hooks make one for you; code without React makes it here. Creating it starts nothing. */
export function createUploader<T extends KindMap, K extends keyof T & string = keyof T & string>(
  given: UploaderOptions<T, K>,
): Uploader<Pick<T, K>> {
  const { ports: brought, ...initial } = given;
  const ports: Ports = { ...inertPorts, ...brought };
  const { clock, random } = ports;
  let options = initial as HeldOptions;
  let rules = rulesOf(options);
  let mounts = 0;
  let lastDelivery: Promise<unknown> = Promise.resolve();
  const fleets = new Map<string, Fleet>();
  const workshop = createLane({ width: 2 });
  const limits = (): typeof defaultLimits => ({ ...defaultLimits, ...options.limits });
  const manifest = createManifest(clock, (settlement) => tellHost(() => options.onSettled?.(settlement)));
  const patience = createPatience(ports, manifest, () => ({ ...defaultRetry, ...options.retry }));
  const errands = createErrands(ports, manifest, limits);
  const { store, voyages, move } = manifest;
  const { reads } = store;

  // --- One file's journey ---------------------------------------------------------------------------------------

  /** A pick: each file gets its id, the rules refuse at once what they must, and the rest sets out. */
  function add(files: Iterable<Blob>, { metadata }: { metadata?: JsonObject } = {}): UploadId[] {
    const picked = sortPick(files, rules, rules.single ? 0 : (options.taken ?? 0) + placesTaken());
    if (rules.single && picked.some(({ problems }) => problems.length === 0)) makeRoom();
    const items: UploadItem[] = [];
    const embarking: Voyage[] = [];
    for (const pick of picked) {
      const item = newItem(pick, metadata);
      const voyage = item.status === 'rejected' ? null : newVoyage(item, options.provider, fleet(), pick.file);
      if (voyage !== null && stepsOf(voyage).length === 0) skipWorkshop(voyage);
      if (voyage !== null) embarking.push(voyage);
      items.push(voyage?.item ?? item);
    }
    manifest.board(items, embarking);
    for (const voyage of embarking) setOut(voyage);
    const refused = items.flatMap(problemsOf);
    if (refused.length > 0) tellHost(() => options.onRejected?.(refused));
    return items.map(({ id }) => id);
  }

  /** From where it stands to its end. Pause and cancel move the item themselves, and end this by the signal. */
  async function travel(voyage: Voyage, signal: AbortSignal): Promise<void> {
    let at: 'prepare' | Phase = 'prepare';
    try {
      if (voyage.prepared === null) {
        voyage.prepared = await prepare(voyage, signal);
        move(voyage, 'prepared');
        if (options.autoUpload !== false) start(voyage);
        return; // the journey goes on when its turn in the line comes
      }
      at = 'upload';
      voyage.receipt ??= await carry(voyage, voyage.prepared, signal);
      move(voyage, 'arrived', { receipt: voyage.receipt });
      at = 'confirm';
      voyage.stored ??= await prove(voyage, voyage.receipt, signal);
      if (voyage.item.status === 'cancelled') return await errands.removeStored(voyage, voyage.stored);
      voyage.record ??= recordFor(voyage, voyage.stored, clock.now());
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
    const context = { id, kind, metadata, rules, image: options.image ?? null, signal, waitForUser };
    const onStep = (running: string): void => {
      step = running;
      show(null);
    };
    const work = (): Promise<PreparedSource> => runSteps(asPicked(voyage), stepsOf(voyage), context, onStep);
    const { name, type, size, ...prepared } = await workshop.run(work, { signal });
    manifest.amend(voyage, { step, waitingFor: null, name, type, size });
    return { name, type, size, ...prepared };
  }

  /** Bytes to the store, as often as the policy allows, and not again while they may have arrived. */
  async function carry(voyage: Voyage, source: PreparedSource, signal: AbortSignal): Promise<Receipt> {
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
    if (rules.single) await lastDelivery;
    const delivery = deliver({
      record,
      host: () => options.onUploaded,
      clock,
      limit: limits().record,
      nextAttempt: () => (voyage.deliveries += 1),
      recover: (error, saved) => Promise.race([patience.recover(voyage, 'record', error, signal), saved]),
      onSavedLate: () => move(voyage, 'saved', { record }),
    });
    lastDelivery = delivery.catch(() => undefined);
    await delivery;
  }

  function fail(voyage: Voyage, at: 'prepare' | Phase, error: UploadError): void {
    // the store has proven that nothing is there, so the next try has to send again
    const absent = at === 'confirm' && error.code === 'not-uploaded';
    if (absent) forgetJourney(voyage);
    const fields = { at: absent ? 'upload' : at, error, receipt: voyage.receipt };
    if (move(voyage, absent ? 'absent' : 'fail', fields)) tellHost(() => options.onError?.(error, voyage.item));
  }

  // --- The stations of the journey ------------------------------------------------------------------------------

  function newItem({ file, name, problems }: Picked, metadata: JsonObject | undefined): UploadItem {
    const facts = {
      id: mintId(clock.now(), random.bytes(16)),
      name,
      size: file.size,
      type: file.type,
      kind: options.kind ?? null,
      metadata: metadata ?? options.metadata ?? {},
      provider: options.provider.name,
      addedAt: clock.now(),
      file,
    };
    return problems.length > 0 ? itemIn('rejected', facts, { problems }) : itemIn('preparing', facts, firstStep);
  }

  /** Where nothing has to be done to a file, it appears in the line at once: ten thousand files, one notice. */
  function skipWorkshop(voyage: Voyage): void {
    voyage.prepared = asPicked(voyage);
    voyage.item = itemIn(options.autoUpload === false ? 'ready' : 'queued', voyage.item, {});
  }
  function setOut(voyage: Voyage): void {
    const { status } = voyage.item;
    if (status === 'queued') standInLine(voyage);
    else if (status !== 'ready') goOn(voyage);
  }
  function standInLine(voyage: Voyage): void {
    const { signal } = (voyage.controller = new AbortController());
    voyage.passage = voyage.fleet.enter(() => void travel(voyage, signal));
  }
  function goOn(voyage: Voyage): void {
    const { signal } = (voyage.controller = new AbortController());
    void travel(voyage, signal);
  }

  /** A place in the look-ahead: the one it came with, or for another try, the next that is free. */
  async function comeAboard(voyage: Voyage, signal: AbortSignal): Promise<Passage> {
    voyage.fleet.budget.earn();
    if (voyage.passage !== null) return voyage.passage;
    const { promise, resolve } = deferred();
    const passage = (voyage.passage = voyage.fleet.enter(resolve, true));
    await raceAbort(promise, signal);
    return passage;
  }

  function fleet(): Fleet {
    const { provider, concurrency } = options;
    const known = fleets.get(provider.name) ?? createFleet(provider, concurrency);
    fleets.set(provider.name, known);
    return known;
  }

  function stepsOf({ item, provider, fleet: own }: Voyage): PrepareStep[] {
    // of two twins the later one is too many, and one that has left its journey is no twin
    const others = (): Blob[] => {
      const all = [...voyages.values()];
      const earlier = all.slice(
        0,
        all.findIndex((voyage) => voyage.item.id === item.id),
      );
      const inTheWay = earlier.filter((voyage) => !['cancelled', 'failed'].includes(voyage.item.status));
      return inTheWay.map((voyage) => voyage.file);
    };
    return stepsFor({ ports, options, provider, fleet: own, others });
  }

  const placesTaken = (): number => [...voyages.values()].filter(({ item }) => item.status !== 'cancelled').length;

  /** A kind of one file: the newer takes the place of the older. */
  function makeRoom(): void {
    for (const voyage of voyages.values()) cancel(voyage);
    manifest.drop(new Set(reads.getIds()));
  }

  // --- Commands -------------------------------------------------------------------------------------------------

  function start(voyage: Voyage): void {
    if (move(voyage, 'start')) standInLine(voyage);
  }

  function pause(voyage: Voyage): void {
    if (!move(voyage, 'pause', { checkpoint: voyage.checkpoint })) return;
    voyage.controller.abort('pause');
    leaveLine(voyage);
  }

  function resume(voyage: Voyage): void {
    if (move(voyage, 'resume')) standInLine(voyage);
  }

  function cancel(voyage: Voyage): void {
    const { status } = voyage.item;
    if (!move(voyage, 'cancel')) return;
    // a confirm on its way may succeed: it is let run, and what it finds is removed
    if (status !== 'confirming') voyage.controller.abort('cancel');
    leaveLine(voyage);
    errands.discard(voyage);
  }

  function retry(voyage: Voyage): void {
    const { item } = voyage;
    if (item.status === 'waiting') {
      voyage.wake?.();
      voyage.attempt?.wake();
      return;
    }
    voyage.tries = 1;
    if (item.status === 'cancelled') {
      voyage.controller.abort('cancel');
      forgetJourney(voyage);
    }
    const fromZero = item.status === 'cancelled' && voyage.prepared === null;
    const moved = fromZero
      ? move(voyage, 'restart', firstStep)
      : move(voyage, 'retry', { ...firstStep, ...ownFieldsOf(voyage) });
    if (moved) setOut(voyage);
  }

  async function erase(id: UploadId): Promise<void> {
    const voyage = voyages.get(id);
    if (voyage === undefined) return;
    const { provider, record } = voyage;
    cancel(voyage);
    if (record !== null && provider.remove === undefined) {
      const message = `erase(): the provider "${provider.name}" has no remove(), so the file would stay`;
      throw new UploadError('provider-failed', { provider: provider.name }, { message });
    }
    if (record !== null) await errands.remove(voyage, record);
    manifest.drop(new Set([id]));
  }

  async function update(id: UploadId, change: { name?: string; metadata?: JsonObject }): Promise<void> {
    const voyage = voyages.get(id);
    if (voyage === undefined) return;
    const { provider, record } = voyage;
    const metadata = { ...voyage.item.metadata, ...change.metadata };
    if (record !== null) {
      await errands.within((signal) => provider.update?.(record, metadata, signal));
      voyage.record = { ...record, ...change, metadata };
    }
    manifest.amend(voyage, { ...change, metadata, ...(record !== null && { record: voyage.record }) });
  }

  function mount(): () => void {
    let mounted = true;
    mounts += 1;
    return () => {
      mounts -= Number(mounted);
      mounted = false;
      // React unmounts and mounts again within one task: only who stays away has left
      queueMicrotask(() => {
        if (mounts === 0 && options.abortOnUnmount === true) each(cancel);
      });
    };
  }

  const each = (command: (voyage: Voyage) => void, id?: UploadId): void => {
    const chosen = id === undefined ? [...voyages.values()] : [voyages.get(id)];
    for (const voyage of chosen) if (voyage !== undefined) command(voyage);
  };
  const isFinished = (id: UploadId): boolean => isTerminal(reads.getItem(id)?.status ?? 'done');

  const uploader: AnyUploader = {
    ...reads,
    add,
    start: (ids = reads.getIds()) => ids.forEach((id) => each(start, id)),
    pause: (id) => each(pause, id),
    resume: (id) => each(resume, id),
    cancel: (id) => each(cancel, id),
    retry: (id) => each((voyage) => (id !== undefined || voyage.item.status === 'failed') && retry(voyage), id),
    remove(id) {
      each(cancel, id);
      manifest.drop(new Set([id]));
    },
    clear: () => manifest.drop(new Set(reads.getIds().filter(isFinished))),
    erase,
    reorder: (ids) => store.order(ids),
    update,
    configure(change) {
      options = { ...options, ...change };
      rules = rulesOf(options);
    },
    settled: (ids = reads.getIds()) => manifest.settled(ids),
    mount,
    get mounts() {
      return mounts;
    },
    get idle() {
      return manifest.idle;
    },
  };
  // inside, the engine knows kinds by name only; what the types promised was checked on the way in
  return uploader;
}

const firstStep: StatusFields['preparing'] = { step: '', waitingFor: null };

const asPicked = ({ file, item: { name, type } }: Voyage): PreparedSource => ({
  file,
  name,
  type,
  size: file.size,
  width: null,
  height: null,
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** A throw of the host's is the host's to see: reported like any uncaught error, harming no item. */
function tellHost(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
