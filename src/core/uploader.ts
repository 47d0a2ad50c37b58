import { type Attempt, createAttempt, raceAbort } from './attempt.ts';
import { deliver } from './deliver.ts';
import { UploadError } from './errors.ts';
import { createFleet, type Fleet, type Passage } from './fleet.ts';
import { mintId, type UploadId } from './id.ts';
import { type Picked, sortPick } from './intake.ts';
import type { Phase, StatusFields, UploadItem } from './item.ts';
import { isTerminal } from './item.ts';
import type { JsonObject } from './json.ts';
import { inertPorts, type Ports } from './ports.ts';
import { type PreparedSource, runSteps, unreadable } from './prepare.ts';
import { stepsFor } from './prepare-steps.ts';
import type { KindMap, MetadataInput, Provider, Receipt, Stored, WaitReason } from './provider.ts';
import { createLane } from './queue.ts';
import { assembleRecord, type UploadRecord } from './record.ts';
import { asUploadError, defaultRetry, judge } from './retry.ts';
import type { Rules } from './rules.ts';
import { createSettling, problemsOf } from './settling.ts';
import { createStore, type Reads } from './store.ts';
import { type Event, next, type State } from './transitions.ts';
import { type HeldOptions, rulesOf, type Settlement, type UploaderOptions } from './uploader-options.ts';
import { forgetJourney, newVoyage, stateOfVoyage, type Voyage } from './voyage.ts';
import { defaultLimits, type Limits } from './watchdog.ts';

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
  /** Nothing is on its way: the uploader may be dropped. */
  readonly idle: boolean;
}

/** An uploader of whatever kinds. */
// oxlint-disable-next-line typescript/no-explicit-any -- a typed uploader is not assignable to Uploader<KindMap>
export type AnyUploader = Uploader<any>;

export function createUploader<T extends KindMap, K extends keyof T & string = keyof T & string>(
  given: UploaderOptions<T, K>,
): Uploader<Pick<T, K>> {
  const { ports: brought, ...initial } = given;
  const ports: Ports = { ...inertPorts, ...brought };
  const { clock, online, random } = ports;
  let options = initial as HeldOptions;
  let rules: Rules = rulesOf(options);
  let mounts = 0;
  let open = 0;
  let onTheirWay = 0;
  let lastDelivery: Promise<unknown> = Promise.resolve();
  const store = createStore(clock);
  const voyages = new Map<UploadId, Voyage>();
  const fleets = new Map<string, Fleet>();
  const workshop = createLane({ width: 2 });
  const settling = createSettling((id) => store.getItem(id));

  // --- One file's journey ---

  /** From where it stands to its end. Pause and cancel move the item themselves, and end this by the signal. */
  async function travel(voyage: Voyage, signal: AbortSignal): Promise<void> {
    let at: 'prepare' | Phase = 'prepare';
    try {
      if (voyage.prepared === null) {
        voyage.prepared = await prepare(voyage, signal);
        move(voyage, 'prepared');
        if (options.autoUpload !== false) start(voyage);
        return;
      }
      at = 'upload';
      voyage.receipt ??= await carry(voyage, voyage.prepared, signal);
      move(voyage, 'arrived', { receipt: voyage.receipt });
      at = 'confirm';
      voyage.stored ??= await prove(voyage, voyage.receipt, signal);
      if (stateOfVoyage(voyage) === 'cancelled') return await removeStored(voyage, voyage.stored);
      voyage.record ??= recordOf(voyage, voyage.stored);
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
    const { file, item } = voyage;
    const { id, name, type, kind, metadata } = item;
    let step = '';
    const show = (waitingFor: 'user' | null): void => void update(voyage, { step, waitingFor });
    const context = {
      id,
      kind,
      metadata,
      rules,
      image: options.image ?? null,
      signal,
      waitForUser: () => show('user'),
    };
    const picked = { file, name, type, size: file.size, width: null, height: null };
    const run = (): Promise<PreparedSource> =>
      runSteps(picked, stepsOf(voyage), context, (running) => {
        step = running;
        show(null);
      });
    const prepared = await workshop.run(run, { signal });
    update(voyage, { name: prepared.name, type: prepared.type, size: prepared.size });
    return prepared;
  }

  /** Bytes to the store, as often as the policy allows, and not again while they may have arrived. */
  async function carry(voyage: Voyage, source: PreparedSource, signal: AbortSignal): Promise<Receipt> {
    for (;;) {
      if (!online.now()) await backOnline(voyage, 'upload', signal);
      const passage = await comeAboard(voyage, signal);
      const attempt = newAttempt(voyage, source.size, signal);
      try {
        return await attempt.finish(upload(voyage, source, attempt, signal));
      } catch (thrown) {
        signal.throwIfAborted();
        const error = (await unreadable(source.file)) ?? asUploadError(thrown, voyage.provider.name);
        signal.throwIfAborted();
        const found = attempt.bodyIsOut && error.retryable ? await askStore(voyage, signal) : null;
        if (found !== null) return found;
        await recover(voyage, 'upload', error, signal);
      } finally {
        passage.leave();
      }
    }
  }

  /** Proof that the object is there, with the right size and type. Retried alone, never with bytes. */
  async function prove(voyage: Voyage, receipt: Receipt, signal: AbortSignal): Promise<Stored> {
    const { provider } = voyage;
    voyage.tries = 1;
    for (;;) {
      if (!online.now()) await backOnline(voyage, 'confirm', signal);
      const attempt = newAttempt(voyage, 0, signal);
      try {
        return await attempt.finish(confirm(provider, receipt, attempt));
      } catch (thrown) {
        signal.throwIfAborted();
        await recover(voyage, 'confirm', asUploadError(thrown, provider.name), signal);
      }
    }
  }

  /** The host saves. In a kind of one file, deliveries keep their order: the newest picture is saved last. */
  async function handOver(voyage: Voyage, record: UploadRecord, signal: AbortSignal): Promise<void> {
    voyage.tries = 1;
    const turn = rules.single ? lastDelivery : Promise.resolve();
    const delivery = turn.then(() =>
      deliver({
        record,
        host: () => options.onUploaded,
        clock,
        limit: limits().record,
        nextAttempt: () => (voyage.deliveries += 1),
        recover: (error, saved) => Promise.race([recover(voyage, 'record', error, signal), saved]),
        onSavedLate: () => move(voyage, 'saved', { record }),
      }),
    );
    lastDelivery = delivery.catch(() => undefined);
    await delivery;
  }

  /** Decides what a failure means: wait and go on, or give the error on. */
  async function recover(voyage: Voyage, phase: Phase, error: UploadError, signal: AbortSignal): Promise<void> {
    if (error.retryable && !online.now()) return backOnline(voyage, phase, signal);
    const verdict = judge(error, voyage.tries, { ...defaultRetry, ...options.retry }, random.fraction());
    const gaveUp = stateOfVoyage(voyage) === 'cancelled';
    if (gaveUp || !verdict.again || (phase !== 'record' && !voyage.fleet.budget.spend())) throw error;
    if (verdict.reason === 'rate-limited') voyage.fleet.lanes.data.slowDown();
    voyage.tries += 1;
    const until = clock.now() + verdict.after;
    await pauseFor(voyage, phase, verdict.reason, until, signal, (wake) => clock.after(verdict.after, wake));
  }

  /** Offline is a state, not an error: no try is counted, and no button need be pressed. */
  const backOnline = (voyage: Voyage, phase: Phase, signal: AbortSignal): Promise<void> =>
    pauseFor(voyage, phase, 'offline', null, signal, (wake) => online.subscribe(() => online.now() && wake()));

  async function pauseFor(
    voyage: Voyage,
    phase: Phase,
    reason: WaitReason,
    until: number | null,
    signal: AbortSignal,
    arm: (wake: () => void) => () => void,
  ): Promise<void> {
    goAshore(voyage);
    move(voyage, 'wait', { reason, phase, until });
    let disarm: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      voyage.wake = resolve;
      disarm = arm(resolve);
    });
    try {
      await raceAbort(over, signal);
      voyage.wake = null;
      move(voyage, 'continue', fieldsOf(voyage));
    } finally {
      disarm();
    }
  }

  // --- The parts of an attempt ---

  function upload(voyage: Voyage, source: PreparedSource, attempt: Attempt, signal: AbortSignal): Promise<Receipt> {
    const { provider } = voyage;
    if (voyage.afloat !== null) attempt.adopt();
    const running = voyage.afloat ?? begin(() => provider.upload(source, attempt.context));
    voyage.afloat = null;
    const late = async ({ stored }: Receipt): Promise<void> => {
      if (signal.aborted && stateOfVoyage(voyage) === 'cancelled' && stored !== undefined)
        await removeStored(voyage, stored);
    };
    const keep = (): void => {
      if (signal.reason === 'pause' && !provider.capabilities.abort) voyage.afloat = running;
    };
    signal.addEventListener('abort', keep, { once: true });
    running
      .finally(() => signal.removeEventListener('abort', keep))
      .then(late)
      // the attempt itself hears of every failure; a removal that failed is what the server's sweep is for
      .catch(() => undefined);
    return running;
  }

  async function confirm(provider: Provider, receipt: Receipt, attempt: Attempt): Promise<Stored> {
    if (provider.confirm !== undefined) return provider.confirm(receipt, attempt.context);
    if (receipt.stored !== undefined) return receipt.stored;
    const message = 'upload() resolved without `stored`, and the provider has no confirm() to ask';
    throw new UploadError('provider-failed', { provider: provider.name }, { message, retryable: false });
  }

  /** After a failure that leaves it open: is it there? Where even the question fails, no answer counts as no. */
  async function askStore(voyage: Voyage, signal: AbortSignal): Promise<Receipt | null> {
    const { provider, checkpoint, fleet } = voyage;
    if (provider.verify === undefined || checkpoint === undefined) return null;
    const attempt = newAttempt(voyage, 0, signal);
    try {
      const ask = (): Promise<Receipt | null> =>
        (provider.verify as NonNullable<Provider['verify']>)(checkpoint, attempt.context.signal);
      return await attempt.finish(fleet.lanes.control.run(ask, { signal: attempt.context.signal }));
    } catch {
      // the next attempt finds out, since presigning a stored file answers with its record
      signal.throwIfAborted();
      return null;
    }
  }

  async function removeStored(voyage: Voyage, stored: Stored): Promise<void> {
    await inTime((signal) => voyage.provider.remove?.(recordOf(voyage, stored), signal));
  }

  function newAttempt(voyage: Voyage, size: number, outer: AbortSignal): Attempt {
    const { item, provider, fleet, checkpoint } = voyage;
    const { id, kind, metadata } = item;
    return (voyage.attempt = createAttempt({
      facts: { id, kind, metadata, source: voyage.prepared?.source ?? null, attempt: voyage.tries },
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
          move(voyage, 'granted', { attempt: voyage.tries });
        },
        onProgress: (sent) => store.report(id, sent),
        onWait: (reason, until) =>
          move(voyage, 'wait', { reason, until, phase: voyage.receipt === null ? 'upload' : 'confirm' }),
        onContinue: () => move(voyage, 'continue', fieldsOf(voyage)),
        onExpiry: (life) => fleet.learnLife(life),
        onSave: (json) => (voyage.checkpoint = json),
      },
    }));
  }

  /** Takes a place in the look-ahead, where the item does not hold one from its start. */
  async function comeAboard(voyage: Voyage, signal: AbortSignal): Promise<Passage> {
    voyage.fleet.budget.earn();
    if (voyage.passage !== null) return voyage.passage;
    let passage: Passage | undefined;
    const admitted = new Promise<void>((resolve) => {
      passage = voyage.passage = voyage.fleet.enter(resolve, true);
    });
    await raceAbort(admitted, signal);
    return passage as Passage;
  }
  /** Gives up the place in line or look-ahead, whoever holds it now. */
  function goAshore(voyage: Voyage): void {
    voyage.passage?.leave();
    voyage.passage = null;
    voyage.attempt = null;
  }

  // --- Moving items ---

  /** Applies one event by the table; false where the table knows nothing of it, and nothing happens. */
  function move(voyage: Voyage, event: Event, fields: object = {}): boolean {
    const to = next(stateOfVoyage(voyage), event);
    if (to === null) return false;
    show(voyage, to, fields);
    return true;
  }

  function show(voyage: Voyage, state: State, fields: object): void {
    const before = voyage.item;
    const item = itemIn(state, before, fields);
    voyage.item = item;
    const resumes = voyage.provider.capabilities.resume && voyage.checkpoint !== undefined;
    store.put(item, state === 'preparing' || (state === 'queued' && !resumes));
    if (voyages.get(item.id) === voyage) count(before, item);
  }
  const update = (voyage: Voyage, change: object): void =>
    show(voyage, stateOfVoyage(voyage), { ...voyage.item, ...change });

  function count(before: UploadItem, after: UploadItem): void {
    onTheirWay += Number(isOnItsWay(after)) - Number(isOnItsWay(before));
    open += Number(!isTerminal(after.status)) - Number(!isTerminal(before.status));
    if (!isTerminal(after.status) || isTerminal(before.status)) return;
    settling.ended(after.id);
    comeToRest();
  }
  function comeToRest(): void {
    const settlement = open > 0 ? null : settling.rest();
    if (settlement === null) return;
    store.rest();
    if (settlement.records.length + settlement.problems.length > 0) tellHost(() => options.onSettled?.(settlement));
  }

  function fail(voyage: Voyage, at: 'prepare' | Phase, error: UploadError): void {
    // the store has proven that nothing is there, so the next try has to send again
    const absent = at === 'confirm' && error.code === 'not-uploaded';
    if (absent) forgetJourney(voyage);
    const place = absent ? 'upload' : at;
    if (!move(voyage, absent ? 'absent' : 'fail', { at: place, error, receipt: voyage.receipt })) return;
    tellHost(() => options.onError?.(error, voyage.item));
  }

  // --- Commands ---

  function start(voyage: Voyage): void {
    if (move(voyage, 'start')) queue(voyage);
  }
  /** Into the line; the journey begins when the turn comes. */
  function queue(voyage: Voyage): void {
    const { signal } = (voyage.controller = new AbortController());
    voyage.passage = voyage.fleet.enter(() => void travel(voyage, signal));
  }
  function goOn(voyage: Voyage): void {
    const { signal } = (voyage.controller = new AbortController());
    void travel(voyage, signal);
  }

  function cancel(voyage: Voyage): void {
    const { item, provider, checkpoint } = voyage;
    if (!move(voyage, 'cancel')) return;
    // a confirm on its way may succeed: it is let run, and what it finds is removed
    if (item.status !== 'confirming') voyage.controller.abort('cancel');
    goAshore(voyage);
    if (checkpoint === undefined) return;
    // cleaning up is a courtesy to the store: what fails here, the server's sweep does
    inTime((signal) => provider.discard?.(checkpoint, signal)).catch(() => undefined);
  }
  function pause(voyage: Voyage): void {
    if (!move(voyage, 'pause', { checkpoint: voyage.checkpoint })) return;
    voyage.controller.abort('pause');
    goAshore(voyage);
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
      if (voyage.prepared === null) return void (move(voyage, 'restart', firstStep) && goOn(voyage));
    }
    if (!move(voyage, 'retry', item.status === 'failed' && item.at === 'prepare' ? firstStep : fieldsOf(voyage)))
      return;
    if (voyage.item.status === 'queued') queue(voyage);
    else goOn(voyage);
  }

  function drop(ids: ReadonlySet<UploadId>): void {
    for (const id of ids) {
      const item = store.getItem(id);
      if (item === undefined) continue;
      onTheirWay -= Number(isOnItsWay(item));
      open -= Number(!isTerminal(item.status));
      voyages.delete(id);
    }
    store.remove(ids);
    ids.forEach(settling.ended);
    comeToRest();
  }

  const each = (id: UploadId | undefined, command: (voyage: Voyage) => void): void => {
    for (const voyage of id === undefined ? [...voyages.values()] : [voyages.get(id)]) if (voyage) command(voyage);
  };

  // --- Taking in ---

  function add(files: Iterable<Blob>, { metadata }: { metadata?: JsonObject } = {}): UploadId[] {
    const { provider, kind = null, taken = 0 } = options;
    const fleet = fleetOf(provider);
    const picked = sortPick(files, rules, rules.single ? 0 : taken + countPlaces());
    if (rules.single && picked.some(({ problems }) => problems.length === 0)) makeRoom();
    const fresh = picked.map((pick): [Picked, UploadItem] => [
      pick,
      itemIn(
        pick.problems.length > 0 ? 'rejected' : 'preparing',
        {
          id: mintId(clock.now(), random.bytes(16)),
          name: pick.name,
          size: pick.file.size,
          type: pick.file.type,
          kind,
          metadata: metadata ?? options.metadata ?? {},
          provider: provider.name,
          addedAt: clock.now(),
          file: pick.file,
          status: 'ready',
        },
        pick.problems.length > 0 ? { problems: pick.problems } : firstStep,
      ),
    ]);
    const embarking: Voyage[] = [];
    for (const [pick, item] of fresh) {
      if (item.status === 'rejected') continue;
      const voyage = newVoyage(item, provider, fleet, pick.file);
      voyages.set(item.id, voyage);
      embarking.push(voyage);
    }
    board(
      fresh.map(([, item]) => item),
      embarking,
    );
    const refused = fresh.flatMap(([, item]) => problemsOf(item));
    if (refused.length > 0) {
      for (const { id } of refused) settling.ended(id);
      tellHost(() => options.onRejected?.(refused));
      comeToRest();
    }
    return fresh.map(([, { id }]) => id);
  }

  /** Shows all at once, and where there is nothing to prepare, in the line already: ten thousand files, one notice. */
  function board(items: readonly UploadItem[], embarking: readonly Voyage[]): void {
    const nothingToDo = embarking[0] === undefined || stepsOf(embarking[0]).length === 0;
    const state: State = options.autoUpload === false ? 'ready' : 'queued';
    if (nothingToDo) {
      for (const voyage of embarking) {
        const { file, item } = voyage;
        voyage.prepared = { file, name: item.name, type: item.type, size: file.size, width: null, height: null };
        voyage.item = itemIn(state, item, {});
      }
    }
    store.add(items.map((item) => voyages.get(item.id)?.item ?? item));
    onTheirWay += embarking.filter(({ item }) => isOnItsWay(item)).length;
    open += embarking.length;
    for (const voyage of embarking) {
      if (voyage.prepared === null) goOn(voyage);
      else if (state === 'queued') queue(voyage);
    }
  }

  /** A kind of one file: the newer one takes the place of the older. */
  function makeRoom(): void {
    for (const voyage of voyages.values()) cancel(voyage);
    drop(new Set(store.getIds()));
  }
  const countPlaces = (): number => [...voyages.values()].filter(({ item }) => item.status !== 'cancelled').length;

  function fleetOf(provider: Provider): Fleet {
    const known = fleets.get(provider.name);
    if (known !== undefined) return known;
    const fleet = createFleet(provider, options.concurrency);
    fleets.set(provider.name, fleet);
    return fleet;
  }

  function stepsOf(voyage: Voyage): ReturnType<typeof stepsFor> {
    const others = (): Blob[] => [...voyages.values()].filter((other) => other !== voyage).map(({ file }) => file);
    return stepsFor({ ports, options, provider: voyage.provider, fleet: voyage.fleet, others });
  }

  const recordOf = ({ item, prepared, file }: Voyage, stored: Stored): UploadRecord =>
    assembleRecord(item, prepared ?? { ...item, width: null, height: null, size: file.size }, stored, clock.now());

  /** A small request beside the journey, with the time limit of any other. */
  async function inTime<R>(task: (signal: AbortSignal) => Promise<R> | undefined): Promise<R | undefined> {
    const stopper = new AbortController();
    const cancelTimer = clock.after(limits().control, () => stopper.abort('timeout'));
    try {
      return await raceAbort(
        begin(async () => task(stopper.signal)),
        stopper.signal,
      );
    } finally {
      cancelTimer();
    }
  }
  const limits = (): Limits => ({ ...defaultLimits, ...options.limits });

  return {
    ...(store as unknown as Reads<UploadItem<Pick<T, K>>>),
    add: add as Uploader<Pick<T, K>>['add'],
    start: (ids) => (ids ?? store.getIds()).forEach((id) => each(id, start)),
    pause: (id) => each(id, pause),
    resume: (id) => each(id, (voyage) => move(voyage, 'resume') && queue(voyage)),
    cancel: (id) => each(id, cancel),
    retry: (id) => each(id, (voyage) => (id !== undefined || voyage.item.status === 'failed') && retry(voyage)),
    remove(id) {
      each(id, cancel);
      drop(new Set([id]));
    },
    clear() {
      drop(new Set(store.getIds().filter((id) => isTerminal(store.getItem(id)?.status ?? 'done'))));
    },
    async erase(id) {
      const voyage = voyages.get(id);
      if (voyage === undefined) return;
      cancel(voyage);
      if (voyage.record !== null) {
        const { provider, record } = voyage;
        if (provider.remove === undefined) {
          const message = `erase(): the provider "${provider.name}" has no remove(), so the file would stay`;
          throw new UploadError('provider-failed', { provider: provider.name }, { message });
        }
        await inTime((signal) => provider.remove?.(record, signal));
      }
      drop(new Set([id]));
    },
    reorder: (ids) => store.order(ids),
    async update(id, change) {
      const voyage = voyages.get(id);
      if (voyage === undefined) return;
      const { item, provider } = voyage;
      const metadata = { ...item.metadata, ...change.metadata };
      if (voyage.record !== null) {
        const { record } = voyage;
        await inTime((signal) => provider.update?.(record, metadata, signal));
        voyage.record = { ...record, ...change, metadata };
      }
      update(voyage, { ...change, metadata, ...('record' in item && { record: voyage.record }) });
    },
    configure(change) {
      options = { ...options, ...change };
      rules = rulesOf(options);
    },
    settled: (ids = store.getIds()) => settling.wait(ids) as Promise<unknown> as Promise<Settlement<Pick<T, K>>>,
    mount() {
      mounts += 1;
      let mounted = true;
      return () => {
        if (!mounted) return;
        mounted = false;
        mounts -= 1;
        // React unmounts and mounts again within one task: only who stays away has left
        queueMicrotask(() => {
          if (mounts === 0 && options.abortOnUnmount === true) each(undefined, cancel);
        });
      };
    },
    get idle() {
      return onTheirWay === 0;
    },
  };
}

const firstStep: StatusFields['preparing'] = { step: '', waitingFor: null };

const isOnItsWay = ({ status }: UploadItem): boolean =>
  !isTerminal(status) && status !== 'paused' && status !== 'ready';

/** The own fields of a status that is entered again, from what the voyage holds. */
const fieldsOf = ({ receipt, record, tries }: Voyage): object => ({ receipt, record, attempt: tries });

/** An item in a new state: the facts every item has, and exactly the fields of its status. */
function itemIn(state: State, from: UploadItem, fields: object): UploadItem {
  const { id, name, size, type, kind, metadata, provider, addedAt, file } = { ...from, ...fields };
  const [status] = state.split(':') as [UploadItem['status']];
  const own = Object.fromEntries(ownFields[status].map((field) => [field, (fields as Record<string, unknown>)[field]]));
  return { id, name, size, type, kind, metadata, provider, addedAt, file, status, ...own } as UploadItem;
}

const ownFields: { [S in UploadItem['status']]: readonly (keyof StatusFields[S] & string)[] } = {
  rejected: ['problems'],
  preparing: ['step', 'waitingFor'],
  ready: [],
  queued: [],
  uploading: ['attempt'],
  waiting: ['reason', 'phase', 'until'],
  paused: ['checkpoint'],
  confirming: ['receipt'],
  recording: ['record'],
  failed: ['at', 'error', 'receipt'],
  cancelled: [],
  done: ['record'],
};

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

async function begin<R>(task: () => Promise<R>): Promise<R> {
  return task();
}
