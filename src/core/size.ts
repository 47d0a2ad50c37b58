/** Bytes, or text as people say it: `'5 MB'`, `'1.5 GB'`. Decimal, as on every disk and phone. */
export type Size = number | `${number} ${SizeUnit}`;
export type SizeUnit = 'B' | 'kB' | 'KB' | 'MB' | 'GB' | 'TB';

/** Whole bytes. Throws on anything else, since a limit that is misread is no limit. */
export function toBytes(size: Size): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?([kKMGT]?)B?$/.exec(String(size)) ?? [];
  const bytes = Math.round(Number(amount) * 1000 ** ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase()));
  if (!(bytes >= 0)) throw new TypeError(`${JSON.stringify(size)} is neither bytes nor like '5 MB'`);
  return bytes;
}
