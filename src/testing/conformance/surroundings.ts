import { isUploadError } from '../../core/errors.ts';
import type { Clock, Online } from '../../core/ports.ts';

/** A clock whose running timers are counted. */
export interface CountedClock extends Clock {
  readonly timers: number;
}

export function countTimers(clock: Clock): CountedClock {
  const live = new Set<object>();
  const counted =
    (set: (task: () => void) => () => void) =>
    (task: () => void): (() => void) => {
      const timer = {};
      live.add(timer);
      const cancel = set(() => {
        live.delete(timer);
        task();
      });
      return () => {
        live.delete(timer);
        cancel();
      };
    };
  return {
    now: () => clock.now(),
    after: (milliseconds, task) => counted((run) => clock.after(milliseconds, run))(task),
    frame: (task) => counted((run) => clock.frame(run))(task),
    get timers() {
      return live.size;
    },
  };
}

/** The network as the suite says it is. */
export interface Switch extends Online {
  turn(on: boolean): void;
  readonly listeners: number;
}

export function createSwitch(): Switch {
  const listeners = new Set<() => void>();
  let on = true;
  return {
    now: () => on,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    turn(to) {
      on = to;
      for (const listener of listeners) listener();
    },
    get listeners() {
      return listeners.size;
    },
  };
}

/** What a page's own facilities saw during a case. */
export interface Surroundings {
  readonly rejections: readonly unknown[];
  /** Everything written to the console. */
  readonly written: readonly string[];
  /** Object addresses made and not given back. */
  readonly objectUrls: number;
  leave(): void;
}

/** The little of Node's process that is needed, where there is one. */
interface ProcessLike {
  on(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown;
  off(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown;
}
/** The same of a page. */
interface PageLike {
  addEventListener?(type: 'unhandledrejection', listener: (event: { reason: unknown }) => void): void;
  removeEventListener?(type: 'unhandledrejection', listener: (event: { reason: unknown }) => void): void;
}

const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;

/** Looks on at console, rejections and object addresses until `leave()`. One case at a time. */
export function watchSurroundings(): Surroundings {
  const rejections: unknown[] = [];
  const written: string[] = [];
  const urls = new Set<string>();
  const onRejection = (reason: unknown): void => void rejections.push(reason);
  const onEvent = ({ reason }: { reason: unknown }): void => onRejection(reason);
  const { process, ...page } = globalThis as unknown as { process?: Partial<ProcessLike> } & PageLike;
  process?.on?.('unhandledRejection', onRejection);
  page.addEventListener?.call(globalThis, 'unhandledrejection', onEvent);

  const console = globalThis.console;
  const originals = methods.map((method) => [method, console[method]] as const);
  for (const [method, original] of originals) {
    console[method] = (...words: unknown[]) => {
      written.push(words.map((word) => (isUploadError(word) ? word.message : String(word))).join(' '));
      original.apply(console, words);
    };
  }
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (object: Blob) => {
    const url = createObjectURL.call(URL, object);
    urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    urls.delete(url);
    revokeObjectURL.call(URL, url);
  };

  return {
    rejections,
    written,
    get objectUrls() {
      return urls.size;
    },
    leave() {
      process?.off?.('unhandledRejection', onRejection);
      page.removeEventListener?.call(globalThis, 'unhandledrejection', onEvent);
      for (const [method, original] of originals) console[method] = original;
      Object.assign(URL, { createObjectURL, revokeObjectURL });
    },
  };
}
