import { isReadable } from '../records-of.ts';
import type { Condition, Counting, LedgerRow, Patch, RecordStore } from '../record-store.ts';

/** A ledger in this process: for tests and first steps. It is gone when the process is. */
export function memoryRecords(): RecordStore {
  const rows = new Map<string, LedgerRow>();
  const counters = new Map<string, { value: number; until: number }>();
  const here = (owner: string, ids: readonly string[]): LedgerRow[] =>
    ids.flatMap((id) => rows.get(nameOf(owner, id)) ?? []);
  const live = (name: string, now: number): number => {
    const counter = counters.get(name);
    return counter === undefined || counter.until <= now ? 0 : counter.value;
  };

  return {
    async insert(fresh, now) {
      return fresh.flatMap((row) => {
        const name = nameOf(row.owner, row.id);
        const earlier = rows.get(name);
        if (earlier === undefined) {
          if (live(fenceOf(row.owner), now) > 0) return [];
          rows.set(name, structuredClone(row));
        }
        return structuredClone(earlier ?? row);
      });
    },
    async find(owner, ids) {
      return structuredClone(here(owner, ids));
    },
    async findStored(id) {
      const found = [...rows.values()].filter((row) => row.id === id && isReadable(row));
      return structuredClone(found.sort((a, b) => (a.storedAt ?? 0) - (b.storedAt ?? 0))[0] ?? null);
    },
    async list({ owner, states, kind, before, limit }) {
      const found = [...rows.values()].filter(
        (row) =>
          row.owner === owner &&
          states.includes(row.state) &&
          (kind === undefined || row.kind === kind) &&
          (before === undefined || row.id < before),
      );
      return structuredClone(found.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit));
    },
    async change(owner, ids, condition, patch) {
      const changed = here(owner, ids).filter((row) => holds(row, condition));
      for (const row of changed) apply(row, patch);
      return structuredClone(changed);
    },
    async take({ now, leaseUntil, nonce, limit }) {
      const due = [...rows.values()].filter(
        (row) => row.dueAt !== null && row.dueAt <= now && holds(row, { freeAt: now }),
      );
      const taken = due.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).slice(0, limit);
      for (const row of taken) apply(row, { leaseUntil, nonce, attempt: 'next' });
      return structuredClone(taken);
    },
    async drop(owner, id, condition) {
      return here(owner, [id]).some((row) => holds(row, condition) && rows.delete(nameOf(owner, id)));
    },
    async count({ name, amount, limit, now, until }: Counting) {
      const value = live(name, now) + amount;
      if (value > limit) return false;
      counters.set(name, { value: Math.max(0, value), until });
      return true;
    },
    async tidy(now) {
      for (const [name, { until }] of counters) if (until <= now) counters.delete(name);
    },
    async fence(owner, until) {
      counters.set(fenceOf(owner), { value: 1, until });
    },
  };
}

const nameOf = (owner: string, id: string): string => JSON.stringify([owner, id]);
const fenceOf = (owner: string): string => `fence:${owner}`;

function holds(row: LedgerRow, { states, nonce, freeAt, uploadId }: Condition): boolean {
  return (
    (states === undefined || states.includes(row.state)) &&
    (nonce === undefined || row.nonce === nonce) &&
    (uploadId === undefined || row.uploadId === uploadId) &&
    (freeAt === undefined || row.leaseUntil === null || row.leaseUntil <= freeAt)
  );
}

function apply(row: LedgerRow, { attempt, ...values }: Patch): void {
  Object.assign(row, structuredClone(values));
  if (attempt === 'next') row.attempt += 1;
}
