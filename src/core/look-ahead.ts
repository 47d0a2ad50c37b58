export interface Pace {
  /** Data slots. */
  width: number;
  /** Milliseconds an address stays good; null while no provider has told. */
  life: number | null;
  /** Items per millisecond that get their first slot; null while unknown. */
  rate: number | null;
}

/**
 * How many items may prepare for a slot beyond those that hold one. Presigning is batched by letting many in at
 * once, and just in time by letting no more in than half an address's life can serve: while the speed is unknown,
 * two rounds of slots. Refilled when only `low` are left, so that what goes in is always a batch.
 */
export function lookAhead({ width, life, rate }: Pace): { high: number; low: number } {
  const most = Math.max(width, 48);
  const servable = rate === null ? 2 * width : life === null ? most : Math.floor(rate * life * 0.5);
  const high = Math.max(width, Math.min(most, servable));
  return { high, low: Math.floor(high / 2) };
}

/** Items per millisecond, from the moments slots were granted; forgets what is older than its last few rounds. */
export class GrantRate {
  #moments: number[] = [];
  readonly #width: number;
  constructor(width: number) {
    this.#width = width;
  }
  add(now: number): void {
    this.#moments.push(now);
    if (this.#moments.length > Math.max(12, 2 * this.#width)) this.#moments.shift();
  }
  /** The first round is granted all at once and tells nothing: null until a slot has been granted again. */
  get perMillisecond(): number | null {
    const [first] = this.#moments;
    const last = this.#moments.at(-1);
    if (first === undefined || last === undefined || this.#moments.length <= this.#width) return null;
    return (this.#moments.length - 1) / Math.max(1, last - first);
  }
}
