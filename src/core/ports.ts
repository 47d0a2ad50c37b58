import { UploadError } from './errors.ts';
import type { Json } from './json.ts';
import type { PrepareStep } from './prepare.ts';
import type { Send } from './send.ts';

/** Time as the engine sees it. Each call returns its undo. */
export interface Clock {
  now(): number;
  after(milliseconds: number, task: () => void): () => void;
  /** Before the next paint; in a hidden tab, where nothing is painted, soon. */
  frame(task: () => void): () => void;
}

export interface Online {
  now(): boolean;
  subscribe(listener: () => void): () => void;
}

export interface Random {
  /** 0 ≤ x < 1. */
  fraction(): number;
  bytes(length: number): Uint8Array;
}

/** Small JSON that outlives the page. */
export interface KeyValueStore {
  get(key: string): Promise<Json | undefined>;
  set(key: string, value: Json): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

/** Everything the engine needs from outside. Tests bring their own; a page brings the browser's. */
export interface Ports {
  clock: Clock;
  random: Random;
  online: Online;
  /** Null where nothing outlives the page. */
  store: KeyValueStore | null;
  /** What happens to each file before it is sent. */
  steps: readonly PrepareStep[];
  send: Send;
}

const timer = (milliseconds: number, task: () => void): (() => void) => {
  const handle = setTimeout(task, milliseconds);
  return () => clearTimeout(handle);
};

/** What works anywhere: real time, always online, nothing stored, nothing changed, nothing sent. */
export const inertPorts: Ports = {
  clock: { now: Date.now, after: timer, frame: (task) => timer(16, task) },
  random: {
    fraction: Math.random,
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(Math.random() * 256)),
  },
  online: { now: () => true, subscribe: () => () => undefined },
  store: null,
  steps: [],
  send: () =>
    Promise.reject(
      new UploadError('network', undefined, {
        retryable: false,
        message: 'this uploader has no transport: pass `ports.send`, or use it through the React hooks',
      }),
    ),
};
