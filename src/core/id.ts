/** Names one file everywhere, from the first event in the browser to the row. A UUIDv7: it sorts by time. */
export type UploadId = string;

/**
 * Mints an id from 16 random bytes and the time in milliseconds, so that tests can decide both.
 * The first 48 bits are the time, the rest (less version and variant) is the randomness.
 */
export function mintId(now: number, random: Uint8Array): UploadId {
  const time = now.toString(16).padStart(12, '0');
  const noise = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((random[8] ?? 0) % 4) + 8;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${noise.slice(0, 3)}-${variant.toString(16)}${noise.slice(3, 6)}-${noise.slice(18, 30)}`;
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text has the form of an id; anything else never reaches a store or a query. */
export const isUploadId = (value: unknown): value is UploadId => typeof value === 'string' && shape.test(value);
