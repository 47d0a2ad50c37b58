export type Bytes = Uint8Array<ArrayBuffer>;

export const text = (bytes: Bytes, at: number, size: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + size));

export const big = (bytes: Bytes, at: number, size: number): number => {
  let value = 0;
  for (let index = at; index < at + size; index += 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
};

export const little = (bytes: Bytes, at: number, size: number): number => {
  let value = 0;
  for (let index = at + size - 1; index >= at; index -= 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
};

export function join(parts: readonly (Bytes | readonly number[])[]): Bytes {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

export const ascii = (value: string): number[] => Array.from(value, (letter) => letter.charCodeAt(0));
export const bigBytes = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) % 256);
export const littleBytes = (value: number, size: number): number[] => bigBytes(value, size).toReversed();
