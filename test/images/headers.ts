import { big, bytesOf, little } from './bytes.ts';

/** A TIFF directory with the given tags (longs, but for the orientation), as EXIF carries it; GPS text rides along for tests to look for. */
export function tiffOf(tags: Record<number, number>, { order = 'little', gps = '' } = {}): Uint8Array {
  const write = order === 'little' ? little : big;
  const entries = Object.entries(tags);
  return bytesOf(
    order === 'little' ? 'II' : 'MM',
    write(42, 2),
    write(8, 4),
    write(entries.length, 2),
    ...entries.map(([tag, value]) =>
      Number(tag) === 274
        ? bytesOf(write(274, 2), write(3, 2), write(1, 4), write(value, 2), [0, 0])
        : bytesOf(write(Number(tag), 2), write(4, 2), write(1, 4), write(value, 4)),
    ),
    write(0, 4),
    gps,
  );
}

const segment = (marker: number, ...body: Parameters<typeof bytesOf>): Uint8Array => {
  const bytes = bytesOf(...body);
  return bytesOf(0xff, marker, big(bytes.length + 2, 2), bytes);
};

export const exifSegment = (orientation: number, gps = ''): Uint8Array =>
  segment(0xe1, 'Exif\0\0', tiffOf({ 274: orientation }, { gps }));

export const jpegHeader = (
  width: number,
  height: number,
  { orientation = 0, before = [] as Uint8Array[] } = {},
): Uint8Array =>
  bytesOf(
    [0xff, 0xd8],
    segment(0xe0, 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...before,
    orientation === 0 ? [] : exifSegment(orientation),
    segment(0xc0, 8, big(height, 2), big(width, 2), [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
    segment(0xda, [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]),
    [0xff, 0xd9],
  );

export const pngChunk = (type: string, ...body: Parameters<typeof bytesOf>): Uint8Array => {
  const bytes = bytesOf(...body);
  return bytesOf(big(bytes.length, 4), type, bytes, big(crc(bytesOf(type, bytes)), 4));
};

export const pngHeader = (
  width: number,
  height: number,
  { colour = 2, before = [] as Uint8Array[], data = bytesOf() } = {},
): Uint8Array =>
  bytesOf(
    0x89,
    'PNG\r\n',
    0x1a,
    '\n',
    pngChunk('IHDR', big(width, 4), big(height, 4), 8, colour, 0, 0, 0),
    ...before,
    pngChunk('IDAT', data),
    pngChunk('IEND'),
  );

const gifFrame = (width: number, height: number): Uint8Array =>
  bytesOf(0x2c, [0, 0, 0, 0], little(width, 2), little(height, 2), 0, 2, 2, [0x4c, 0x01], 0);

export const gifHeader = (width: number, height: number, { frames = 1, transparent = false } = {}): Uint8Array =>
  bytesOf(
    'GIF89a',
    little(width, 2),
    little(height, 2),
    [0x80, 0, 0],
    [0, 0, 0, 255, 255, 255],
    ...Array.from({ length: frames }, () =>
      bytesOf([0x21, 0xf9, 4, transparent ? 1 : 0, 0, 0, 0, 0], gifFrame(width, height)),
    ),
    0x3b,
  );

const riff = (...chunks: Uint8Array[]): Uint8Array => {
  const body = bytesOf('WEBP', ...chunks);
  return bytesOf('RIFF', little(body.length, 4), body);
};
const riffChunk = (type: string, ...body: Parameters<typeof bytesOf>): Uint8Array => {
  const bytes = bytesOf(...body);
  return bytesOf(type, little(bytes.length, 4), bytes, bytes.length % 2 === 1 ? [0] : []);
};

const lossy = (width: number, height: number): Uint8Array =>
  riffChunk('VP8 ', [0x10, 0, 0, 0x9d, 0x01, 0x2a], little(width, 2), little(height, 2), [0, 0]);

export const webpHeader = {
  lossy: (width: number, height: number): Uint8Array => riff(lossy(width, height)),
  lossless: (width: number, height: number, alpha = false): Uint8Array =>
    riff(
      riffChunk('VP8L', 0x2f, little(width - 1 + (height - 1) * 2 ** 14 + (alpha ? 2 ** 28 : 0), 4), [0, 0, 0, 0, 0]),
    ),
  extended: (width: number, height: number, { flags = 0, orientation = 0 } = {}): Uint8Array =>
    riff(
      riffChunk('VP8X', flags, [0, 0, 0], little(width - 1, 3), little(height - 1, 3)),
      lossy(width, height),
      ...(orientation === 0 ? [] : [riffChunk('EXIF', tiffOf({ 274: orientation }))]),
    ),
};

export const box = (type: string, ...body: Parameters<typeof bytesOf>): Uint8Array => {
  const bytes = bytesOf(...body);
  return bytesOf(big(bytes.length + 8, 4), type, bytes);
};
const full = (type: string, ...body: Parameters<typeof bytesOf>): Uint8Array => box(type, [0, 0, 0, 0], ...body);

/** A HEIF file with a thumbnail item (1) beside the primary one (2), to see that the right one is read. */
export function heifHeader(
  brand: string,
  width: number,
  height: number,
  { turns = 0, mirror = null as 0 | 1 | null, alpha = false, compatible = [] as string[] } = {},
): Uint8Array {
  const properties = [
    full('ispe', big(160, 4), big(120, 4)),
    full('ispe', big(width, 4), big(height, 4)),
    box('irot', turns),
    box('imir', mirror ?? 0),
    full('auxC', alpha ? 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0' : 'urn:other\0'),
  ];
  const chosen = [2, ...(turns === 0 ? [] : [3]), ...(mirror === null ? [] : [4])];
  return bytesOf(
    box('ftyp', brand, big(0, 4), ...compatible),
    full(
      'meta',
      full('hdlr', big(0, 4), 'pict', big(0, 4), big(0, 4), big(0, 4), 0),
      full('pitm', big(2, 2)),
      box(
        'iprp',
        box('ipco', ...properties),
        full('ipma', big(2, 4), big(1, 2), [1, 1], big(2, 2), [chosen.length, ...chosen]),
      ),
    ),
    box('mdat', [0, 0, 0, 0]),
  );
}

export const bmpHeader = (width: number, height: number): Uint8Array =>
  bytesOf(
    'BM',
    little(54, 4),
    little(0, 4),
    little(54, 4),
    little(40, 4),
    little(width, 4),
    little(height < 0 ? 2 ** 32 + height : height, 4),
    little(1, 2),
    little(24, 2),
    little(0, 4),
    little(0, 4),
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  );

let table: number[] | undefined;
function crc(bytes: Uint8Array): number {
  table ??= Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? 0xed_b8_83_20 ^ (value >>> 1) : value >>> 1;
    return value;
  });
  let sum = 0xff_ff_ff_ff;
  for (const byte of bytes) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xff_ff_ff_ff) >>> 0;
}
