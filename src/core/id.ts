/** Names one file everywhere, from the first event in the browser to the row. A UUIDv7: it sorts by time. */
export type UploadId = string;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Mints an id from 16 random bytes and the time in milliseconds, so that tests can decide both.
 * The first 48 bits are the time, the rest (less version and variant) is the randomness.
 */
export function mintId(now: number, random: Uint8Array): UploadId {
  const bytes = Uint8Array.from(random);
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 2 ** (40 - 8 * index)) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text has the form of an id; anything else never reaches a store or a query. */
export const isUploadId = (value: unknown): value is UploadId => typeof value === 'string' && shape.test(value);
