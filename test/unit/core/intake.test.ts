import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameOf, sortPick } from '../../../src/core/intake.ts';
import { toRules } from '../../../src/core/rules.ts';

const named = (name: string): string => nameOf(new File(['x'], name));
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

describe('names', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/absolute/cat.jpg', 'cat.jpg'],
    ['C:\\photos\\cat.jpg', 'cat.jpg'],
    ['nul\u0000byte.jpg', 'nulbyte.jpg'],
    ['line\r\nbreak.jpg', 'linebreak.jpg'],
    ['Cafe\u0301.jpg', 'Caf\u00e9.jpg'],
    ['😀.jpg', '😀.jpg'],
    ['文件.png', '文件.png'],
    ['half\ud83d.jpg', 'half\ufffd.jpg'],
    ['\udc00lone.jpg', '\ufffdlone.jpg'],
    ['  spaced .jpg ', 'spaced .jpg'],
    ['..', 'file'],
    ['', 'file'],
    ['\u0000', 'file'],
    ['%2F.jpg', '%2F.jpg'],
    [`+ & # ? % ; ' ".jpg`, `+ & # ? % ; ' ".jpg`],
  ])('%j is kept as %j', (name, kept) => {
    expect(named(name)).toBe(kept);
  });

  test('a name that turns its writing round is kept: it is isolated where it is shown, and no key is made of it', () => {
    expect(named('photo\u202Egpj.exe')).toBe('photo\u202Egpj.exe');
  });

  test('a long name is cut to 255 bytes at a whole letter, and keeps its extension', () => {
    for (const letter of ['a', 'é', '文', '😀']) {
      const name = named(`${letter.repeat(300)}.jpeg`);
      expect(bytesOf(name)).toBeLessThanOrEqual(255);
      expect(bytesOf(name)).toBeGreaterThan(250);
      expect(name.endsWith(`${letter}.jpeg`)).toBe(true);
      expect(name).not.toContain('\ufffd');
    }
  });

  test('whatever it is given, a name is safe, short and survives JSON', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 400 }));
    fc.assert(
      fc.property(anything, (given) => {
        const name = named(given);
        expect(name).not.toBe('');
        expect(name).not.toMatch(/[/\\]|\p{Cc}|\p{Surrogate}/u);
        expect(bytesOf(name)).toBeLessThanOrEqual(255);
        expect(JSON.parse(new TextDecoder().decode(new TextEncoder().encode(JSON.stringify(name))))).toBe(name);
        expect(named(name)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  test('a Blob, which has no name, becomes a file called "file"', () => {
    expect(nameOf(new Blob(['x']))).toBe('file');
  });
});

describe('a pick', () => {
  const file = (name: string, size = 10): File => new File([new Uint8Array(size)], name, { type: 'image/png' });
  const codesOf = (files: readonly Blob[], rules: Parameters<typeof toRules>[0], taken = 0): string[] =>
    sortPick(files, toRules(rules), taken).map(({ problems }) => problems[0]?.code ?? 'welcome');

  test('a refused file takes no place from a welcome one', () => {
    const files = [file('a.png'), file('b.png', 0), file('c.png'), file('d.png')];
    expect(codesOf(files, { maxFiles: 2 })).toEqual(['welcome', 'empty', 'welcome', 'too-many']);
  });

  test('what is saved already counts', () => {
    expect(codesOf([file('a.png'), file('b.png')], { maxFiles: 3 }, 2)).toEqual(['welcome', 'too-many']);
    expect(codesOf([file('a.png')], { maxFiles: 3 }, 5)).toEqual(['too-many']);
  });

  test('where there is one file, the first of a pick takes the place', () => {
    expect(codesOf([file('a.png'), file('b.png')], { single: true }, 1)).toEqual(['welcome', 'too-many']);
  });

  test('an empty pick is no trouble', () => {
    expect(codesOf([], { maxFiles: 1 })).toEqual([]);
  });
});
