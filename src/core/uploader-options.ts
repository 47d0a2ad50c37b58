import type { OnUploaded } from './deliver.ts';
import { UploadError } from './errors.ts';
import type { UploadId } from './id.ts';
import type { UploadItem } from './item.ts';
import type { JsonObject } from './json.ts';
import { type ImageOptions, kindOf } from './kinds.ts';
import type { Ports } from './ports.ts';
import type { KindMap, MetadataInput, Provider } from './provider.ts';
import type { UploadRecord } from './record.ts';
import type { RetryPolicy } from './retry.ts';
import { type RuleOptions, type Rules, tighten, toRules } from './rules.ts';
import type { Limits } from './watchdog.ts';

/** A file that did not make it, and why. */
export interface Problem {
  id: UploadId;
  name: string;
  error: UploadError;
}
export interface Settlement<T extends KindMap = KindMap> {
  records: UploadRecord<T>[];
  problems: Problem[];
}

/** Your own last word on the bytes: compress, encrypt, watermark. Stop when `signal` says so. */
export type Prepare = (file: Blob, context: { name: string; signal: AbortSignal }) => Blob | Promise<Blob>;

/** The options that do not depend on a kind. */
export interface EngineOptions<T extends KindMap = KindMap> extends RuleOptions {
  image?: ImageOptions | undefined;
  prepare?: Prepare | undefined;
  /** False: items stop at `ready` until `start()`. Default true. */
  autoUpload?: boolean | undefined;
  /** What to do with a file whose content is already in the list. Default `'allow'`: twins are two files. */
  duplicates?: 'allow' | 'reject' | undefined;
  /** Bodies on the wire at once, if the provider allows as many. Default 4. */
  concurrency?: number | undefined;
  /** How many places saved files hold already; they count for `maxFiles`. */
  taken?: number | undefined;
  retry?: Partial<RetryPolicy> | undefined;
  limits?: Partial<Limits> | undefined;
  /** Aborts what is on its way when the last component that uses the uploader has gone. Default false. */
  abortOnUnmount?: boolean | undefined;
  /** Saves one file. Awaited; at least once until it resolves and never after; `record.id` is the idempotency key. */
  onUploaded?: OnUploaded<UploadRecord<T>> | undefined;
  /** The uploader has come to rest; what was finished since it last did. */
  onSettled?: ((settlement: Settlement<T>) => void) | undefined;
  /** Files of a pick that the rules refused. */
  onRejected?: ((problems: Problem[]) => void) | undefined;
  /** A failure that the person must act on. Never for cancel, pause or waiting. */
  onError?: ((error: UploadError, item: UploadItem<T>) => void) | undefined;
}

/** Required exactly where a provider with kinds of its own would otherwise have to guess. */
export type KindOption<T extends KindMap, K extends keyof T & string> = {
  kind?: K | undefined;
} & (string extends keyof T ? { kind?: string | undefined } : { kind: K });

/** Required exactly where the schema of the kind needs something. */
export type MetadataOption<T extends KindMap, K extends keyof T> =
  // oxlint-disable-next-line typescript/no-empty-object-type -- the question is whether nothing at all would do
  {} extends MetadataInput<T, K> ? { metadata?: MetadataInput<T, K> | undefined } : { metadata: MetadataInput<T, K> };

export type UploaderOptions<T extends KindMap = KindMap, K extends keyof T & string = keyof T & string> = {
  provider: Provider<T>;
  ports?: Partial<Ports> | undefined;
} & KindOption<T, K> &
  MetadataOption<T, K> &
  EngineOptions<Pick<T, K>>;

/** The same options as the engine holds them, when what the types promised has been checked. */
export type HeldOptions = EngineOptions & {
  provider: Provider;
  kind?: string | undefined;
  metadata?: JsonObject | undefined;
};

/** The rules in force: those of the kind, narrowed by the props. A kind that is not there is a mistake in the code. */
export function rulesOf(options: HeldOptions): Rules {
  const own = toRules(options);
  const { kind, provider } = options;
  if (kind === undefined || provider.kinds === undefined) return own;
  const found = kindOf(provider.kinds, kind);
  if (found !== undefined)
    return tighten(toRules(found), { ...own, minSize: options.minSize === undefined ? 0 : own.minSize });
  const known = Object.keys(provider.kinds).join(', ');
  const message = `"${kind}" is none of ${known}: add it to defineKinds()`;
  throw new UploadError('unknown-kind', { kind }, { message, at: 'intake' });
}
