import type { KindMapOf, Kinds } from '../core/kinds.ts';
import type { Clock } from '../core/ports.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { KindMap, Provider } from '../core/provider.ts';
import { lateProvider } from './late.ts';

/** One thing that goes wrong, as data. */
export interface MemoryFault {
  at: 'upload' | 'confirm';
  /**
   * A code fails with it. `stall`: no further byte moves. `no-answer`: all is sent, nothing comes back.
   * `lost-reply`: the file is stored, and the answer is lost.
   */
  fail: ErrorCode | 'stall' | 'no-answer' | 'lost-reply';
  /** Share of the bytes that get through first, 0..1. Default 0. */
  after?: number | undefined;
  /** How often, from the first upload it fits. Default 1. */
  times?: number | undefined;
  /** Only for files of this name. */
  name?: string | undefined;
  /** Milliseconds the failing store asks to wait. */
  retryAfter?: number | undefined;
}

export interface MemoryOptions<K extends Kinds = Kinds> {
  kinds?: K | undefined;
  /** Milliseconds before anything answers. Default 0. */
  latency?: number | undefined;
  /** Bytes per second of one upload. Default: all at once. */
  bandwidth?: number | undefined;
  /** Looked at whenever something is about to happen, so a test may change its own list on the way. */
  script?: readonly MemoryFault[] | undefined;
  /** Bodies at once. Default: as the engine decides. */
  width?: number | undefined;
  clock?: Clock | undefined;
}

/** The objects by id, for tests and stories to look at. */
export type MemoryProvider<T extends KindMap> = Provider<T> & { readonly objects: ReadonlyMap<string, Blob> };

/**
 * Keeps files in this page. For first steps, stories and tests: it behaves like a store at the other end of a
 * line, with its latency, its speed and its bad days, and is exactly repeatable under an injected clock.
 */
export function memory<const K extends Kinds = Kinds>(options: MemoryOptions<K> = {}): MemoryProvider<KindMapOf<K>> {
  const objects = new Map<string, Blob>();
  const { kinds, width = Infinity } = options;
  const provider = lateProvider<KindMapOf<K>>(
    {
      name: 'memory',
      capabilities: { progress: true, abort: true, resume: true, width },
      kinds,
    },
    ['upload', 'confirm', 'verify', 'discard', 'remove', 'url'],
    async () => (await import('./memory/keep.ts')).keepInMemory(options, objects),
  );
  return { ...provider, objects };
}
