/** First bytes that say what they are, with as much behind them as a test wants. */
export function png(width = 4, height = 3, size = 200): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(size, 33));
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 6, 0, 0, 0], 24);
  for (let at = 33; at < bytes.length; at += 1) bytes[at] = at % 251;
  return bytes;
}

export const html = (size = 200): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode('<!doctype html><script>alert(1)</script>'.padEnd(size, ' '));

export const svg = (size = 200): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"></svg>'.padEnd(size, ' '));
