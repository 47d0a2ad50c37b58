import type { Pool } from 'pg';
import type { Query } from '../../src/server/record-store.ts';

/** Node-postgres as the docs bind it: the pool for single statements, one client for a transaction. */
export const overPool = (
  pool: Pool,
): { query: Query; transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T> } => ({
  query: pool.query.bind(pool),
  async transaction(work) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const value = await work((text, params) => client.query(text, params));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  },
});
