/** What first bytes give away. */
export interface Sniffed {
  type: string | null;
  width: number | null;
  height: number | null;
}

export function sniff(bytes: Uint8Array): Sniffed {
  const starts = (...magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  const none = { width: null, height: null };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (starts(0x89, 0x50, 0x4e, 0x47) && bytes.length >= 24) {
    return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (starts(0xff, 0xd8, 0xff)) return { type: 'image/jpeg', ...none };
  if (starts(0x25, 0x50, 0x44, 0x46)) return { type: 'application/pdf', ...none };
  if (starts(0x47, 0x49, 0x46, 0x38)) return { type: 'image/gif', ...none };
  return { type: null, ...none };
}
