/** A value as it arrives after a trip through JSON: a `Date` is text, nothing is null, functions are gone. @internal */
export type Jsonified<T> = T extends { toJSON(): infer J }
  ? Jsonified<J>
  : T extends string | number | boolean | null
    ? T
    : T extends undefined | void
      ? null
      : T extends (...args: never[]) => unknown
        ? never
        : T extends readonly (infer Item)[]
          ? Jsonified<Item>[]
          : T extends object
            ? { [Key in keyof T as T[Key] extends (...args: never[]) => unknown ? never : Key]: Jsonified<T[Key]> }
            : unknown;
