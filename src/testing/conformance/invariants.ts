import { isTerminal, type UploadItem } from '../../core/item.ts';
import type { OnUploaded } from '../../core/deliver.ts';
import type { AnyUploader } from '../../core/uploader.ts';

/**
 * Watches one uploader through its nine invariants and writes down what must never be. It sees what any component
 * would see, and the host's calls; what is left behind in the end is told to it.
 */
export interface Witness {
  /** Sentences, each beginning with the invariant it breaks. */
  readonly broken: readonly string[];
  /** Every status an item went through, in order; a `waiting` with its reason. */
  readonly journeys: ReadonlyMap<string, readonly string[]>;
  follow(ids: readonly string[]): void;
  /** A person asked for something: an item at its end may leave it. */
  commanded(id: string): void;
  /** The host's function, watched. */
  watch(host: OnUploaded): OnUploaded;
  /** Looks at the items once everything is at rest. */
  atRest(attemptsAllowed: number, bytesOf: (key: string) => Promise<Uint8Array | null>): Promise<void>;
  complain(sentence: string): void;
  /** How often any one item may be tried: each command may begin a new run of tries. */
  triesAllowed(attempts: number): number;
}

interface Followed {
  item: UploadItem;
  fraction: number;
  free: boolean;
}
interface Calls {
  running: number;
  saved: boolean;
}

export function createWitness(uploader: () => AnyUploader): Witness {
  const broken: string[] = [];
  const journeys = new Map<string, string[]>();
  const followed = new Map<string, Followed>();
  const calls = new Map<string, Calls>();
  const commands = new Map<string, number>();
  const complain = (sentence: string): void => void broken.push(sentence);

  function look(id: string): void {
    const item: UploadItem | undefined = uploader().getItem(id);
    if (item === undefined) return;
    const { fraction, speed, timeLeft } = uploader().getProgress(id);
    for (const number of [fraction, speed ?? 0, timeLeft ?? 0]) {
      if (!Number.isFinite(number) || number < 0) complain(`I2: progress holds ${number} while ${item.status}`);
    }
    if (fraction > 1) complain(`I2: progress is ${fraction}`);
    if (fraction === 1 && item.status !== 'done') complain(`I2: progress is 1 while ${item.status}`);
    const before = followed.get(id);
    if (before !== undefined) compare(before, item, fraction);
    const stays = before?.item === item;
    followed.set(id, { item, fraction, free: stays && before.free });
    const journey = journeys.get(id) ?? [];
    journeys.set(id, journey);
    const name = item.status === 'waiting' ? `waiting:${item.reason}` : item.status;
    if (journey.at(-1) !== name) journey.push(name);
  }

  function compare(before: Followed, item: UploadItem, fraction: number): void {
    const { status } = before.item;
    if (status === 'uploading' && item.status === 'uploading' && fraction < before.fraction) {
      complain(`I2: progress fell from ${before.fraction} to ${fraction} while uploading`);
    }
    // a call of the host that was given up may still resolve: that is the one end which another may follow
    const savedLate = before.item.status === 'failed' && before.item.at === 'record' && item.status === 'done';
    if (isTerminal(status) && item.status !== status && !before.free && !savedLate) {
      complain(`I1: an item that was ${status} became ${item.status} by itself`);
    }
  }

  async function checkItem(item: UploadItem, allowed: number, bytesOf: (key: string) => Promise<Uint8Array | null>) {
    if (!isTerminal(item.status) && item.status !== 'paused' && item.status !== 'ready') {
      complain(`I1: ${item.name} stays ${item.status} for ever`);
    }
    const tries = (journeys.get(item.id) ?? []).filter((status) => status === 'uploading').length;
    const most = allowed * (1 + (commands.get(item.id) ?? 0));
    if (tries > most) complain(`I8: ${item.name} was tried ${tries} times, and the policy allows ${most}`);
    if (item.status !== 'done') return;
    const stored = await bytesOf(item.record.key);
    const sent = item.file === null ? null : new Uint8Array(await item.file.arrayBuffer());
    if (stored === null || sent === null || !sameBytes(stored, sent)) {
      complain(`I5: ${item.name} is done, and its ${sent?.length} bytes are not what is stored (${stored?.length})`);
    }
    if (calls.get(item.id)?.saved !== true) complain(`I3: ${item.name} is done, and the host has not saved it`);
  }

  return {
    broken,
    journeys,
    complain,
    triesAllowed: (attempts) => attempts * (1 + Math.max(0, ...commands.values())),
    follow(ids) {
      for (const id of ids) {
        look(id);
        uploader().subscribeItem(id, () => look(id));
        uploader().subscribeProgress(id, () => look(id));
      }
    },
    commanded(id) {
      const last = followed.get(id);
      if (last !== undefined) last.free = true;
      commands.set(id, (commands.get(id) ?? 0) + 1);
    },
    watch: (host) => async (record, delivery) => {
      const call = calls.get(record.id) ?? { running: 0, saved: false };
      calls.set(record.id, call);
      if (call.saved) complain('I3: the host is called again for what it has saved');
      if (call.running > 0) complain('I3: the host is called twice at a time for one file');
      call.running += 1;
      let counts = true;
      const leave = (): void => {
        if (counts) call.running -= 1;
        counts = false;
      };
      delivery.signal.addEventListener('abort', leave, { once: true });
      try {
        const answer = await host(record, delivery);
        call.saved = true;
        return answer;
      } finally {
        leave();
      }
    },
    async atRest(attemptsAllowed, bytesOf) {
      const items: UploadItem[] = uploader()
        .getIds()
        .map((id) => uploader().getItem(id))
        .filter((item) => item !== undefined);
      for (const item of items) {
        // oxlint-disable-next-line no-await-in-loop -- a store of the suite's is asked one thing at a time
        await checkItem(item, attemptsAllowed, bytesOf);
      }
      const { counts, count } = uploader().getTotals();
      const listed = Object.values(counts).reduce((sum, some) => sum + some, 0);
      const ended = counts.done + counts.failed + counts.cancelled + counts.rejected;
      const standing = counts.paused + counts.ready;
      if (listed !== items.length || count !== items.length || ended + standing !== items.length) {
        complain(`I4: ${items.length} items, ${count} counted, ${ended} at their end, ${standing} held by the person`);
      }
    },
  };
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
