import type { LedgerRow, Patch } from '../record-store.ts';

const times = new Set(['leaseUntil', 'createdAt', 'addressUntil', 'expiresAt', 'storedAt', 'claimedAt', 'dueAt']);

const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const fieldOf = (column: string): string => column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A row or a patch as JSON that `jsonb_populate_record` reads by the table's own types. */
export function toColumns(values: LedgerRow | Omit<Patch, 'attempt'>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [
        columnOf(field),
        times.has(field) && typeof value === 'number' ? new Date(value).toISOString() : value,
      ]),
  );
}

/** Our statements answer `to_jsonb(row)::text`, so that no driver's idea of bigint or of time gets between. */
export function fromAnswer(answer: unknown): LedgerRow {
  const columns = JSON.parse((answer as { row: string }).row) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(columns).map(([column, value]) => {
      const field = fieldOf(column);
      return [field, times.has(field) && typeof value === 'string' ? Date.parse(value) : value];
    }),
  ) as unknown as LedgerRow; // the columns are those of postgres-schema.ts
}
