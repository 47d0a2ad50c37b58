/** Numbers, sizes and lists in a language, always by the given tag: server and browser must write the same. */
export interface Format {
  readonly locale: string;
  /** `8.1 MB`, decimal, as disks and phones count. */
  size(bytes: number): string;
  number(value: number): string;
  /** `JPEG, PNG or WebP`. */
  either(words: readonly string[]): string;
  /** The plural form that a number takes: `'one'`, `'few'`, `'other'` … */
  plural(count: number): Intl.LDMLPluralRule;
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** One formatter a language; making them is what is slow about `Intl`. */
const formats = new Map<string, Format>();

export function formatFor(locale: string): Format {
  const known = formats.get(locale);
  if (known !== undefined) return known;
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const sizes = units.map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }),
  );
  const lists = new Intl.ListFormat(locale, { type: 'disjunction' });
  const plurals = new Intl.PluralRules(locale);
  const format: Format = {
    locale,
    size(bytes) {
      const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
      return (sizes[power] as Intl.NumberFormat).format(bytes / 1000 ** power);
    },
    number: (value) => numbers.format(value),
    either: (words) => lists.format(words),
    plural: (count) => plurals.select(count),
  };
  formats.set(locale, format);
  return format;
}
