import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refuse } from '../../../src/core/errors.ts';
import { isTerminal, type Status, statuses, type UploadItem } from '../../../src/core/item.ts';
import { createUploader } from '../../../src/core/create-uploader.ts';
import type { AnyUploader } from '../../../src/core/uploader.ts';
import { fickleProvider, type Mood } from '../../support/fickle-provider.ts';
import { manualClock, runMicrotasks } from '../../support/manual-clock.ts';

/** How many schedules to try; the default is what every run of the tests does. */
const schedules = Number(process.env['SCHEDULES'] ?? 10_000);

type ItemCommand = 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';
type Step =
  /** `turns`: the next step comes after so many turns of the microtask queue; null: after all of them. */
  | { do: ItemCommand; item: number; turns: number | null }
  | { do: 'all'; command: Exclude<ItemCommand, 'remove'>; turns: number | null }
  | { do: 'add' | 'add-many' | 'add-empty'; item: number }
  | { do: 'offline' }
  | { do: 'online' }
  | { do: 'wait'; for: number };
/** Given once, from within the notice of the first item that shows the status. */
interface Reaction {
  on: Status;
  do: ItemCommand;
}
type HostMood = 'saves' | 'throws' | 'refuses' | 'hangs' | 'late';

const item = fc.nat({ max: 3 });
const turns = fc.option(fc.nat({ max: 15 }), { nil: null });
const allCommand = fc.constantFrom('pause' as const, 'resume' as const, 'cancel' as const, 'retry' as const);
const itemCommand = fc.oneof(allCommand, fc.constant('remove' as const));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), for: fc.constantFrom(0, 50, 300, 1000, 40_000) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: itemCommand, item, turns }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('all' as const), command: allCommand, turns }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('add' as const, 'add-many' as const, 'add-empty' as const), item }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'offline' }, { do: 'online' }) },
);
const mood: fc.Arbitrary<Mood> = fc.constantFrom(
  'well',
  'reset',
  'stall',
  'no-answer',
  'lost-reply',
  'refused',
  'busy',
  'down',
  'gone',
  'throws',
);
const schedule = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }),
  moods: fc.array(mood, { maxLength: 8 }),
  hostMoods: fc.array(fc.constantFrom<HostMood>('saves', 'throws', 'refuses', 'hangs', 'late'), { maxLength: 4 }),
  steps: fc.array(step, { maxLength: 12 }),
  reactions: fc.array(fc.record({ on: fc.constantFrom(...statuses), do: itemCommand }), { maxLength: 3 }),
  can: fc.record({ abort: fc.boolean(), resume: fc.boolean() }),
  single: fc.boolean(),
});
type Schedule = typeof schedule extends fc.Arbitrary<infer S> ? S : never;

const rejections: unknown[] = [];
const onRejection = (reason: unknown): void => void rejections.push(reason);
beforeAll(() => void process.on('unhandledRejection', onRejection));
afterAll(() => void process.off('unhandledRejection', onRejection));

const file = (index: number, size: number): File => new File([new Uint8Array(size).fill(index + 1)], `${index}.bin`);

/** Looks at everything that happens and remembers what must never be. */
function createWitness(uploader: AnyUploader) {
  const broken: string[] = [];
  const last = new Map<string, { item: UploadItem; fraction: number; commanded: boolean }>();
  const look = (id: string): void => {
    const now = uploader.getItem(id) as UploadItem | undefined;
    const before = last.get(id);
    if (now === undefined) return;
    const { fraction } = uploader.getProgress(id);
    if (!(fraction >= 0 && fraction <= 1)) broken.push(`I2 progress ${fraction}`);
    if (fraction === 1 && now.status !== 'done') broken.push(`I2 progress 1 while ${now.status}`);
    if (before !== undefined) {
      const same = before.item.status === 'uploading' && now.status === 'uploading';
      if (same && fraction < before.fraction) broken.push(`I2 progress fell from ${before.fraction} to ${fraction}`);
      const late = before.item.status === 'failed' && before.item.at === 'record' && now.status === 'done';
      if (isTerminal(before.item.status) && now.status !== before.item.status && !before.commanded && !late) {
        broken.push(`I1 ${before.item.status} became ${now.status} by itself`);
      }
    }
    last.set(id, {
      item: now,
      fraction,
      commanded: isTerminal(now.status) && before?.item === now ? before.commanded : false,
    });
  };
  return {
    broken,
    follow(ids: readonly string[]) {
      for (const id of ids) {
        look(id);
        uploader.subscribeItem(id, () => look(id));
        uploader.subscribeProgress(id, () => look(id));
      }
    },
    command(id: string | undefined) {
      const entry = id === undefined ? undefined : last.get(id);
      if (entry !== undefined) entry.commanded = true;
    },
  };
}

async function play({ sizes, moods, hostMoods, steps, reactions, can, single }: Schedule): Promise<void> {
  const clock = manualClock();
  const store = fickleProvider(clock, moods, can);
  const listeners = new Set<() => void>();
  let isOnline = true;
  const hostLeft = [...hostMoods];
  const calls = new Map<string, { running: number; resolved: boolean }>();
  const broken: string[] = [];

  const uploader: AnyUploader = createUploader({
    provider: store.provider,
    single,
    ports: {
      clock,
      random: { fraction: () => 0.5, bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
      online: {
        now: () => isOnline,
        subscribe(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    },
    async onUploaded(record, { signal }) {
      const call = calls.get(record.id) ?? { running: 0, resolved: false };
      calls.set(record.id, call);
      if (call.resolved) broken.push('I3 called again after it had resolved');
      if (call.running > 0) broken.push('I3 called twice at a time');
      call.running += 1;
      // a call whose signal is aborted counts no longer
      const abandoned = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      }).then(() => (call.running -= 1));
      const hostMood = hostLeft.shift() ?? 'saves';
      if (hostMood === 'hangs') return new Promise(() => undefined);
      await new Promise<void>((resolve) => void clock.after(hostMood === 'late' ? 15_400 : 40, resolve));
      if (!signal.aborted) call.running -= 1;
      void abandoned;
      if (hostMood === 'throws') throw new Error('the database is down');
      if (hostMood === 'refuses') throw refuse('No pictures of cats.');
      call.resolved = true;
      return undefined;
    },
  });
  const witness = createWitness(uploader);
  const ids: string[] = [];
  let switches = 0;
  const commands = new Map<string, number>();
  const command = (id: string): void => {
    witness.command(id);
    commands.set(id, (commands.get(id) ?? 0) + 1);
  };
  const reactionsLeft = [...reactions];
  const react = (id: string): void => {
    const index = reactionsLeft.findIndex(({ on }: Reaction) => uploader.getItem(id)?.status === on);
    const [reaction] = index < 0 ? [] : reactionsLeft.splice(index, 1);
    if (reaction === undefined) return;
    command(id);
    uploader[reaction.do](id);
  };
  const followed = new Set<string>();
  const follow = (): void => {
    for (const id of uploader.getIds().filter((one: string) => !followed.has(one))) {
      followed.add(id);
      ids.push(id);
      witness.follow([id]);
      uploader.subscribeItem(id, () => react(id));
      react(id);
    }
  };
  uploader.subscribe(follow);
  const add = (files: readonly File[]): void => void uploader.add(files);

  add(sizes.map((size, index) => file(index, size)));
  for (const action of steps) {
    if (action.do === 'wait') await clock.advance(action.for);
    else if (action.do === 'offline' || action.do === 'online') {
      isOnline = action.do === 'online';
      switches += 1;
      for (const listener of listeners) listener();
    } else if (action.do === 'add' || action.do === 'add-many' || action.do === 'add-empty') {
      // in a kind of one file, adding one is a command to the one before
      if (single) ids.forEach(witness.command);
      if (action.do === 'add-many') add(Array.from({ length: 12 }, (_, index) => file(index, 10)));
      else add([file(ids.length, action.do === 'add' ? 100 : 0)]);
    } else if (action.do === 'all') {
      ids.forEach(command);
      uploader[action.command]();
    } else {
      const id = ids[action.item % ids.length];
      if (id !== undefined) command(id);
      if (id !== undefined) uploader[action.do](id);
    }
    if (!('turns' in action) || action.turns === null) await runMicrotasks();
    else for (let turn = 0; turn < action.turns; turn += 1) await Promise.resolve();
  }
  isOnline = true;
  reactionsLeft.length = 0;
  for (const listener of listeners) listener();
  await clock.drain();
  for (const id of uploader.getIds()) {
    if (uploader.getItem(id)?.status !== 'paused') continue;
    witness.command(id);
    uploader.resume(id);
  }
  await clock.drain();

  broken.push(...witness.broken);
  const items = uploader.getIds().map((id: string) => uploader.getItem(id) as UploadItem);
  for (const left of items) {
    if (!isTerminal(left.status)) broken.push(`I1 ${left.status} for ever`);
    if (left.status === 'done') {
      const stored = store.objects.get(left.record.key);
      const sent = new Uint8Array(await (left.file as File).arrayBuffer());
      const bytes = stored === undefined ? null : new Uint8Array(await stored.arrayBuffer());
      if (bytes === null || Buffer.compare(bytes, sent) !== 0) broken.push('I5 done, and the bytes are not there');
      if (calls.get(left.id)?.resolved !== true) broken.push('I3 done, and the host never resolved');
    }
    if (left.status === 'failed' && JSON.stringify([left.error.message, left.error]).includes('X-Amz-Signature')) {
      broken.push('I7 a secret in an error');
    }
    // each command, and each turn of the network, may begin a new run of tries
    const most = 4 * (1 + (commands.get(left.id) ?? 0)) + switches + 1;
    if ((store.uploads.get(left.id) ?? 0) > most) broken.push(`I8 ${store.uploads.get(left.id)} tries`);
  }
  const { counts } = uploader.getTotals();
  const ended = counts.done + counts.failed + counts.cancelled + counts.rejected;
  if (ended !== items.length) broken.push(`I4 ${ended} of ${items.length} ended`);
  if (clock.timers > 0) broken.push(`I6 ${clock.timers} timers left`);
  if (listeners.size > 0) broken.push(`I6 ${listeners.size} listeners left`);
  if (store.open > 0) broken.push(`I6 ${store.open} requests left open`);
  if (rejections.length > 0) broken.push(`I9 ${String(rejections.splice(0))}`);
  expect(broken).toEqual([]);
}

test(`the nine invariants hold over ${schedules} random schedules of commands, faults and clock jumps`, async () => {
  await fc.assert(fc.asyncProperty(schedule, play), { numRuns: schedules, endOnFailure: false });
}, 600_000);
