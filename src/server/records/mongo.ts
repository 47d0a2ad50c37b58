import type { Condition, LedgerRow, ListQuery, Patch, RecordStore } from '../record-store.ts';

/** @internal */
interface Document {
  [field: string]: unknown;
}
/** @internal */
interface Cursor {
  sort(order: Record<string, 1 | -1>): Cursor;
  limit(count: number): Cursor;
  toArray(): Promise<Document[]>;
}
/** What we use of a collection of the official driver, 6 or later. */
export interface MongoCollection {
  insertOne(document: Document, options?: Document): Promise<unknown>;
  find(filter: Document, options?: Document): Cursor;
  findOneAndUpdate(filter: Document, update: Document, options: Document): Promise<Document | null>;
  deleteMany(filter: Document, options?: Document): Promise<{ deletedCount: number }>;
  createIndexes(indexes: { key: Record<string, 1 | -1> }[]): Promise<unknown>;
}

const durable = { writeConcern: { w: 'majority' } };
const primary = { readPreference: 'primary' };

/**
 * The ledger in one MongoDB collection of its own. One document a row, named by owner and id, so that no index is
 * needed for correctness; counters are documents beside them.
 */
export function mongoRecords({ collection }: { collection: MongoCollection }): RecordStore {
  let indexed: Promise<unknown> | undefined;
  const ready = async (): Promise<MongoCollection> => {
    indexed ??= collection.createIndexes([{ key: { owner: 1, id: -1 } }, { key: { id: 1 } }, { key: { dueAt: 1 } }]);
    await indexed.catch((error: unknown) => {
      indexed = undefined; // asked again next time
      throw error;
    });
    return collection;
  };
  const update = async (filter: Document, change: Document, options: Document = {}): Promise<Document | null> =>
    (await ready()).findOneAndUpdate(filter, change, {
      returnDocument: 'after',
      includeResultMetadata: false,
      ...durable,
      ...options,
    });
  const find = async (filter: Document, order: Record<string, 1 | -1> = {}, limit = 0): Promise<LedgerRow[]> => {
    const cursor = (await ready()).find(filter, primary);
    return (await cursor.sort(order).limit(limit).toArray()).map((document) => toRow(document));
  };
  const count: RecordStore['count'] = async ({ name, amount, limit, now, until }) => {
    const key = { _id: `counter ${name}` };
    // first as if it were there and running, then as if it were over, then as if it were new
    const room = amount > 0 ? { value: { $lte: limit - amount } } : amount === 0 ? { value: { $lte: limit } } : {};
    const running = await update(
      { ...key, until: { $gt: now }, ...room },
      { $inc: { value: amount }, $set: { until } },
    );
    if (running !== null) return true;
    if (amount > limit) return false;
    const start = { value: Math.max(0, amount), until };
    if ((await update({ ...key, until: { $lte: now } }, { $set: start })) !== null) return true;
    try {
      await (await ready()).insertOne({ ...key, ...start }, durable);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    // it is there, so it was full; or somebody made it a moment ago
    return (await update({ ...key, until: { $gt: now }, ...room }, { $inc: { value: amount } })) !== null;
  };

  return {
    async insert(rows, now) {
      const [first] = rows;
      if (first === undefined) return [];
      const fenced = await (
        await ready()
      )
        .find({ _id: `counter fence:${first.owner}`, until: { $gt: now } }, primary)
        .toArray();
      const known = await this.find(
        first.owner,
        rows.map(({ id }) => id),
      );
      const there = new Set(known.map(({ id }) => id));
      const fresh = fenced.length > 0 ? [] : rows.filter(({ id }) => !there.has(id));
      const made = await Promise.all(
        fresh.map(async (row) => {
          try {
            await (await ready()).insertOne(toDocument(row), durable);
            return [row];
          } catch (error) {
            if (isDuplicate(error)) return this.find(row.owner, [row.id]);
            throw error;
          }
        }),
      );
      return [...known, ...made.flat()];
    },
    find: (owner, ids) => find({ _id: { $in: ids.map((id) => nameOf(owner, id)) } }),
    async findStored(id) {
      return (await find({ id, ...readable }, { storedAt: 1 }, 1))[0] ?? null;
    },
    list: ({ owner, states, kind, before, limit }: ListQuery) =>
      find(
        {
          owner,
          state: { $in: [...states] },
          ...(kind === undefined ? {} : { kind }),
          ...(before === undefined ? {} : { id: { $lt: before } }),
        },
        { id: -1 },
        limit,
      ),
    async change(owner, ids, condition, patch) {
      const changed: LedgerRow[] = [];
      for (const id of ids) {
        const document = await update({ _id: nameOf(owner, id), ...matching(condition) }, setting(patch));
        if (document !== null) changed.push(toRow(document));
      }
      return changed;
    },
    async take({ now, leaseUntil, nonce, limit }) {
      const taken: LedgerRow[] = [];
      while (taken.length < limit) {
        const filter = { dueAt: { $ne: null, $lte: now }, ...matching({ freeAt: now }) };
        const document = await update(filter, setting({ leaseUntil, nonce, attempt: 'next' }), { sort: { dueAt: 1 } });
        if (document === null) break;
        taken.push(toRow(document));
      }
      return taken;
    },
    async drop(owner, id, condition) {
      const filter = { _id: nameOf(owner, id), ...matching(condition) };
      return (await (await ready()).deleteMany(filter, durable)).deletedCount > 0;
    },
    count,
    async tidy(now) {
      await (await ready()).deleteMany({ until: { $lte: now } }, durable);
    },
    async fence(owner, until) {
      await count({ name: `fence:${owner}`, amount: 1, limit: Number.MAX_SAFE_INTEGER, now: 0, until });
    },
  };
}

const nameOf = (owner: string, id: string): string => `upload ${id} ${owner}`;
const toDocument = (row: LedgerRow): Document => ({ _id: nameOf(row.owner, row.id), ...row });

function toRow({ _id, ...fields }: Document): LedgerRow {
  return fields as unknown as LedgerRow; // written by toDocument and setting
}

function setting({ attempt, ...values }: Patch): Document {
  const $set = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return { ...(Object.keys($set).length > 0 ? { $set } : {}), ...(attempt === 'next' ? { $inc: { attempt: 1 } } : {}) };
}

function matching({ states, nonce, freeAt, uploadId }: Condition): Document {
  return {
    ...(states === undefined ? {} : { state: { $in: [...states] } }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(uploadId === undefined ? {} : { uploadId }),
    ...(freeAt === undefined ? {} : { $or: [{ leaseUntil: null }, { leaseUntil: { $lte: freeAt } }] }),
  };
}

const readable = { $or: [{ state: 'stored' }, { state: 'deleting', leaving: 'replaced' }] };

const isDuplicate = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 11000;
