import type { Ports } from '../../core/ports.ts';
import type { AnyProvider } from '../../core/provider.ts';
import type { Fault } from './fault.ts';

/** What a request was for. `body` is a whole file or one part of it. */
export type StoreStep = 'presign' | 'body' | 'complete' | 'confirm' | 'verify' | 'discard' | 'remove';

/** One request as the store saw it. */
export interface StoreRequest {
  step: StoreStep;
  /** Milliseconds, by the clock of the rig. */
  at: number;
  /** Null while the store has neither answered nor been left. */
  endedAt: number | null;
  /** The object it is about; null where the store cannot know one. */
  key: string | null;
  /** Which part, from 1; absent for a whole file and for all other steps. */
  part?: number;
}

/** The store's side, for the suite to look at. Nothing here may ask the provider. */
export interface StoreView {
  /** Keys of the objects that are stored whole. */
  objects(): Awaitable<readonly string[]>;
  /** Every request that reached the store, oldest first. */
  requests(): Awaitable<readonly StoreRequest[]>;
  /** The bytes of an object, or null where there is none. */
  bytes(key: string): Awaitable<Uint8Array | null>;
}

/** A provider and the store behind it, which has the fault that was asked for. Made anew for every case. */
export interface Rig {
  provider: AnyProvider;
  store: StoreView;
  /** Ends the fault. */
  heal(): Awaitable<void>;
  /** Brought to the engine: a clock the rig can move, a transport. */
  ports?: Partial<Omit<Ports, 'online'>>;
  /** Lets so much time pass on a clock that is not the real one. Absent: the suite really waits. */
  advance?(milliseconds: number): Promise<void>;
  /** Texts that must never be seen outside of a request: signatures, tickets, tokens. */
  secrets?: readonly string[];
  /** The browser may send a body again by itself when its connection is reset. */
  resends?: boolean;
  /** How often the host has been asked to sign in. */
  signIns?(): number;
  /** Called after the case: closes servers, removes files. */
  dispose?(): Awaitable<void>;
}

/** A fault this provider cannot meet, and why; the report prints the reason. */
export interface NotApplicable {
  notApplicable: string;
}

export type Make = (fault: Fault | null) => Awaitable<Rig | NotApplicable>;

export type Awaitable<T> = T | Promise<T>;
