import { Agent, request } from 'node:http';

export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Keeps so many requests going until all are answered. The first tenth only warms up. */
export async function load(width: number, count: number, ask: (index: number) => Promise<void>): Promise<Measured> {
  const times: number[] = [];
  const warm = Math.floor(count / 10);
  let next = 0;
  let from = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      if (index === warm) from = performance.now();
      const started = performance.now();
      await ask(index);
      if (index >= warm) times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  const seconds = (performance.now() - from) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? NaN;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
export const hangUp = (): void => agent.destroy();

/** Node's own client, which costs less than fetch, so that the server is what is measured. */
export const send = (
  method: string,
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<string> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method, agent, headers: { ...headers, 'content-length': String(body.length) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${method} ${url}: ${response.statusCode} ${text}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
