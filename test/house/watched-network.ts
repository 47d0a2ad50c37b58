import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';

/** A run whose every Node process and worker writes down the hosts it asks for; the rest of the folder is free to use. */
export interface WatchedNetwork {
  folder: string;
  env: NodeJS.ProcessEnv;
  /** How many processes and workers were watched: 0 would prove nothing. */
  watched(): number;
  /** Hosts outside loopback, each with the script that asked. */
  outside(): string[];
  forget(): void;
}

export function watchNetwork(): WatchedNetwork {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-network-'));
  const log = join(folder, 'hosts.txt');
  const preload = resolve('scripts/watch-network.cjs');
  const lines = (start: string): string[] =>
    (existsSync(log) ? readFileSync(log, 'utf8') : '').split('\n').filter((line) => line.startsWith(`${start} `));
  return {
    folder,
    env: {
      ...process.env,
      SLIPWAY_NETWORK_LOG: log,
      NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --require ${JSON.stringify(preload)}`.trim(),
    },
    watched: () => lines('watching').length,
    outside: () => lines('outside').map((line) => line.slice('outside '.length)),
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every host a Chromium asked for, from the log that `--log-net-log` makes it write. */
export function hostsInNetLog(file: string): string[] {
  const { events } = JSON.parse(readFileSync(file, 'utf8')) as { events: { params?: { url?: unknown } }[] };
  const urls = events.flatMap(({ params }) => (typeof params?.url === 'string' ? [params.url] : []));
  return [...new Set(urls.filter((url) => /^(?:https?|wss?):/.test(url)).map((url) => new URL(url).hostname))];
}
