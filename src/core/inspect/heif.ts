import { type Facts, type Orientation, toOrientation } from './facts.ts';
import { type Reader, ifIntact } from './reader.ts';

/** AVIF and HEIC are one container with different brands; null for films and other things that are built the same way. */
export function heifType(bytes: Reader): string | null {
  const brands = brandsOf(bytes);
  const any = (...wanted: string[]): boolean => brands.some((brand) => wanted.includes(brand));
  if (any('avif', 'avis')) return 'image/avif';
  if (any('heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs')) return 'image/heic';
  return any('mif1', 'msf1') ? 'image/heif' : null;
}

/** Size and turns are properties that the primary item points at, all inside the `meta` box. */
export function readHeif(bytes: Reader, facts: Facts): void {
  facts.animated = ['avis', 'msf1', 'hevc', 'hevx', 'hevs'].includes(bytes.text(8, 4));
  for (const box of boxes(bytes, 0)) {
    if (box.type !== 'meta') continue;
    const meta = bytes.part(box.body, box.size);
    ifIntact(() => readMeta(meta, facts));
    facts.alpha ??= false;
    return;
  }
}

interface Box {
  type: string;
  body: number;
  size: number;
}

/** Each loop ends: a box is at least its own head long, and one without an end is the last. */
function* boxes(bytes: Reader, from: number, end = Infinity): Generator<Box> {
  let at = from;
  while (at + 8 <= end) {
    let size = bytes.uint(at, 4);
    const type = bytes.text(at + 4, 4);
    let head = 8;
    if (size === 1) {
      size = bytes.uint(at + 8, 4) * 2 ** 32 + bytes.uint(at + 12, 4);
      head = 16;
    }
    if (size < head) return;
    yield { type, body: at + head, size: size - head };
    at += size;
  }
}

function brandsOf(bytes: Reader): string[] {
  const size = Math.min(bytes.uint(0, 4), 256);
  const brands = [bytes.text(8, 4)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(bytes.text(at, 4));
  return brands;
}

interface Property extends Box {
  bytes: Reader;
}

function readMeta(meta: Reader, facts: Facts): void {
  let primary = 0;
  let properties: Property[] = [];
  let chosen: number[] = [];
  for (const box of boxes(meta, 4, meta.length)) {
    if (box.type === 'pitm') primary = meta.uint(box.body + 4, meta.u8(box.body) === 0 ? 2 : 4);
    if (box.type !== 'iprp') continue;
    for (const inner of boxes(meta, box.body, box.body + box.size)) {
      const part = meta.part(inner.body, inner.size);
      if (inner.type === 'ipco')
        properties = [...boxes(part, 0, inner.size)].map((found) => ({ ...found, bytes: part }));
      if (inner.type === 'ipma') ifIntact(() => (chosen = associationsOf(part, primary)));
    }
  }
  facts.alpha = properties.some((property) => property.type === 'auxC' && isAlpha(property));
  let turns = 0;
  let mirror: 0 | 1 | null = null;
  for (const index of chosen) {
    const property = properties[index - 1];
    if (property?.type === 'ispe') {
      facts.storedWidth = property.bytes.uint(property.body + 4, 4);
      facts.storedHeight = property.bytes.uint(property.body + 8, 4);
    } else if (property?.type === 'irot') turns = property.bytes.u8(property.body) & 3;
    else if (property?.type === 'imir') mirror = (property.bytes.u8(property.body) & 1) as 0 | 1;
  }
  facts.orientation = orientationOf(turns, mirror);
}

/** The properties of one item, numbered from 1. */
function associationsOf(ipma: Reader, item: number): number[] {
  const idSize = ipma.u8(0) === 0 ? 2 : 4;
  const wide = (ipma.u8(3) & 1) === 1;
  const entries = ipma.uint(4, 4);
  let at = 8;
  for (let entry = 0; entry < entries; entry += 1) {
    const id = ipma.uint(at, idSize);
    const count = ipma.u8(at + idSize);
    at += idSize + 1;
    const step = wide ? 2 : 1;
    if (id === item) {
      return Array.from({ length: count }, (_, index) => ipma.uint(at + index * step, step) & (wide ? 0x7fff : 0x7f));
    }
    at += count * step;
  }
  return [];
}

const isAlpha = ({ bytes, body, size }: Property): boolean =>
  size > 4 && size < 256 && /alpha|auxid:1\0?$/.test(bytes.text(body + 4, size - 4));

/** `turns` × 90° anticlockwise, then upside down (0) or left to right (1). */
function orientationOf(turns: number, mirror: 0 | 1 | null): Orientation {
  const row = { none: [1, 8, 3, 6], upsideDown: [4, 7, 2, 5], leftToRight: [2, 5, 4, 7] };
  const key = mirror === null ? 'none' : mirror === 0 ? 'upsideDown' : 'leftToRight';
  return toOrientation(row[key][turns] ?? 1);
}
