import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool, type PoolClient } from 'pg';

/** What the driver sends: one statement, or several that belong together. */
interface Statement {
  query: string;
  params?: unknown[];
}
interface NeonHttp {
  /** For `neonConfig.fetchEndpoint`. */
  url: string;
  close(): Promise<void>;
}

const levels: Record<string, string> = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
};
const told = ['message', 'severity', 'code', 'detail', 'hint', 'schema', 'table', 'column', 'constraint', 'routine'];

/**
 * The SQL-over-HTTP endpoint that Neon's driver speaks, in front of a PostgreSQL. Values travel as text, several
 * statements run in one transaction, and a database error is a 400 with the server's own fields.
 */
export async function startNeonHttp(postgres: string): Promise<NeonHttp> {
  const pool = new Pool({ connectionString: postgres, max: 20 });
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const body = (await readJson(request)) as Statement | { queries: Statement[] };
    if (!('queries' in body)) return run(pool, body);
    const client = await pool.connect();
    try {
      await client.query(`BEGIN ${modeOf(request)}`);
      const results: unknown[] = [];
      for (const statement of body.queries) results.push(await run(client, statement));
      await client.query('COMMIT');
      return { results };
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
  const server = createServer((request, response) => {
    const send = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    answer(request).then(
      (value) => send(200, value),
      (error: Record<string, unknown>) => send(400, Object.fromEntries(told.map((field) => [field, error[field]]))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sql`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

async function run(on: Pool | PoolClient, { query: text, params: values = [] }: Statement): Promise<unknown> {
  const types = { getTypeParser: () => (value: string | Buffer) => String(value) };
  const result = await on.query({ text, values, rowMode: 'array', types });
  const fields = result.fields.map(({ name, dataTypeID }) => ({ name, dataTypeID, format: 'text' }));
  return { command: result.command, rowCount: result.rowCount, rowAsArray: true, rows: result.rows, fields };
}

function modeOf({ headers }: IncomingMessage): string {
  const level = levels[String(headers['neon-batch-isolation-level'])];
  const isolation = level === undefined ? '' : `ISOLATION LEVEL ${level}`;
  return `${isolation} ${headers['neon-batch-read-only'] === 'true' ? 'READ ONLY' : ''}`;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}
