/** Bytes from numbers, text and other bytes, in order. */
export function bytesOf(...parts: (number | string | Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'number') return [part];
      return typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : Array.from(part);
    }),
  );
}

export const big = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) % 256);

export const little = (value: number, size: number): number[] => big(value, size).toReversed();
