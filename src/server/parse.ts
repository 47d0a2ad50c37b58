import { UploadError } from '../core/errors.ts';

/** Reads a value that came from outside as a `T`, or throws 400 with the path of the first fault. */
export type Parser<T> = (value: unknown, path?: string) => T;

const unfit = (path: string, must: string): UploadError => {
  const reason = `${path === '' ? 'body' : path} must be ${must}`;
  return new UploadError('bad-request', { reason }, { message: reason });
};

export const text =
  (most: number, least = 0): Parser<string> =>
  (value, path = '') => {
    if (typeof value !== 'string' || value.length < least || value.length > most) {
      throw unfit(path, `text of ${least} to ${most} characters`);
    }
    return value;
  };

export const whole =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Parser<number> =>
  (value, path = '') => {
    if (!Number.isInteger(value) || Number(value) < least || Number(value) > most) {
      throw unfit(path, `a whole number from ${least} to ${most}`);
    }
    return Number(value);
  };

/** Whatever the check says yes to. */
export const such =
  <T>(is: (value: unknown) => boolean, must: string): Parser<T> =>
  (value, path = '') => {
    if (!is(value)) throw unfit(path, must);
    return value as T; // the check is the proof
  };

/** Absent is the fallback; null is not absent. */
export const optional =
  <T, F>(parser: Parser<T>, fallback: F): Parser<T | F> =>
  (value, path) =>
    value === undefined ? fallback : parser(value, path);

export const list =
  <T>(parser: Parser<T>, most: number, least = 0): Parser<T[]> =>
  (value, path = '') => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      throw unfit(path, `a list of ${least} to ${most}`);
    }
    return value.map((item, index) => parser(item, `${path}.${index}`));
  };

/** Own fields of the shape; what it does not name is left behind. */
export const object =
  <T>(shape: { readonly [Field in keyof T]: Parser<T[Field]> }): Parser<T> =>
  (value, path = '') => {
    if (typeof value !== 'object' || value === null) throw unfit(path, 'an object');
    const fields = Object.entries<Parser<unknown>>(shape).map(([field, parser]) => {
      const given: unknown = Object.hasOwn(value, field) ? value[field as keyof typeof value] : undefined;
      return [field, parser(given, path === '' ? field : `${path}.${field}`)];
    });
    return Object.fromEntries(fields) as T; // field by field what the shape says
  };
