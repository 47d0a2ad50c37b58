import { UploadError } from './errors.ts';
import { mintId, type UploadId } from './id.ts';
import { type Picked, sortPick } from './intake.ts';
import { firstStep, isTerminal, itemIn, type UploadItem } from './item.ts';
import type { Journey, Ship } from './journey.ts';
import type { JsonObject } from './json.ts';
import { createManifest, isOnItsWay } from './manifest.ts';
import type { Ports } from './ports.ts';
import type { KindMap, MetadataInput, StopReason } from './provider.ts';
import { problemsOf } from './settling.ts';
import type { Reads } from './store.ts';
import { tellHost } from './tell-host.ts';
import { type HeldOptions, rulesOf, type Settlement } from './uploader-options.ts';
import { asPicked, leaveLine, newVoyage, type Voyage } from './voyage.ts';

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

/** The engine behind every uploader. Creating it starts nothing. */
export function launchUploader(initial: HeldOptions, ports: Ports): AnyUploader {
  const { clock, random } = ports;
  let options = initial;
  let rules = rulesOf(options);
  let mounts = 0;
  let journey: Journey | null = null;
  let loading: Promise<Journey> | null = null;
  const manifest = createManifest(clock, (settlement) => tellHost(() => options.onSettled?.(settlement)));
  const { store, voyages, move } = manifest;
  const { reads } = store;

  // --- Taking in -------------------------------------------------------------------------------------------------

  /** A pick: each file gets its id, the rules refuse at once what they must, and the rest sets out. */
  function add(files: Iterable<Blob>, { metadata }: { metadata?: JsonObject } = {}): UploadId[] {
    const picked = sortPick(files, rules, rules.single ? 0 : (options.taken ?? 0) + placesTaken());
    // a kind of one file: the newer takes the place of the older
    if (rules.single && picked.some(({ problems }) => problems.length === 0)) leave(reads.getIds());
    const items: UploadItem[] = [];
    const embarking: Voyage[] = [];
    for (const pick of picked) {
      const item = newItem(pick, metadata);
      items.push(item);
      if (item.status === 'rejected') continue;
      const voyage = newVoyage(item, options.provider, pick.file);
      if (item.status !== 'preparing') voyage.prepared = asPicked(voyage);
      embarking.push(voyage);
    }
    // first they set out, then it is told: who hears of a file may stop it at once
    embarking.forEach(setOut);
    manifest.board(items, embarking);
    const refused = items.flatMap(problemsOf);
    if (refused.length > 0) tellHost(() => options.onRejected?.(refused));
    return items.map(({ id }) => id);
  }

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
    return itemIn(problems.length > 0 ? 'rejected' : firstStatus(), facts, { problems, ...firstStep });
  }

  /** Where nothing has to be done to a file it appears in the line at once: ten thousand files, one notice. */
  function firstStatus(): 'preparing' | 'ready' | 'queued' {
    const { provider, prepare, duplicates, autoUpload } = options;
    if (ports.steps.length > 0 || prepare || provider.limits || duplicates === 'reject') return 'preparing';
    return autoUpload === false ? 'ready' : 'queued';
  }

  const placesTaken = (): number => [...voyages.values()].filter(({ item }) => item.status !== 'cancelled').length;

  // --- The journey, which loads while the person still chooses a file ----------------------------------------------

  const ship: Ship = {
    ports,
    manifest,
    options: () => options,
    rules: () => rules,
    start,
    setOut,
    cancel,
    onFailure: (voyage, error) => tellHost(() => options.onError?.(error, voyage.item)),
  };
  /** One load for all who wait; after a failure, the next one tries again. */
  const board = (): Promise<Journey> =>
    (loading ??= import('./journey.ts')
      .then(({ createJourney }) => (journey ??= createJourney(ship)))
      .finally(() => (loading = null)));

  function setOut(voyage: Voyage): void {
    // whoever heard that it may set out may have stopped it, or set it out already
    if (!isOnItsWay(voyage.item)) return;
    halt(voyage, 'over');
    const { signal } = (voyage.controller = new AbortController());
    // the engine itself could not be fetched: a failure of the network like any other, and as retryable
    const lost = (cause: unknown): void => {
      const error = new UploadError('network', undefined, { cause });
      const at = voyage.prepared === undefined ? 'prepare' : 'upload';
      if (move(voyage, 'fail', { at, error, receipt: null })) ship.onFailure(voyage, error);
    };
    aboard((loaded) => {
      if (!signal.aborted) loaded.setOut(voyage, signal);
    }, lost);
  }
  /** At once where it is loaded already. */
  function aboard(act: (loaded: Journey) => unknown, lost: (cause: unknown) => void = () => undefined): void {
    if (journey !== null) act(journey);
    else board().then(act, lost);
  }

  // --- Commands ----------------------------------------------------------------------------------------------------

  function start(voyage: Voyage): void {
    if (move(voyage, 'start')) setOut(voyage);
  }

  function resume(voyage: Voyage): void {
    if (move(voyage, 'resume')) setOut(voyage);
  }

  /** Always before it is told, since who hears of a stop may begin anew. */
  function halt(voyage: Voyage, reason: StopReason): void {
    voyage.controller?.abort(reason);
    leaveLine(voyage);
  }

  function pause(voyage: Voyage): void {
    if (!manifest.can(voyage, 'pause')) return;
    halt(voyage, 'pause');
    move(voyage, 'pause', { checkpoint: voyage.checkpoint });
  }

  function cancel(voyage: Voyage): void {
    if (!manifest.can(voyage, 'cancel')) return;
    // a confirm that is out may succeed: it is let run, and what it finds is removed
    if (voyage.item.status !== 'confirming' || voyage.attempt?.isAsking !== true) halt(voyage, 'cancel');
    journey?.discard(voyage);
    move(voyage, 'cancel');
  }

  function leave(ids: readonly UploadId[]): void {
    each(cancel, ids);
    manifest.drop(new Set(ids));
  }

  function mount(): () => void {
    let mounted = true;
    mounts += 1;
    // should this fail, whoever adds a file will hear of it
    Promise.all([board(), options.provider.preload?.()]).catch(() => undefined);
    return () => {
      mounts -= Number(mounted);
      mounted = false;
      // React unmounts and mounts again within one task: only who stays away has left
      queueMicrotask(() => {
        if (mounts === 0 && options.abortOnUnmount === true) each(cancel);
      });
    };
  }

  /** These, or all there are when it begins: a command may change who is aboard. */
  const each = (command: (voyage: Voyage) => void, ids: Iterable<UploadId> = [...voyages.keys()]): void => {
    for (const id of ids) {
      const voyage = voyages.get(id);
      if (voyage !== undefined) command(voyage);
    }
  };
  /** A command to one, or to all. */
  const commanding =
    (command: (voyage: Voyage) => void) =>
    (id?: UploadId): void =>
      each(command, id === undefined ? undefined : [id]);

  return {
    ...reads,
    add,
    start: (ids) => each(start, ids),
    pause: commanding(pause),
    resume: commanding(resume),
    cancel: commanding(cancel),
    retry: (id) =>
      commanding((voyage) => {
        const { item } = voyage;
        // while the journey loads, another command may have the last word
        aboard((loaded) => voyage.item === item && loaded.retry(voyage, id === undefined));
      })(id),
    remove: (id) => leave([id]),
    clear: () => leave(reads.getIds().filter((id) => isTerminal(reads.getItem(id)?.status ?? 'done'))),
    erase: async (id) => (await board()).erase(id),
    reorder: store.order,
    update: async (id, change) => (await board()).update(id, change),
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
}
