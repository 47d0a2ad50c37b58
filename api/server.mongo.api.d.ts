// server/records/mongo.d.ts
import type { RecordStore } from '../record-store.ts';
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
    deleteMany(filter: Document, options?: Document): Promise<{
        deletedCount: number;
    }>;
    createIndexes(indexes: {
        key: Record<string, 1 | -1>;
    }[]): Promise<unknown>;
}
/**
 * The ledger in one MongoDB collection of its own. One document a row, named by owner and id, so that no index is
 * needed for correctness; counters are documents beside them.
 */
export declare function mongoRecords({ collection }: {
    collection: MongoCollection;
}): RecordStore;
export {};

// server/record-store.d.ts: see server.api.d.ts

// core/json.d.ts: see core.api.d.ts

// core/record.d.ts: see core.api.d.ts

// core/crop-state.d.ts: see core.api.d.ts

// core/provider.d.ts: see core.api.d.ts

// core/id.d.ts: see core.api.d.ts

// core/kinds.d.ts: see core.api.d.ts

// core/rules.d.ts: see core.api.d.ts

// core/errors.d.ts: see core.api.d.ts

// core/size.d.ts: see core.api.d.ts

// core/standard-schema.d.ts: see core.api.d.ts

// core/send.d.ts: see core.api.d.ts
