/** Bytes, or text as people say it: `'5 MB'`, `'1.5 GB'`. Decimal, as on every disk and phone. */
export type Size = number | `${number} ${SizeUnit}`;
export type SizeUnit = 'B' | 'kB' | 'KB' | 'MB' | 'GB' | 'TB' | 'KiB' | 'MiB' | 'GiB';

const units: Record<SizeUnit, number> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** Whole bytes. Throws on anything else, since a limit that is misread is no limit. */
export function toBytes(size: Size): number {
  const [, amount, unit = 'B'] = /^(\d+(?:\.\d+)?)(?: ?(\w+))?$/.exec(String(size)) ?? [];
  const bytes = Math.round(Number(amount) * (Object.hasOwn(units, unit) ? units[unit as SizeUnit] : NaN));
  if (!(bytes >= 0)) throw new TypeError(`${JSON.stringify(size)} is neither bytes nor like '5 MB'`);
  return bytes;
}
