import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import { describe, expect, it } from 'vitest';
import { type Orientation, inspect } from '../../src/core/inspect.ts';
import { big, bytesOf } from '../images/bytes.ts';
import {
  bmpHeader,
  exifSegment,
  gifHeader,
  heifHeader,
  jpegHeader,
  pngChunk,
  pngHeader,
  tiffOf,
  webpHeader,
} from '../images/headers.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const svg = text(
  '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>',
);

const pictures: [name: string, type: string, bytes: Uint8Array][] = [
  ['a JPEG', 'image/jpeg', jpegHeader(640, 480)],
  ['a JPEG lying on its side', 'image/jpeg', jpegHeader(640, 480, { orientation: 6 })],
  ['a PNG', 'image/png', pngHeader(640, 480)],
  ['a GIF', 'image/gif', gifHeader(640, 480)],
  ['a lossy WebP', 'image/webp', webpHeader.lossy(640, 480)],
  ['a lossless WebP', 'image/webp', webpHeader.lossless(640, 480)],
  ['an extended WebP', 'image/webp', webpHeader.extended(640, 480)],
  ['an AVIF', 'image/avif', heifHeader('avif', 640, 480)],
  ['a HEIC', 'image/heic', heifHeader('heic', 640, 480)],
  ['a BMP', 'image/bmp', bmpHeader(640, 480)],
  ['a BMP written from the top', 'image/bmp', bmpHeader(640, -480)],
  ['a little-endian TIFF', 'image/tiff', tiffOf({ 256: 640, 257: 480 })],
  ['a big-endian TIFF', 'image/tiff', tiffOf({ 256: 640, 257: 480 }, { order: 'big' })],
];

describe('what the first bytes of a file say', () => {
  it.each(pictures)('%s is %s of 640 × 480, as two other readers agree', async (_name, type, bytes) => {
    const found = inspect(bytes);
    expect(found).toMatchObject({ type, storedWidth: 640, storedHeight: 480 });
    expect((await fileTypeFromBuffer(bytes))?.mime).toBe(type);
    expect(imageSize(bytes)).toMatchObject({ width: found.storedWidth, height: found.storedHeight });
  });

  it('an SVG is known by its first element, and sized by its attributes or its view box', () => {
    expect(inspect(svg)).toMatchObject({ type: 'image/svg+xml', width: 640, height: 480, alpha: true });
    const box = inspect(text('<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 30 20" height="10px"></svg>'));
    expect(box).toMatchObject({ type: 'image/svg+xml', width: 15, height: 10 });
    expect(imageSize(svg)).toMatchObject({ width: 640, height: 480 });
  });

  it('a PDF is a PDF', () => {
    expect(inspect(text('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3 and so on')).type).toBe('application/pdf');
  });

  it.each([
    ['plain text', text('Dear all, this is not a picture at all.')],
    ['a web page that holds an SVG', text('<!doctype html><html><body><svg width="1" height="1"></svg></body></html>')],
    ['a film in the same container as HEIC', bytesOf(big(24, 4), 'ftypisom', big(0, 4), 'isomiso2', big(8, 4), 'moov')],
    ['a program', bytesOf('MZ', new Uint8Array(62))],
    ['zeros', new Uint8Array(1024)],
  ])('%s is no picture', (_name, bytes) => {
    expect(inspect(bytes)).toMatchObject({ type: null, width: null, height: null });
  });

  it('the first bytes decide, whatever a polyglot hides further on', () => {
    const hidden = bytesOf(gifHeader(2, 2), '<script>alert(1)</script>');
    expect(inspect(hidden).type).toBe('image/gif');
    expect(inspect(bytesOf('<html>', jpegHeader(2, 2))).type).toBeNull();
  });
});

describe('orientation', () => {
  const all = [1, 2, 3, 4, 5, 6, 7, 8] as const satisfies Orientation[];

  it.each(all)('a JPEG of orientation %d swaps its sides from 5 on', (orientation) => {
    const found = inspect(jpegHeader(640, 480, { orientation }));
    expect(found.orientation).toBe(orientation);
    expect([found.width, found.height]).toEqual(orientation >= 5 ? [480, 640] : [640, 480]);
  });

  it.each(all)('a PNG carries orientation %d as well, and in a WebP browsers do not heed it', (orientation) => {
    const png = pngHeader(640, 480, { before: [pngChunk('eXIf', tiffOf({ 274: orientation }, { order: 'big' }))] });
    expect(inspect(png).orientation).toBe(orientation);
    expect(inspect(webpHeader.extended(640, 480, { flags: 0x08, orientation })).orientation).toBe(1);
  });

  it('a HEIC is turned and mirrored by its properties, not by EXIF', () => {
    const turned = [0, 1, 2, 3].map((turns) => inspect(heifHeader('heic', 640, 480, { turns })).orientation);
    expect(turned).toEqual([1, 8, 3, 6]);
    expect(inspect(heifHeader('heic', 640, 480, { turns: 1 }))).toMatchObject({ width: 480, height: 640 });
    expect(inspect(heifHeader('heic', 640, 480, { mirror: 1 })).orientation).toBe(2);
    expect(inspect(heifHeader('heic', 640, 480, { mirror: 0 })).orientation).toBe(4);
    expect(inspect(heifHeader('avif', 640, 480, { turns: 1, mirror: 1 })).orientation).toBe(5);
  });

  it('the first EXIF block counts, and nonsense in it is upright', () => {
    expect(inspect(jpegHeader(4, 3, { orientation: 3, before: [exifSegment(6)] })).orientation).toBe(6);
    expect(inspect(jpegHeader(4, 3, { orientation: 77 })).orientation).toBe(1);
  });
});

describe('animation and transparency', () => {
  it.each([
    ['a GIF of one frame', gifHeader(4, 3), false, false],
    ['a GIF of three frames', gifHeader(4, 3, { frames: 3 }), true, false],
    ['a see-through GIF', gifHeader(4, 3, { transparent: true }), false, true],
    ['an animated PNG', pngHeader(4, 3, { before: [pngChunk('acTL', big(5, 4), big(0, 4))] }), true, false],
    [
      'a PNG of one animated frame',
      pngHeader(4, 3, { before: [pngChunk('acTL', big(1, 4), big(0, 4))] }),
      false,
      false,
    ],
    ['a PNG with an alpha channel', pngHeader(4, 3, { colour: 6 }), false, true],
    ['a PNG with one see-through colour', pngHeader(4, 3, { before: [pngChunk('tRNS', big(0, 6))] }), false, true],
    ['an animated WebP', webpHeader.extended(4, 3, { flags: 0x02 }), true, false],
    ['a see-through WebP', webpHeader.lossless(4, 3, true), false, true],
    ['an AVIF with an alpha plane', heifHeader('avif', 4, 3, { alpha: true }), false, true],
    ['an AVIF sequence', heifHeader('avis', 4, 3), true, false],
    ['a JPEG', jpegHeader(4, 3), false, false],
  ])('%s', (_name, bytes, animated, alpha) => {
    expect(inspect(bytes)).toMatchObject({ animated, alpha });
  });
});

describe('with too few bytes', () => {
  it.each(pictures)(
    '%s: asking for what is needed, again and again, ends at the full answer',
    (_name, _type, bytes) => {
      let size = 0;
      let found = inspect(bytes.slice(0, size));
      for (let rounds = 0; found.needed !== null && found.needed <= bytes.length; rounds += 1) {
        expect(found.needed).toBeGreaterThan(size);
        expect(rounds).toBeLessThan(200);
        size = found.needed;
        found = inspect(bytes.slice(0, size));
      }
      const { needed: _needed, ...answer } = found;
      expect(answer).toEqual((({ needed: _all, ...rest }) => rest)(inspect(bytes)));
    },
  );

  it('a size behind a long colour profile is found by one more look', () => {
    const profile = bytesOf(0xff, 0xe2, big(65_535, 2), new Uint8Array(65_533));
    const bytes = jpegHeader(640, 480, { before: [profile, profile] });
    const first = inspect(bytes.slice(0, 65_536));
    expect(first.width).toBeNull();
    const second = inspect(bytes.slice(0, Math.max(first.needed ?? 0, 131_072 + 512)));
    expect(second).toMatchObject({ width: 640, height: 480, needed: null });
  });

  it('a height of zero is told as it stands', () => {
    expect(inspect(jpegHeader(640, 0))).toMatchObject({ type: 'image/jpeg', width: 640, height: 0 });
  });
});
