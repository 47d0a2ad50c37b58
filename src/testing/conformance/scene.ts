import type { OnUploaded } from '../../core/deliver.ts';
import { isTerminal, type Status, type UploadItem } from '../../core/item.ts';
import { inertPorts } from '../../core/ports.ts';
import { defaultRetry, type RetryPolicy } from '../../core/retry.ts';
import type { Reads } from '../../core/store.ts';
import { createUploader } from '../../core/create-uploader.ts';
import type { AnyUploader } from '../../core/uploader.ts';
import type { EngineOptions } from '../../core/uploader-options.ts';
import { defaultLimits, type Limits } from '../../core/watchdog.ts';
import { createWitness } from './invariants.ts';
import type { Rig, StoreRequest, StoreStep } from './rig.ts';
import { countTimers, createSwitch, type Switch, watchSurroundings } from './surroundings.ts';

/** Short enough that a case on the real clock takes seconds, long enough that a busy machine keeps them. */
export const realLimits: Limits = { control: 1500, stall: 800, response: 1000, record: 600 };
export const realRetry: RetryPolicy = { attempts: 4, base: 40, cap: 300, retryAfterCap: 2500 };

export interface SceneOptions {
  rig: Rig;
  size: number;
  options: EngineOptions;
}

export type Command = 'start' | 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';

/**
 * One case on its stage: a real engine, the provider, the store behind it, and everybody who watches.
 *
 * @internal
 */
export interface Scene {
  readonly rig: Rig;
  readonly uploader: AnyUploader;
  readonly online: Switch;
  readonly limits: Limits;
  readonly retry: RetryPolicy;
  readonly size: number;
  /** What the host does with a record; a case may put its own here. */
  host: OnUploaded;
  /** Calls of the host so far. */
  readonly hostCalls: number;
  now(): number;
  file(name?: string, size?: number): File;
  add(files: readonly Blob[]): string[];
  /** One file of the usual size. */
  addOne(name?: string): string;
  command(command: Command, ...ids: readonly string[]): void;
  item(id: string): UploadItem | undefined;
  status(id: string): Status | 'gone';
  journey(id: string): readonly string[];
  /** The item, which must be in this status by now. */
  expectStatus<S extends Status>(id: string, status: S): UploadItem<never, S> | null;
  expectCode(id: string, ...codes: string[]): void;
  /** Something the case promises. The sentence says what is wrong where it does not hold. */
  must(holds: boolean, sentence: string): void;
  pass(milliseconds: number): Promise<void>;
  until(what: string, holds: () => boolean | Promise<boolean>, most?: number): Promise<void>;
  /** Until these, or all, are at their end. */
  ended(ids?: readonly string[]): Promise<void>;
  requests(...steps: StoreStep[]): Promise<StoreRequest[]>;
  /** The most often that one and the same piece of a file was sent. */
  sendings(): Promise<number>;
  objects(): Promise<readonly string[]>;
  /** Everything at rest: the invariants are looked at, and all that was wrong is handed back. */
  close(): Promise<string[]>;
}

const step = 20;

export function createScene({ rig, size, options }: SceneOptions): Scene {
  const { provider, store } = rig;
  const manual = rig.advance !== undefined;
  const limits: Limits = { ...(manual ? defaultLimits : realLimits), ...options.limits };
  const retry: RetryPolicy = { ...(manual ? defaultRetry : realRetry), ...options.retry };
  const clock = countTimers(rig.ports?.clock ?? inertPorts.clock);
  const online = createSwitch();
  const surroundings = watchSurroundings();
  const wrong: string[] = [];
  let hostCalls = 0;
  const witness = createWitness(() => uploader);
  const watched = witness.watch((record, delivery) => {
    hostCalls += 1;
    return scene.host(record, delivery);
  });
  const uploader: AnyUploader = createUploader({
    ...options,
    provider,
    limits,
    retry,
    onUploaded: watched,
    ports: { ...rig.ports, clock, online },
  });
  // a typed uploader reads typed items; the suite knows no kinds
  const reads: Reads = uploader;

  async function pass(milliseconds: number): Promise<void> {
    if (rig.advance !== undefined) return rig.advance(milliseconds);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  async function until(what: string, holds: () => boolean | Promise<boolean>, most = 900_000): Promise<void> {
    const end = clock.now() + (manual ? most : Math.min(most, 30_000));
    // oxlint-disable no-await-in-loop -- time passes step by step
    for (;;) {
      if (await holds()) return;
      if (clock.now() >= end) throw new Error(`it never came to this: ${what}`);
      await pass(step);
    }
    // oxlint-enable no-await-in-loop
  }

  const scene: Scene = {
    rig,
    uploader,
    online,
    limits,
    retry,
    size,
    host: () => undefined,
    get hostCalls() {
      return hostCalls;
    },
    now: () => clock.now(),
    file: (name = 'beach.jpg', bytes = size) => new File([contentOf(name, bytes)], name, { type: 'image/jpeg' }),
    add(files) {
      const ids = uploader.add(files);
      witness.follow(ids);
      return ids;
    },
    addOne: (name) => scene.add([scene.file(name)])[0] ?? '',
    command(command, ...ids) {
      for (const id of ids) witness.commanded(id);
      if (command === 'start') uploader.start(ids);
      else for (const id of ids) uploader[command](id);
    },
    item: (id) => reads.getItem(id),
    status: (id) => reads.getItem(id)?.status ?? 'gone',
    journey: (id) => witness.journeys.get(id) ?? [],
    expectStatus<S extends Status>(id: string, status: S) {
      const item = reads.getItem(id);
      const error = item?.status === 'failed' ? ` (${item.error.code}: ${item.error.message})` : '';
      if (item?.status !== status) wrong.push(`the item is ${item?.status ?? 'gone'}${error}, not ${status}`);
      return item?.status === status ? (item as UploadItem<never, S>) : null;
    },
    expectCode(id, ...codes) {
      const item = reads.getItem(id);
      if (item?.status !== 'failed') wrong.push(`the item is ${item?.status ?? 'gone'}, not failed`);
      else if (!codes.includes(item.error.code)) {
        wrong.push(`it failed with ${item.error.code}, not ${codes.join(' or ')}: ${item.error.message}`);
      }
    },
    must(holds, sentence) {
      if (!holds) wrong.push(sentence);
    },
    pass,
    until,
    async ended(ids = reads.getIds()) {
      const open = (): string[] => ids.filter((id) => !isTerminal(reads.getItem(id)?.status ?? 'done'));
      await until(`all ${ids.length} at their end`, () => open().length === 0).catch(() => {
        throw new Error(
          `for ever: ${open()
            .map((id) => scene.journey(id).join(' > '))
            .join('; ')}`,
        );
      });
    },
    async requests(...steps) {
      const all = await store.requests();
      return steps.length === 0 ? [...all] : all.filter((request) => steps.includes(request.step));
    },
    async sendings() {
      const bodies = await scene.requests('body');
      const pieces = new Map<string, number>();
      for (const { key, part } of bodies) pieces.set(`${key} ${part}`, (pieces.get(`${key} ${part}`) ?? 0) + 1);
      return Math.max(0, ...pieces.values());
    },
    objects: async () => store.objects(),

    async close() {
      try {
        for (const id of uploader.getIds()) {
          if (scene.status(id) === 'paused') scene.command('cancel', id);
        }
        await until('no item on its way', () => uploader.idle);
        // what cannot be aborted is at least given its time; what can be is closed at once
        const patience = provider.capabilities.abort ? 2000 : 900_000;
        const openRequests = async () => (await scene.requests()).filter(({ endedAt }) => endedAt === null);
        await until('no request open', async () => (await openRequests()).length === 0, patience).catch(
          () => undefined,
        );
        await pass(200);
        const open = await openRequests();
        if (open.length > 0) wrong.push(`I6: requests stay open: ${open.map((request) => request.step).join(', ')}`);
        if (clock.timers > 0) wrong.push(`I6: ${clock.timers} timers left`);
        if (online.listeners > 0) wrong.push(`I6: ${online.listeners} listeners left`);
        if (surroundings.objectUrls > 0) wrong.push(`I6: ${surroundings.objectUrls} object addresses left`);
        await witness.atRest(retry.attempts, async (key) => store.bytes(key));
        const most = witness.triesAllowed(retry.attempts) * (rig.resends === true ? 2 : 1);
        const sent = await scene.sendings();
        if (sent > most) wrong.push(`I8: one piece was sent ${sent} times, the policy allows ${most}`);
        const seen = [...reads.getIds().map((id) => visible(reads.getItem(id))), ...surroundings.written].join('\n');
        for (const secret of rig.secrets ?? []) {
          if (seen.includes(secret)) wrong.push('I7: a secret is in an error, a log or an item');
        }
        for (const reason of surroundings.rejections) wrong.push(`I9: nobody caught ${String(reason)}`);
      } finally {
        surroundings.leave();
        await rig.dispose?.();
      }
      return [...wrong, ...witness.broken];
    },
  };
  return scene;
}

/** What a log of this item would show. The cause of an error is for a debugger, and is not logged. */
function visible(item: UploadItem | undefined): string {
  if (item === undefined) return '';
  const errors = item.status === 'rejected' ? item.problems : item.status === 'failed' ? [item.error] : [];
  const { file: _, ...facts } = item;
  const { checkpoint: __, receipt: ___, ...logged } = facts as typeof facts & Record<string, unknown>;
  return JSON.stringify(logged) + errors.map(({ message }) => message).join();
}

/** Bytes that differ from file to file and from place to place, so that a mix-up shows. */
function contentOf(name: string, size: number): Uint8Array<ArrayBuffer> {
  let state = Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
