import { UploadError } from '../../core/errors.ts';
import type { Condition, LedgerRow, Query, RecordStore } from '../record-store.ts';
import type { Projection } from './postgres-projection.ts';
import { projectInto, unprojectFrom } from './postgres-projection.ts';
import { fromAnswer, toColumns } from './postgres-row.ts';

export { b2Files, uploadcareFiles, type Projection } from './postgres-projection.ts';
export { postgresSchema } from './postgres-schema.ts';

/** Statements that happen together or not at all, as Neon's `sql.transaction` offers them. */
export type Batch = (statements: { text: string; params: unknown[] }[]) => Promise<({ rows: unknown[] } | unknown[])[]>;

export interface PostgresOptions {
  /** `pool.query.bind(pool)` of pg or Neon, `sql.query` of Neon over HTTP, `db.query.bind(db)` of PGlite. */
  query: Query;
  batch?: Batch | undefined;
  /** Runs `work` with a query inside one transaction. With it, what a hook writes through `tx` is exactly once. */
  transaction?: (<T>(work: (query: Query) => Promise<T>) => Promise<T>) | undefined;
  /** Keeps a row in a table of your own beside ours, in the statement that commits. */
  project?: Projection | undefined;
  /** Row-level security by `app.user_id`. The sweeper sees all rows, so it needs a role (and query) of its own. */
  rowLevelSecurity?: { sweeper: Query } | undefined;
}

type Run = (owner: string, text: string, params: (string | null)[]) => Promise<unknown[]>;

/** The ledger in PostgreSQL 13 or later, over any driver. Every parameter is text and every answer is one JSON column. */
export function postgresRecords(options: PostgresOptions): RecordStore {
  const { query, batch, transaction, project, rowLevelSecurity } = options;
  if (rowLevelSecurity !== undefined && batch === undefined && transaction === undefined) {
    throw new TypeError(
      'postgresRecords: row-level security needs `batch` or `transaction`: a setting must not outlive its statement',
    );
  }
  const all = rowLevelSecurity?.sweeper ?? query;
  const open: Run = (_owner, text, params) => ask(query, text, params);
  const inside =
    (inner: Query): Run =>
    async (owner, text, params) => {
      if (rowLevelSecurity !== undefined) await ask(inner, setOwner, [owner]);
      return ask(inner, text, params);
    };
  const store = storeOver(rowLevelSecurity === undefined ? open : secured(batch, transaction), all, project);
  return {
    ...store,
    within: (inner) => storeOver(inside(inner), inner, project),
    ...(transaction === undefined
      ? {}
      : {
          transaction: (run, owner) =>
            transaction(async (inner) => {
              // a hook writes before we do, and its tables may know owners too
              if (rowLevelSecurity !== undefined) await ask(inner, setOwner, [owner]);
              return run(storeOver(inside(inner), inner, project), inner);
            }),
        }),
  };
}

const setOwner = `SELECT set_config('app.user_id', $1::text, true)`;
const answer = 'to_jsonb(u)::text AS row';

const rowsOf = (answers: unknown[]): LedgerRow[] => answers.map((row) => fromAnswer(row));

function storeOver(run: Run, all: Query, project: Projection | undefined): RecordStore {
  return {
    async insert(rows, now) {
      const [first] = rows;
      if (first === undefined) return [];
      const made = await run(
        first.owner,
        `WITH input AS (SELECT * FROM jsonb_populate_recordset(NULL::slipway_uploads, $1::text::jsonb)),
        made AS (INSERT INTO slipway_uploads AS u SELECT * FROM input WHERE NOT EXISTS (
          SELECT 1 FROM slipway_counters WHERE name = 'fence:' || input.owner AND until > $2::text::timestamptz
        ) ON CONFLICT (owner, id) DO NOTHING RETURNING ${answer})
        SELECT row FROM made UNION ALL SELECT ${answer} FROM slipway_uploads u JOIN input USING (owner, id)`,
        [JSON.stringify(rows.map((row) => toColumns(row))), iso(now)],
      );
      const found = rowsOf(made);
      const there = new Set(found.map(({ id }) => id));
      const unseen = rows.filter(({ id }) => !there.has(id));
      // made by somebody else since this statement's snapshot, or fenced
      return unseen.length === 0
        ? found
        : [
            ...found,
            ...(await this.find(
              first.owner,
              unseen.map(({ id }) => id),
            )),
          ];
    },
    async find(owner, ids) {
      const where = 'u.owner = $1::text AND u.id = ANY($2::text::uuid[])';
      return rowsOf(await run(owner, `SELECT ${answer} FROM slipway_uploads u WHERE ${where}`, [owner, list(ids)]));
    },
    async findStored(id) {
      const text = `SELECT ${answer} FROM slipway_uploads u WHERE u.id = $1::text::uuid AND (u.state = 'stored' OR (u.state = 'deleting' AND u.leaving = 'replaced')) ORDER BY u.stored_at LIMIT 1`;
      return rowsOf(await ask(all, text, [id]))[0] ?? null;
    },
    async list({ owner, states, kind, before, limit }) {
      const text = `SELECT ${answer} FROM slipway_uploads u WHERE u.owner = $1::text AND u.state = ANY($2::text::text[])
        AND ($3::text IS NULL OR u.kind = $3::text) AND ($4::text IS NULL OR u.id < $4::text::uuid)
        ORDER BY u.id DESC LIMIT $5::text::int`;
      return rowsOf(await run(owner, text, [owner, list(states), kind ?? null, before ?? null, String(limit)]));
    },
    async change(owner, ids, condition, { attempt, ...values }) {
      const fields = toColumns(values);
      const columns = Object.keys(fields);
      const { where, params } = matching(condition, [owner, list(ids), JSON.stringify(fields)]);
      const sets = [
        ...(columns.length === 0
          ? []
          : [
              `(${columns.join(', ')}) = (SELECT ${columns.map((column) => `p.${column}`).join(', ')} FROM jsonb_populate_record(NULL::slipway_uploads, $3::text::jsonb) p)`,
            ]),
        ...(attempt === 'next' ? ['attempt = u.attempt + 1'] : []),
      ];
      // a patch without values still has to mention its parameter
      const update = `UPDATE slipway_uploads u SET ${sets.join(', ')} WHERE u.owner = $1::text AND u.id = ANY($2::text::uuid[]) AND $3::text IS NOT NULL${where} RETURNING u.*`;
      const mirror =
        project === undefined
          ? ''
          : values.state === 'stored' && values.key !== undefined
            ? projectInto(project)
            : values.state === 'erased'
              ? unprojectFrom(project)
              : '';
      return rowsOf(await run(owner, `WITH won AS (${update})${mirror} SELECT ${answer} FROM won u`, params));
    },
    async take({ now, leaseUntil, nonce, limit }) {
      const text = `UPDATE slipway_uploads u SET lease_until = $2::text::timestamptz, nonce = $3::text, attempt = u.attempt + 1
        WHERE (u.owner, u.id) IN (SELECT owner, id FROM slipway_uploads WHERE due_at <= $1::text::timestamptz
          AND (lease_until IS NULL OR lease_until <= $1::text::timestamptz)
          ORDER BY due_at FOR UPDATE SKIP LOCKED LIMIT $4::text::int) RETURNING ${answer}`;
      return rowsOf(await ask(all, text, [iso(now), iso(leaseUntil), nonce, String(limit)]));
    },
    async drop(owner, id, condition) {
      const { where, params } = matching(condition, [owner, id]);
      const text = `DELETE FROM slipway_uploads u WHERE u.owner = $1::text AND u.id = $2::text::uuid${where} RETURNING u.id::text`;
      return (await run(owner, text, params)).length > 0;
    },
    async count({ name, amount, limit, now, until }) {
      const text = `INSERT INTO slipway_counters AS c (name, value, until)
        SELECT $1::text, GREATEST(0, $2::text::bigint), $5::text::timestamptz WHERE $2::text::bigint <= $3::text::bigint
        ON CONFLICT (name) DO UPDATE SET until = excluded.until,
          value = GREATEST(0, $2::text::bigint + CASE WHEN c.until <= $4::text::timestamptz THEN 0 ELSE c.value END)
        WHERE $2::text::bigint + CASE WHEN c.until <= $4::text::timestamptz THEN 0 ELSE c.value END <= $3::text::bigint
        RETURNING value::text`;
      return (await ask(all, text, [name, String(amount), String(limit), iso(now), iso(until)])).length > 0;
    },
    async tidy(now) {
      await ask(all, `DELETE FROM slipway_counters WHERE until <= $1::text::timestamptz`, [iso(now)]);
    },
    async fence(owner, until) {
      const text = `INSERT INTO slipway_counters (name, value, until) VALUES ('fence:' || $1::text, 1, $2::text::timestamptz)
        ON CONFLICT (name) DO UPDATE SET until = excluded.until`;
      await ask(all, text, [owner, iso(until)]);
    },
  };
}

/** Sets the owner and runs the statement as one unit, so that a pooled connection never keeps the setting. */
function secured(batch: Batch | undefined, transaction: PostgresOptions['transaction']): Run {
  return async (owner, text, params) => {
    if (batch !== undefined) {
      const answers = await named(
        batch([
          { text: setOwner, params: [owner] },
          { text, params },
        ]),
      );
      return rowsIn(answers[1] ?? []);
    }
    return (
      (await transaction?.(async (query) => {
        await ask(query, setOwner, [owner]);
        return ask(query, text, params);
      })) ?? []
    );
  };
}

function matching({ states, nonce, freeAt, uploadId }: Condition, first: (string | null)[]) {
  const params = [...first];
  const next = (value: string): string => `$${params.push(value)}::text`;
  const parts = [
    states === undefined ? '' : ` AND u.state = ANY(${next(list(states))}::text[])`,
    nonce === undefined ? '' : ` AND u.nonce = ${next(nonce)}`,
    freeAt === undefined ? '' : ` AND (u.lease_until IS NULL OR u.lease_until <= ${next(iso(freeAt))}::timestamptz)`,
    uploadId === undefined
      ? ''
      : uploadId === null
        ? ` AND u.upload_id IS NULL`
        : ` AND u.upload_id = ${next(uploadId)}`,
  ];
  return { where: parts.join(''), params };
}

const iso = (time: number): string => new Date(time).toISOString();
/** An array literal; our own words and UUIDs only, so nothing needs quoting. */
const list = (items: readonly string[]): string => `{${items.join(',')}}`;

const rowsIn = (answered: { rows: unknown[] } | unknown[]): unknown[] =>
  Array.isArray(answered) ? answered : answered.rows;

const ask = async (query: Query, text: string, params: (string | null)[]): Promise<unknown[]> =>
  rowsIn(await named(query(text, params)));

/** Says of a missing table how to make it. */
async function named<T>(answering: Promise<T>): Promise<T> {
  try {
    return await answering;
  } catch (cause) {
    if ((cause as { code?: unknown } | null)?.code !== '42P01') throw cause;
    const command = 'npx slipway schema';
    throw new UploadError(
      'schema-missing',
      { command },
      { cause, message: `a table is missing; make it with: ${command}` },
    );
  }
}
