import { type RuleOptions, toRules } from './rules.ts';
import type { SchemaInput, SchemaOutput, StandardSchema } from './standard-schema.ts';
import type { JsonObject } from './json.ts';

/** How pictures of a kind are cut and written before they are sent. Plain data: the server reads it too. */
export interface ImageOptions {
  /** Pixels. One of `width` and `height` leaves the other to the frame. */
  width?: number | undefined;
  height?: number | undefined;
  /** Upper bound where no exact size is asked for. */
  maxWidth?: number | undefined;
  maxHeight?: number | undefined;
  /** `'image/jpeg'`, `'image/webp'` or `'image/png'`; default: the type of the source. */
  type?: string | undefined;
  /** 0..1. */
  quality?: number | undefined;
  /** Uploads the untouched picture first, as a record of its own, so that the crop can be edited later. */
  keepOriginal?: boolean | undefined;
  crop?:
    | false
    | 'round'
    | 'square'
    | { aspect?: number; shape?: 'round' | 'rect'; when?: 'always' | 'on-request' }
    | undefined;
}

export interface KindOptions extends RuleOptions {
  /** `'private'` unless told. */
  visibility?: 'private' | 'public' | undefined;
  /** `'on-upload'` (default) keeps every stored file; `'on-claim'` lets unclaimed ones go after their grace. */
  keep?: 'on-upload' | 'on-claim' | undefined;
  /** A SHA-256 made in the browser and checked against the stored bytes. */
  checksum?: boolean | undefined;
  /** Any Standard Schema (zod, valibot, arktype …). */
  metadata?: StandardSchema | undefined;
  image?: ImageOptions | undefined;
}

export type Kinds = { readonly [kind: string]: KindOptions };

/**
 * A kind is shared with the browser: behaviour belongs into the server's `hooks`, so a function in it is an error.
 *
 * @internal
 */
type DataOnly<T> = {
  [Key in keyof T]: T[Key] extends StandardSchema<never, unknown> | StandardSchema
    ? T[Key]
    : T[Key] extends (...args: never[]) => unknown
      ? never
      : T[Key] extends object
        ? DataOnly<T[Key]>
        : T[Key];
};

/**
 * Says what may be uploaded, once, for both halves. Data only: import it in the browser and on the server.
 * Throws at once on a limit that cannot be read.
 */
export function defineKinds<const K extends Kinds>(kinds: K & DataOnly<NoInfer<K>>): K {
  for (const [kind, options] of Object.entries<KindOptions>(kinds)) {
    try {
      toRules(options);
    } catch (error) {
      throw new TypeError(`defineKinds: kind ${JSON.stringify(kind)}: ${(error as Error).message}`, { cause: error });
    }
  }
  return kinds;
}

/** @internal */
type MetadataOf<O extends KindOptions, Side extends 'in' | 'out'> = O extends {
  metadata: infer S extends StandardSchema;
}
  ? Side extends 'in'
    ? SchemaInput<S>
    : SchemaOutput<S>
  : JsonObject;

/** The kind map of a provider that is built from kinds; `Data` maps each kind to what the server's hook gave. */
export type KindMapOf<K extends Kinds, Data = unknown> = {
  [Kind in keyof K & string]: {
    input: MetadataOf<K[Kind], 'in'>;
    metadata: MetadataOf<K[Kind], 'out'>;
    data: Kind extends keyof Data ? Data[Kind] : unknown;
  };
};

/** Own kinds only: `__proto__`, `constructor` and the like are no kinds. */
export const kindOf = (kinds: Kinds, kind: string): KindOptions | undefined =>
  Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
