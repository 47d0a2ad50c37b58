/** Milliseconds. Each of them must outlive the one before. */
export interface Lifetimes {
  /** A signed address for one PUT. */
  address: number;
  /** The capability to confirm. */
  ticket: number;
  /** A row without proof of its bytes; also how long a browser keeps an unfinished upload. */
  pending: number;
  /** Bytes that nobody claimed, were refused or could not be confirmed. */
  grace: number;
  /** A replaced file, before its bytes go. */
  replaced: number;
}

export const second: number = 1000;
export const minute: number = 60 * second;
const hour = 60 * minute;
export const day: number = 24 * hour;

const usual: Lifetimes = {
  address: 5 * minute,
  ticket: day,
  pending: 7 * day,
  grace: 14 * day,
  replaced: day,
};

/** How long a holder of a row's lease may work on it. */
export const leaseFor: number = minute;
/** A PUT that began in time may end this much late; then the deletion runs once more. */
export const lateBy: number = day;

export function lifetimesFrom(given: Partial<Lifetimes> = {}): Lifetimes {
  const times = { ...usual, ...given };
  const { address, ticket, pending, grace } = times;
  if (!(address > 0 && address < ticket && ticket <= pending && pending < grace)) {
    throw new TypeError(
      `createUploadServer: lifetimes must grow: address (${address}) < ticket (${ticket}) <= pending (${pending}) < grace (${grace})`,
    );
  }
  return times;
}

/** Addresses of large bodies live longer: as long as 1 Mbit/s needs. */
export const addressFor = (size: number, { address, ticket }: Lifetimes): number =>
  Math.min(ticket, Math.max(address, size / 125));
