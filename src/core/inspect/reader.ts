/** Thrown at the first byte a reader was not given: how many bytes, from the start of the file, would do. */
export class ShortOfBytes extends Error {
  readonly needed: number;

  constructor(needed: number) {
    super(`${needed} bytes are needed`);
    this.needed = needed;
  }
}

/**
 * Reads numbers from the first bytes of a file, so that parsers may be written as if all of it were there.
 * Past the end of the bytes at hand it throws `ShortOfBytes`; past the end of a closed part, no number of bytes
 * would help, and `needed` is Infinity.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, start = 0, end = Infinity) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  u8(at: number): number {
    const index = this.#start + at;
    if (at < 0 || index >= this.#end) throw new ShortOfBytes(Infinity);
    const byte = this.#bytes[index];
    if (byte === undefined) throw new ShortOfBytes(index + 1);
    return byte;
  }

  /** An unsigned number of 1 to 4 bytes, big-endian unless told. */
  uint(at: number, size: number, little = false): number {
    this.u8(at + size - 1);
    let value = 0;
    for (let index = 0; index < size; index += 1)
      value = value * 256 + this.u8(at + (little ? size - 1 - index : index));
    return value;
  }

  text(at: number, size: number): string {
    this.u8(at + size - 1);
    let text = '';
    for (let index = 0; index < size; index += 1) text += String.fromCharCode(this.u8(at + index));
    return text;
  }

  /** Whether these very bytes stand there; bytes that are not at hand do not. */
  has(at: number, expected: string): boolean {
    if (at + expected.length > this.length) return false;
    for (let index = 0; index < expected.length; index += 1) {
      if (this.#bytes[this.#start + at + index] !== expected.charCodeAt(index)) return false;
    }
    return true;
  }

  /** A closed part of the file, numbered from 0. Throws unless all of it is at hand. */
  part(at: number, size: number): Reader {
    if (size > 0) this.u8(at + size - 1);
    return new Reader(this.#bytes, this.#start + at, this.#start + at + size);
  }

  /** Bytes up to the end of a closed part, or of what is at hand. */
  get length(): number {
    return Math.min(this.#end, this.#bytes.length) - this.#start;
  }
}

/** Runs a reader over a part that may be damaged without harm to the rest. */
export function ifIntact(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ShortOfBytes && error.needed === Infinity)) throw error;
  }
}
