/** How far one item is. A new object for every change, so a reference tells whether anything happened. */
export interface Progress {
  /** Body bytes that are out. */
  readonly sent: number;
  readonly total: number;
  /** 0..1; at most 0.99 until the item is `done`, since bytes that arrived are not yet a saved file. */
  readonly fraction: number;
  /** Bytes per second, smoothed; null while unknown. */
  readonly speed: number | null;
  /** Milliseconds; null while unknown. */
  readonly timeLeft: number | null;
}

export const noProgress: Progress = Object.freeze({ sent: 0, total: 0, fraction: 0, speed: null, timeLeft: null });

/** The share of `sent`, defined for empty files too and never above 0.99: only `done` says 1. */
export const fractionOf = (sent: number, total: number): number =>
  total > 0 ? Math.min(0.99, Math.max(0, sent / total)) : 0;

export function progressOf(sent: number, total: number, speed: number | null = null): Progress {
  const within = Math.min(Math.max(0, sent), total);
  const timeLeft = speed === null || speed <= 0 ? null : ((total - within) / speed) * 1000;
  return { sent: within, total, fraction: fractionOf(within, total), speed, timeLeft };
}

export const doneProgress = (total: number): Progress => ({
  sent: total,
  total,
  fraction: 1,
  speed: null,
  timeLeft: null,
});

/** A speed that forgives bursts: samples at least 250 ms apart, halving the weight of the past every 3 s. */
export class Speedometer {
  #at: number | null = null;
  #sent = 0;
  #speed: number | null = null;

  /** Bytes that are out by now. Fewer than before means a new start: the measuring begins again. */
  sample(sent: number, now: number): number | null {
    if (this.#at === null || sent < this.#sent) {
      this.#at = now;
      this.#sent = sent;
      return this.#speed;
    }
    const passed = now - this.#at;
    if (passed < 250) return this.#speed;
    const momentary = ((sent - this.#sent) / passed) * 1000;
    const keep = this.#speed === null ? 0 : 0.5 ** (passed / 3000);
    this.#speed = (this.#speed ?? 0) * keep + momentary * (1 - keep);
    this.#at = now;
    this.#sent = sent;
    return this.#speed;
  }

  /** Nothing is on its way: the next sample starts afresh. */
  rest(): void {
    this.#at = null;
    this.#speed = null;
  }
}
