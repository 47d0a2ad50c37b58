import type { Clock } from './ports.ts';

/** Milliseconds. Nothing in the engine waits for another party without one of these. */
export interface Limits {
  /** A small request: presign, sign a part, complete, confirm. */
  control: number;
  /** No body byte moved. */
  stall: number;
  /** The whole body is out and no answer comes. */
  response: number;
  /** One call of the host's `onUploaded`. */
  record: number;
}

export const defaultLimits: Limits = { control: 15_000, stall: 30_000, response: 60_000, record: 15_000 };

/**
 * One deadline that is moved, not replaced: bytes move it sixty times a second and steps of an attempt a few times
 * each, so the timer behind it is only set again once it has fired too early.
 */
export class Watchdog {
  #deadline = Infinity;
  #limit = Infinity;
  #firesAt = Infinity;
  #cancel: (() => void) | null = null;
  readonly #clock: Clock;
  readonly #onExpire: () => void;

  constructor(clock: Clock, onExpire: () => void) {
    this.#clock = clock;
    this.#onExpire = onExpire;
  }

  /** From now on, this much silence is too much. `Infinity` lets it rest. */
  expectWithin(limit: number): void {
    this.#limit = limit;
    this.alive();
    if (this.#deadline < this.#firesAt) this.#arm();
  }

  /** Something happened. */
  alive(): void {
    this.#deadline = this.#clock.now() + this.#limit;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#deadline = this.#firesAt = Infinity;
  }

  #arm(): void {
    this.#cancel?.();
    this.#firesAt = this.#deadline;
    this.#cancel = this.#clock.after(this.#deadline - this.#clock.now(), () => {
      this.#cancel = null;
      this.#firesAt = Infinity;
      if (this.#deadline === Infinity) return;
      if (this.#deadline > this.#clock.now()) this.#arm();
      else this.#onExpire();
    });
  }
}
