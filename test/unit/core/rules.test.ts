import { describe, expect, test } from 'vitest';
import { checkFile, checkPixels, isAccepted, type RuleOptions, tighten, toRules } from '../../../src/core/rules.ts';
import { toBytes } from '../../../src/core/size.ts';

const codes = (file: { name: string; type?: string; size?: number }, options: RuleOptions): string[] =>
  checkFile({ type: '', size: 1000, ...file }, toRules(options)).map(({ code }) => code);

describe('sizes as people write them', () => {
  test.each([
    ['5 MB', 5_000_000],
    ['5MB', 5_000_000],
    ['1.5 GB', 1_500_000_000],
    ['1 kB', 1000],
    ['0 B', 0],
    [123.4, 123],
  ])('%j is %j bytes', (size, bytes) => {
    expect(toBytes(size as '5 MB')).toBe(bytes);
  });

  test.each(['', 'MB', '-5 MB', '5 mb', '5 parsecs', '5 constructor', '1e9 B', NaN, Infinity, -1])(
    '%j is refused, with what to write instead',
    (size) => {
      expect(() => toBytes(size as '5 MB')).toThrow("neither bytes nor like '5 MB'");
    },
  );
});

describe('types', () => {
  test('a file without a declared type is known by its extension', () => {
    expect(codes({ name: 'IMG_1.HEIC' }, { accept: 'image/*' })).toEqual([]);
    expect(codes({ name: 'table.csv', type: 'application/vnd.ms-excel' }, { accept: '.csv' })).toEqual([]);
    expect(codes({ name: 'table.csv' }, { accept: 'image/*' })).toEqual(['wrong-type']);
  });

  test('name and declared type must both be welcome', () => {
    expect(codes({ name: 'virus.exe', type: 'image/png' }, { accept: 'image/*' })).toEqual(['wrong-type']);
    expect(codes({ name: 'cat.png', type: 'application/pdf' }, { accept: 'image/*' })).toEqual(['wrong-type']);
    expect(codes({ name: 'cat.png', type: 'image/png' }, { accept: 'image/*' })).toEqual([]);
  });

  test('a file that says nothing of itself is refused where types matter', () => {
    expect(codes({ name: 'mystery' }, { accept: 'image/*' })).toEqual(['wrong-type']);
    expect(codes({ name: 'mystery' }, {})).toEqual([]);
  });

  test('an octet stream says nothing, and parameters and case do not count', () => {
    expect(isAccepted({ name: 'a.png', type: 'application/octet-stream' }, ['image/*'])).toBe(true);
    expect(isAccepted({ name: 'a.txt', type: 'Text/Plain;charset=utf-8' }, ['text/plain'])).toBe(true);
  });

  test('the last extension decides', () => {
    expect(codes({ name: 'photo.jpg.exe' }, { accept: 'image/*' })).toEqual(['wrong-type']);
    expect(codes({ name: 'shell.php.jpg', type: 'image/jpeg' }, { accept: 'image/*' })).toEqual([]);
  });

  test.each(['image', 'png', '', 'image/png; foo', '. csv'])('accept %j is a mistake, told at once', (accept) => {
    expect(() => toRules({ accept })).toThrow("neither like 'image/*' nor like '.csv'");
  });

  test('a list may be written with commas or as a list', () => {
    expect(toRules({ accept: 'image/png, .CSV' }).accept).toEqual(['image/png', '.csv']);
    expect(toRules({ accept: ['image/png', '.csv'] }).accept).toEqual(['image/png', '.csv']);
  });
});

describe('sizes of files', () => {
  test.each([
    [0, {}, ['empty']],
    [0, { minSize: 0 }, []],
    [1, {}, []],
    [99, { minSize: 100 }, ['too-small-size']],
    [5_000_000, { maxSize: '5 MB' }, []],
    [5_000_001, { maxSize: '5 MB' }, ['too-large']],
    [5e12, { maxSize: '5 TB' }, []],
  ] as [number, RuleOptions, string[]][])('%j bytes under %j', (size, options, problems) => {
    expect(codes({ name: 'a.png', size }, options)).toEqual(problems);
  });

  test('pictures are measured before any decode', () => {
    const rules = toRules({ minWidth: 200, minHeight: 100, maxPixels: 1_000_000 });
    const check = (width: number, height: number): string[] =>
      checkPixels({ width, height }, rules).map(({ code }) => code);
    expect(check(200, 100)).toEqual([]);
    expect(check(199, 1000)).toEqual(['too-small']);
    expect(check(50_000, 50_000)).toEqual(['too-many-pixels']);
  });

  test.each(['maxFiles', 'minWidth', 'minHeight', 'maxPixels'])('%s of no whole number is told at once', (name) => {
    for (const value of [0, -1, 1.5, NaN]) expect(() => toRules({ [name]: value })).toThrow(`${name}: ${value}`);
  });
});

describe('narrowing', () => {
  test('the stricter side wins, field by field', () => {
    const kind = toRules({ accept: 'image/*', maxSize: '5 MB', minSize: 10, maxFiles: 5, minWidth: 100 });
    const prop = toRules({ accept: 'image/png', maxSize: '8 MB', minSize: 100, maxFiles: 2, minWidth: 50 });
    expect(tighten(kind, prop)).toMatchObject({
      accept: ['image/png'],
      maxSize: 5_000_000,
      minSize: 100,
      maxFiles: 2,
      minWidth: 100,
    });
  });

  test('nothing can be widened, and what shares nothing accepts nothing', () => {
    const kind = toRules({ accept: 'image/png', single: true });
    const tight = tighten(kind, toRules({ accept: 'application/pdf' }));
    expect(tight.accept).toEqual([]);
    expect(tight.single).toBe(true);
    expect(checkFile({ name: 'a.png', type: 'image/png', size: 1 }, tight).map(({ code }) => code)).toEqual([
      'wrong-type',
    ]);
  });

  test('an extension inside a family stays', () => {
    expect(tighten(toRules({ accept: 'image/*' }), toRules({ accept: '.png,.pdf' })).accept).toEqual(['.png']);
  });
});
