import { expect } from 'vitest';
import {
  type LedgerRow,
  type Query,
  type RecordStore,
  type Storage,
  type UploadServer,
  createUploadServer,
  memoryStorage,
} from '../../src/server/index.ts';
import { type Process, faultKinds, randomFrom, recordsThrough, startProcess, storageThrough } from './faults.ts';
import { png } from './pictures.ts';
import { basePath, freshId, kinds, origin, secret } from './upload-server.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const owner = 'user-1';

/** What the host's own table holds, written inside the hook through `tx` where the store has one. */
export interface HostTable {
  add(id: string, tx: Query): Promise<void>;
  count(id: string): Promise<number>;
}
type Actor = (files: UploadServer, id: string) => Promise<unknown>;

const confirm: Actor = (files, id) =>
  files.handler(
    new Request(`${origin}${basePath}/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    }),
  );
const actors = {
  confirm,
  sweep: (files) => files.sweep(),
  erase: (files, id) => files.as({ userId: owner }).erase(id),
  replace: (files, id) => files.as({ userId: owner }).claim([], { kind: 'photos', replacing: [id] }),
  'erase the owner': (files) => files.eraseOwner(owner),
} satisfies Record<string, Actor>;
export type ActorName = keyof typeof actors;

/** Whom the schedules bring together; the first of each pair is the one that meets the fault. */
export const pairs: [ActorName, ActorName | null][] = [
  ['confirm', null],
  ['confirm', 'confirm'],
  ['confirm', 'sweep'],
  ['confirm', 'erase'],
  ['confirm', 'replace'],
  ['confirm', 'erase the owner'],
  ['sweep', 'confirm'],
  ['erase', 'confirm'],
  ['erase', 'sweep'],
  ['erase the owner', 'confirm'],
];
/**
 * Uploads one file and lets two processes work on it at once, of which the first meets a fault at some call to the
 * outside. Then a healthy sweeper runs. Nothing may be lost, left over, or done by halves.
 */
export async function expectConsistent(
  seed: number,
  [first, second]: (typeof pairs)[number],
  inner: RecordStore,
  host: HostTable | null,
): Promise<void> {
  const random = randomFrom(seed);
  const world = worldOver(inner, host);
  const id = freshId();
  await world.upload(id);
  const kind = faultKinds[Math.floor(random() * faultKinds.length)] ?? 'reply-lost';
  const at = 1 + Math.floor(random() * 12);
  const calm = (): Process => startProcess(random, null);
  if (first === 'erase' && second === 'sweep') await confirm(world.serve(calm()), id);
  if (first === 'sweep') await world.abandonConfirm(id);

  const faulty = startProcess(random, { at, kind });
  const one = Promise.allSettled([actors[first](world.serve(faulty), id)]);
  const other = Promise.allSettled(second === null ? [] : [actors[second](world.serve(calm()), id)]);
  await Promise.race([one, faulty.frozen]);
  await other;

  const healthy = world.serve(calm());
  world.move(2 * minute);
  await healthy.sweep();
  await world.check(id, 'after one sweep');
  faulty.thaw();
  await one;
  await world.check(id, 'after a sleeper woke up');
  world.move(2 * minute);
  await healthy.sweep();
  world.move(9 * day);
  await healthy.sweep();
  await world.check(id, 'after the pending time');
  world.move(9 * day);
  await healthy.sweep();
  world.move(2 * day);
  await healthy.sweep();
  await world.checkEnd(id);
}

function worldOver(inner: RecordStore, host: HostTable | null) {
  let now = Date.UTC(2030, 0, 1);
  const bytes = memoryStorage();
  const keys = new Set<string>();
  const hookRuns = new Map<string, number>();
  let mostAttempts = 0;
  const rowOf = async (id: string): Promise<LedgerRow | undefined> => (await inner.find(owner, [id]))[0];
  const liveKeys = async (): Promise<string[]> => {
    const present = await Promise.all([...keys].map(async (key) => ((await bytes.head(key)) === null ? [] : [key])));
    return present.flat().filter((key) => key !== 'canary');
  };
  const watched: Storage = {
    ...bytes,
    write: (key, ...rest) => (keys.add(key), bytes.write(key, ...rest)),
    promote: (from, to, options) => (keys.add(to), bytes.promote(from, to, options)),
    async erase(key) {
      const rows = await inner.list({ owner, states: ['stored'], limit: 10 });
      expect(
        rows.map((row) => row.key),
        'a key that a live row names is never deleted',
      ).not.toContain(key);
      await bytes.erase(key);
    },
  };
  const serve = (process: Process): UploadServer => {
    return createUploadServer({
      kinds,
      authenticate: () => ({ userId: owner }),
      storage: storageThrough(process, watched),
      records: recordsThrough(process, inner),
      secret,
      logger: { error: () => undefined, warn: () => undefined },
      ports: {
        now: () => now,
        sleep: async (milliseconds) => {
          now += milliseconds;
          await new Promise((resolve) => setImmediate(resolve));
        },
      },
      hooks: {
        photos: {
          onStored: ({ record, attempt, tx }) =>
            process.outside(
              async () => {
                hookRuns.set(record.id, (hookRuns.get(record.id) ?? 0) + 1);
                mostAttempts = Math.max(mostAttempts, attempt);
                if (tx !== undefined) await host?.add(record.id, tx);
                return { saved: record.id };
              },
              tx === undefined ? undefined : 'holding',
            ),
        },
      },
    });
  };

  return {
    serve,
    move: (milliseconds: number) => void (now += milliseconds),
    async upload(id: string): Promise<void> {
      const files = serve(startProcess(() => 0, null));
      const body = png();
      const file = { id, kind: 'photos', name: 'a.png', type: 'image/png', size: body.length, metadata: {} };
      const headers = { 'content-type': 'application/json' };
      const asked = await files.handler(
        new Request(`${origin}${basePath}/presign`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ files: [file] }),
        }),
      );
      const [plan] = ((await asked.json()) as { files: { url: string; headers: Record<string, string> }[] }).files;
      const put = await files.handler(
        new Request(plan?.url ?? '', { method: 'PUT', headers: plan?.headers ?? {}, body }),
      );
      expect(put.status).toBe(200);
    },
    /** As if a process had died right after its take. */
    async abandonConfirm(id: string): Promise<void> {
      const patch = { state: 'confirming', nonce: 'dead', leaseUntil: now, dueAt: now, attempt: 'next' } as const;
      await inner.change(owner, [id], {}, patch);
    },
    /** Row and object agree, and every other object is one the ledger knows of. */
    async check(id: string, when: string): Promise<void> {
      const row = await rowOf(id);
      const present = await liveKeys();
      if (row?.state === 'stored') expect(present, `${when}: a stored row has its object`).toContain(row.key);
      const known = row === undefined ? [] : [...row.loose, row.key];
      expect(known, `${when}: the ledger knows every object`).toEqual(expect.arrayContaining(present));
      const runs = hookRuns.get(id) ?? 0;
      if (row?.state === 'stored') expect(runs, `${when}: the host was told`).toBeGreaterThan(0);
      expect(runs, `${when}: not more often than there were attempts`).toBeLessThanOrEqual(Math.max(mostAttempts, 1));
      if (host !== null && row?.state === 'stored') expect(await host.count(id), `${when}: the host's row`).toBe(1);
      if (host !== null && runs === 0) expect(await host.count(id)).toBe(0);
    },
    /** Long afterwards: an object and its row, or neither. */
    async checkEnd(id: string): Promise<void> {
      const row = await rowOf(id);
      expect(['stored', undefined]).toContain(row?.state);
      expect(await liveKeys()).toEqual(row === undefined ? [] : [row.key]);
      expect(row?.loose ?? []).toEqual([]);
    },
  };
}
