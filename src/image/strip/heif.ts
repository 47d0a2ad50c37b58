import { type Bytes, big, text } from './bytes.ts';

/**
 * EXIF and XMP are items whose bytes lie anywhere in the file, so they are overwritten where they are: offsets stay
 * true and the pixels untouched. Turns are properties of the container and stay.
 */
export function stripHeif(bytes: Bytes): Bytes {
  const result = bytes.slice();
  const meta = find(result, 0, result.length, 'meta');
  if (meta === null) return result;
  const [from, to] = [meta.body + 4, meta.end];
  const secret = secretItems(result, from, to);
  for (const extent of extentsOf(result, from, to, secret)) result.fill(0, extent.at, extent.at + extent.size);
  return result;
}

interface Box {
  body: number;
  end: number;
}

function find(bytes: Bytes, from: number, to: number, wanted: string): Box | null {
  for (let at = from; at + 8 <= to;) {
    const short = big(bytes, at, 4);
    const size = short === 1 ? big(bytes, at + 8, 8) : short === 0 ? to - at : short;
    const head = short === 1 ? 16 : 8;
    if (size < head) return null;
    if (text(bytes, at + 4, 4) === wanted) return { body: at + head, end: Math.min(at + size, to) };
    at += size;
  }
  return null;
}

/** Items of the kinds that describe the picture instead of being it. */
function secretItems(bytes: Bytes, from: number, to: number): Set<number> {
  const items = new Set<number>();
  const info = find(bytes, from, to, 'iinf');
  if (info === null) return items;
  const version = bytes[info.body] ?? 0;
  for (let at = info.body + (version === 0 ? 6 : 8); at + 8 <= info.end;) {
    const size = big(bytes, at, 4);
    if (size < 8) break;
    const wide = (bytes[at + 8] ?? 0) >= 3;
    const id = big(bytes, at + 12, wide ? 4 : 2);
    const type = text(bytes, at + (wide ? 18 : 16), 4);
    if (type === 'Exif' || type === 'mime') items.add(id);
    at += size;
  }
  return items;
}

function extentsOf(bytes: Bytes, from: number, to: number, items: Set<number>): { at: number; size: number }[] {
  const location = find(bytes, from, to, 'iloc');
  if (location === null) return [];
  const found: { at: number; size: number }[] = [];
  const version = bytes[location.body] ?? 0;
  let at = location.body + 4;
  const take = (size: number): number => {
    at += size;
    return big(bytes, at - size, size);
  };
  const sizes = take(2);
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, sizes & 15];
  const count = take(version < 2 ? 2 : 4);
  const inside = find(bytes, from, to, 'idat');
  for (let item = 0; item < count && at < location.end; item += 1) {
    const id = take(version < 2 ? 2 : 4);
    const inIdat = version > 0 && (take(2) & 15) === 1;
    at += 2;
    const base = take(baseSize) + (inIdat ? (inside?.body ?? 0) : 0);
    const extents = take(2);
    for (let extent = 0; extent < extents && at < location.end; extent += 1) {
      if (version > 0) at += indexSize;
      const offset = take(offsetSize);
      const size = take(lengthSize);
      if (items.has(id)) found.push({ at: base + offset, size });
    }
  }
  return found;
}
