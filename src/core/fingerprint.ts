const sample = 64 * 1024;

/**
 * A hash over the size and three samples of a file: its beginning, middle and end. Tells two files of the same
 * name and size apart without reading all of either. No proof of anything: for that there are checksums.
 */
export async function sampleHash(file: Blob): Promise<string> {
  const starts = [0, Math.floor(file.size / 2 - sample / 2), file.size - sample].map((start) => Math.max(0, start));
  const parts = await Promise.all(starts.map((start) => file.slice(start, start + sample).arrayBuffer()));
  const hash = mix(parts.map((part) => new Uint8Array(part)));
  return `${file.size.toString(36)}-${hash}`;
}

/** Two 32-bit hashes of different seeds. WebCrypto would do as well, but pages over plain http have none. */
function mix(parts: readonly Uint8Array[]): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const part of parts) {
    for (const byte of part) {
      a = Math.imul(a ^ byte, 2654435761);
      b = Math.imul(b ^ byte, 1597334677);
    }
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
