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
export const b2Files = (table = 'b2_files'): Projection => ({
  table,
  columns: { object_key: 'key', file_url: 'url', user_id: 'owner' },
  unique: 'object_key',
  provider: 'presigned',
});

/** The table of the Uploadcare guide, as printed there. */
export const uploadcareFiles = (table = 'uploadcare_files'): Projection => ({
  table,
  columns: { file_id: 'key', file_url: 'url', user_id: 'owner' },
  unique: 'file_id',
  provider: 'uploadcare',
});

/** Follows the statement that commits: one more row in the host's table, in the same breath. */
export function projectInto({ table, columns, unique, provider }: Projection): string {
  const theirs = Object.keys(columns).map((name) => quoted(name));
  const ours = Object.values(columns).map((name) => `won.${quoted(name)}`);
  return `, projected AS (INSERT INTO ${quoted(table)} (${theirs.join(', ')}) SELECT ${ours.join(', ')} FROM won${only(provider)} ON CONFLICT (${quoted(unique)}) DO NOTHING)`;
}

export function unprojectFrom({ table, columns, unique, provider }: Projection): string {
  const ours = quoted(columns[unique] ?? 'key');
  return `, projected AS (DELETE FROM ${quoted(table)} WHERE ${quoted(unique)} IN (SELECT won.${ours} FROM won${only(provider)}))`;
}

const only = (provider: string | undefined): string =>
  provider === undefined ? '' : ` WHERE won.provider = '${provider.replaceAll("'", "''")}'`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
