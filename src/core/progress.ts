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
export const fractionOf = (sent: number, total: number): number => (total > 0 ? Math.min(0.99, sent / total) : 0);

export function progressOf(
  sent: number,
  total: number,
  speed: number | null = null,
  fraction: number = fractionOf(sent, total),
): Progress {
  const timeLeft = speed === null || speed <= 0 ? null : ((total - sent) / speed) * 1000;
  return { sent, total, fraction, speed, timeLeft };
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
  #at = 0;
  #sent = 0;
  #speed: number | null = null;

  /** Bytes that are out by now. The first value, and one below the last, begin the measuring anew. */
  sample(sent: number, now: number): number | null {
    const passed = now - this.#at;
    const anew = this.#at === 0 || sent < this.#sent;
    if (!anew && passed < 250) return this.#speed;
    const momentary = ((sent - this.#sent) / passed) * 1000;
    const kept = this.#speed === null ? 0 : 0.5 ** (passed / 3000);
    if (!anew) this.#speed = (this.#speed ?? 0) * kept + momentary * (1 - kept);
    this.#at = now;
    this.#sent = sent;
    return this.#speed;
  }
}
