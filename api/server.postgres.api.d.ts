// server/records/postgres.d.ts
import type { Query, RecordStore } from '../record-store.ts';
import type { Projection } from './postgres-projection.ts';
export { b2Files, uploadcareFiles, type Projection } from './postgres-projection.ts';
export { postgresSchema } from './postgres-schema.ts';
/** Statements that happen together or not at all, as Neon's `sql.transaction` offers them. */
export type Batch = (statements: {
    text: string;
    params: unknown[];
}[]) => Promise<({
    rows: unknown[];
} | unknown[])[]>;
export interface PostgresOptions {
    /** `pool.query.bind(pool)` of pg or Neon, `sql.query` of Neon over HTTP, `db.query.bind(db)` of PGlite. */
    query: Query;
    batch?: Batch | undefined;
    /** Runs `work` with a query inside one transaction. With it, what a hook writes through `tx` is exactly once. */
    transaction?: (<T>(work: (query: Query) => Promise<T>) => Promise<T>) | undefined;
    /** Keeps a row in a table of your own beside ours, in the statement that commits. */
    project?: Projection | undefined;
    /** Row-level security by `app.user_id`. The sweeper sees all rows, so it needs a role (and query) of its own. */
    rowLevelSecurity?: {
        sweeper: Query;
    } | undefined;
}
/** The ledger in PostgreSQL 13 or later, over any driver. Every parameter is text and every answer is one JSON column. */
export declare function postgresRecords(options: PostgresOptions): RecordStore;

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

// server/records/postgres-projection.d.ts
/** A table of yours that gets a row whenever a file is stored, and loses it when the file is erased. */
export interface Projection {
    table: string;
    /** Your column for each of ours. */
    columns: Readonly<Record<string, 'key' | 'url' | 'owner' | 'id' | 'kind' | 'name' | 'size' | 'type'>>;
    /** Your unique column, which must be mapped to `key` or `id`. */
    unique: string;
    /** Only files of this provider; all by default. */
    provider?: string;
}
/** The table of the Backblaze B2 guide, as printed there. */
export declare const b2Files: (table?: string) => Projection;
/** The table of the Uploadcare guide, as printed there. */
export declare const uploadcareFiles: (table?: string) => Projection;
/** Follows the statement that commits: one more row in the host's table, in the same breath. */
export declare function projectInto({ table, columns, unique, provider }: Projection): string;
export declare function unprojectFrom({ table, columns, unique, provider }: Projection): string;

// server/records/postgres-schema.d.ts
/** The statements that make our tables; harmless when run again. `npx slipway schema` prints them. */
export declare const postgresSchema: ({ rowLevelSecurity }?: {
    rowLevelSecurity?: boolean;
}) => string;
