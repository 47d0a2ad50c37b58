import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/core/inspect.ts';
import { processImage } from '../../../src/image/index.ts';
import { stripMetadata } from '../../../src/image/strip.ts';
import { big, bytesOf, little } from '../../images/bytes.ts';
import { exifSegment, gifHeader, pngChunk, tiffOf, box } from '../../images/headers.ts';
import { jpegOf, mapOfPlaces, pixelsOf } from './pictures.ts';

const secret = 'N 12.345 SECRET-PLACE';
const map = mapOfPlaces(48, 32);
const bytesOfBlob = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());
const contains = (bytes: Uint8Array, text: string): boolean => new TextDecoder('latin1').decode(bytes).includes(text);
const comment = (marker: number, text: string): Uint8Array => bytesOf(0xff, marker, big(text.length + 2, 2), text);

async function jpegWithEverything(orientation: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await bytesOfBlob(await jpegOf(map, orientation, secret));
  const extras = [
    comment(0xe1, `http://ns.adobe.com/xap/1.0/\0${secret}`),
    comment(0xfe, secret),
    comment(0xed, `Photoshop 3.0\0${secret}`),
  ];
  // phones put a second picture, with an EXIF of its own, behind the end
  return bytesOf(bytes.slice(0, 2), ...extras, bytes.slice(2), [0xff, 0xd8], exifSegment(1, secret), [0xff, 0xd9]);
}

async function pngWithEverything(orientation: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await bytesOfBlob(await map.convertToBlob());
  const extras = [
    pngChunk('tEXt', `Comment\0${secret}`),
    pngChunk('eXIf', tiffOf({ 274: orientation }, { gps: secret })),
  ];
  return bytesOf(bytes.slice(0, 33), ...extras, bytes.slice(33), secret);
}

async function webpWithEverything(orientation: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await bytesOfBlob(await map.convertToBlob({ type: 'image/webp', quality: 1 }));
  const chunk = (type: string, body: Uint8Array): Uint8Array =>
    bytesOf(type, little(body.length, 4), body, body.length % 2 === 1 ? [0] : []);
  const { storedWidth, storedHeight } = inspect(bytes);
  const head = bytesOf(0x0c, [0, 0, 0], little((storedWidth ?? 1) - 1, 3), little((storedHeight ?? 1) - 1, 3));
  // canvas writes VP8X itself when there is a profile; take the pixels only
  const start = contains(bytes.slice(0, 16), 'VP8X') ? 30 : 12;
  const body = bytesOf(
    'WEBP',
    chunk('VP8X', head),
    bytes.slice(start),
    chunk('EXIF', tiffOf({ 274: orientation }, { gps: secret })),
    chunk('XMP ', bytesOf(secret)),
  );
  return bytesOf('RIFF', little(body.length, 4), body);
}

const makers: [name: string, type: string, make: (orientation: number) => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['a JPEG', 'image/jpeg', jpegWithEverything],
  ['a PNG', 'image/png', pngWithEverything],
  ['a WebP', 'image/webp', webpWithEverything],
];

describe.each(makers)('%s that is sent as it is', (_name, type, make) => {
  it.each([1, 3, 6])('loses every word about its maker, and no pixel, at orientation %d', async (orientation) => {
    const bytes = await make(orientation);
    expect(contains(bytes, secret)).toBe(true);
    const { file } = await processImage(new File([bytes], 'a', { type }));
    const clean = await bytesOfBlob(file);
    expect(contains(clean, 'SECRET')).toBe(false);
    expect([file.type, inspect(clean).type]).toEqual([type, type]);
    const [before, after] = await Promise.all([pixelsOf(new Blob([bytes], { type })), pixelsOf(file)]);
    expect([after.width, after.height]).toEqual([before.width, before.height]);
    expect(after.data).toEqual(before.data);
  });

  it('is seen by the browser as inspection says', async () => {
    const bytes = await make(6);
    const bitmap = await createImageBitmap(new Blob([bytes], { type }));
    const { width, height } = inspect(bytes);
    expect([width, height]).toEqual([bitmap.width, bitmap.height]);
  });

  it('keeps everything where the host says so, and loses it when written anew', async () => {
    const bytes = await make(6);
    const kept = await processImage(new File([bytes], 'a', { type }), { metadata: 'keep' });
    expect(await bytesOfBlob(kept.file)).toEqual(bytes);
    const anew = await processImage(new File([bytes], 'a', { type }), { width: 16 });
    expect(contains(await bytesOfBlob(anew.file), 'SECRET')).toBe(false);
    expect(contains(await bytesOfBlob(anew.file), 'Exif')).toBe(false);
  });
});

describe('other carriers', () => {
  it('a GIF loses its comments and keeps its frames and its loop', () => {
    const film = gifHeader(4, 4, { frames: 2 });
    const loop = bytesOf([0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1, 0, 0, 0]);
    const note = bytesOf([0x21, 0xfe, secret.length], secret, 0);
    const bytes = bytesOf(film.slice(0, 19), loop, note, film.slice(19), secret);
    const clean = stripMetadata(bytes);
    expect(contains(clean, 'SECRET')).toBe(false);
    expect(contains(clean, 'NETSCAPE')).toBe(true);
    expect(inspect(clean)).toMatchObject({ type: 'image/gif', animated: true, needed: null });
  });

  it('an AVIF loses the bytes of its EXIF item, in place', () => {
    const item = (id: number, type: string): Uint8Array => box('infe', [2, 0, 0, 0], big(id, 2), big(0, 2), type, 0);
    const build = (offset: number): Uint8Array<ArrayBuffer> =>
      bytesOf(
        box('ftyp', 'avif', big(0, 4)),
        box(
          'meta',
          big(0, 4),
          box('iinf', big(0, 4), big(2, 2), item(1, 'av01'), item(2, 'Exif')),
          box(
            'iloc',
            big(0, 4),
            [0x44, 0],
            big(2, 2),
            ...[1, 2].map((id) =>
              bytesOf(
                big(id, 2),
                big(0, 2),
                big(1, 2),
                big(id === 1 ? offset : offset + 6, 4),
                big(id === 1 ? 6 : secret.length, 4),
              ),
            ),
          ),
        ),
        box('mdat', 'PIXELS', secret),
      );
    const bytes = build(build(0).length - secret.length - 6);
    const clean = stripMetadata(bytes);
    expect(clean.length).toBe(bytes.length);
    expect(contains(clean, 'SECRET')).toBe(false);
    expect(contains(clean, 'PIXELS')).toBe(true);
  });

  it('strip-gps keeps the camera and loses the place', async () => {
    const entry = (tag: number, type: number, count: number, value: number): Uint8Array =>
      bytesOf(little(tag, 2), little(type, 2), little(count, 4), little(value, 4));
    const gps = 8 + 2 + 3 * 12 + 4 + 8;
    const tiff = bytesOf(
      ['I', 'I'].join(''),
      little(42, 2),
      little(8, 4),
      little(3, 2),
      entry(0x010f, 2, 8, gps - 8),
      entry(0x0112, 3, 1, 6),
      entry(0x8825, 4, 1, gps),
      little(0, 4),
      'CAMERA!\0',
      little(1, 2),
      entry(2, 2, secret.length, gps + 2 + 12 + 4),
      little(0, 4),
      secret,
    );
    const photo = await bytesOfBlob(await map.convertToBlob({ type: 'image/jpeg' }));
    const segment = bytesOf([0xff, 0xe1], big(tiff.length + 8, 2), 'Exif\0\0', tiff);
    const bytes = bytesOf(photo.slice(0, 2), segment, photo.slice(2));
    for (const options of [{}, { width: 16 }]) {
      const { file } = await processImage(new File([bytes], 'a.jpg'), { ...options, metadata: 'strip-gps' });
      const clean = await bytesOfBlob(file);
      expect(contains(clean, 'SECRET')).toBe(false);
      expect(contains(clean, 'CAMERA!')).toBe(true);
      expect(inspect(clean).orientation).toBe('width' in options ? 1 : 6);
    }
  });

  it('whatever the bytes are, stripping ends', () => {
    let state = 7;
    const roll = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16;
    const seeds = [
      gifHeader(4, 4),
      bytesOf([0xff, 0xd8, 0xff, 0xe1, 0, 9]),
      bytesOf('RIFF', little(90, 4), 'WEBPVP8X'),
      box('ftyp', 'avif', big(0, 4)),
    ];
    for (let round = 0; round < 4000; round += 1) {
      const bytes = bytesOf(
        seeds[round % 4] ?? [],
        Array.from({ length: 60 }, () => roll() % 256),
      );
      expect(stripMetadata(bytes).length).toBeLessThan(400);
    }
  });
});
