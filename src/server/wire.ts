import * as v from 'valibot';
import { UploadError } from '../core/errors.ts';
import { isUploadId } from '../core/id.ts';
import type { JsonObject } from '../core/json.ts';
import type { ConfirmRequest, PartsRequest, PresignFile, SettleRequest } from '../core/protocol.ts';

/** Most files one presign request may name. */
export const mostFiles: number = 100;
/** Most bytes of metadata one file may carry, as JSON. */
const mostMetadata = 2048;
const deepest = 8;

type Body<T> = v.GenericSchema<unknown, T>;
type Ticketed<T> = Omit<T, 'ticket'> & { ticket?: string | undefined };

const id = v.custom<string>(isUploadId, 'must be a lower-case UUID');
const ticket = v.optional(v.pipe(v.string(), v.maxLength(4096)));
const metadata = v.custom<JsonObject>(isSmallObject, `must be an object of at most ${mostMetadata} bytes as JSON`);
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const number = v.number();
const crop = v.object({
  version: v.literal(1),
  rect: v.object({ x: number, y: number, width: number, height: number }),
  quarterTurns: v.picklist([0, 1, 2, 3]),
  angle: number,
  flipX: v.boolean(),
  flipY: v.boolean(),
});
const file: Body<PresignEntry> = v.object({
  id,
  kind: text(64),
  name: text(1024),
  type: text(255),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  metadata: v.optional(metadata, {}),
  checksum: v.optional(v.pipe(v.string(), v.regex(/^[\da-f]{64}$/))),
  source: v.nullish(v.object({ id, crop })),
});
const partNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));

/** One file of a presign request, as it may come: what is optional there may be absent here. */
export type PresignEntry = Omit<PresignFile, 'checksum' | 'source'> & {
  checksum?: PresignFile['checksum'] | undefined;
  source?: PresignFile['source'] | null | undefined;
};

export const presignBody: Body<{ files: PresignEntry[] }> = v.object({ files: v.pipe(v.array(file), v.minLength(1)) });
export const partsBody: Body<Ticketed<PartsRequest>> = v.object({
  id,
  ticket,
  numbers: v.pipe(v.array(partNumber), v.minLength(1), v.maxLength(1000)),
});
export const namedBody: Body<Ticketed<{ id: string }>> = v.object({ id, ticket });
export const confirmBody: Body<Ticketed<ConfirmRequest>> = v.object({ id, ticket, metadata: v.optional(metadata) });
export const settleBody: Body<SettleRequest> = v.object({ replacing: v.pipe(v.array(id), v.maxLength(1000)) });
export const metadataBody: Body<{ metadata: JsonObject }> = v.object({ metadata });
export const guidePresignBody: Body<{ fileName: string; contentType: string }> = v.object({
  fileName: v.pipe(text(1024), v.minLength(1)),
  contentType: v.pipe(text(255), v.minLength(1)),
});
/** `publicFileUrl` may be there too: it is derived here, never believed. */
export const guideSaveBody: Body<{ objectKey: string }> = v.object({ objectKey: text(1024) });

/** The value in the schema's shape, without anything it does not name; else 400 with the path of the first fault. */
export function read<T>(schema: Body<T>, value: unknown): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const reason = `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`;
  throw new UploadError('bad-request', { reason }, { message: reason });
}

export function isSmallObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return isShallow(value, deepest) && new TextEncoder().encode(JSON.stringify(value)).length <= mostMetadata;
}

/** Says no before any recursion could go deep. */
function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
