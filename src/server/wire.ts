import * as v from 'valibot';
import { isUploadId } from '../core/id.ts';
import type { JsonObject } from '../core/json.ts';
import { UploadError } from '../core/errors.ts';

/** Most files one presign request may name. */
export const mostFiles = 100;
/** Most bytes of metadata one file may carry, as JSON. */
export const mostMetadata = 2048;
const deepest = 8;

const id = v.custom<string>(isUploadId, 'must be a lower-case UUID');
const ticket = v.pipe(v.string(), v.maxLength(4096));
const metadata = v.custom<JsonObject>(isSmallObject, `must be an object of at most ${mostMetadata} bytes as JSON`);
const unit = v.number();
const crop = v.object({
  version: v.literal(1),
  rect: v.object({ x: unit, y: unit, width: unit, height: unit }),
  quarterTurns: v.picklist([0, 1, 2, 3]),
  angle: unit,
  flipX: v.boolean(),
  flipY: v.boolean(),
});

const file = v.object({
  id,
  kind: v.pipe(v.string(), v.maxLength(64)),
  name: v.pipe(v.string(), v.maxLength(1024)),
  type: v.pipe(v.string(), v.maxLength(255)),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  metadata: v.optional(metadata, {}),
  checksum: v.optional(v.pipe(v.string(), v.regex(/^[\da-f]{64}$/))),
  source: v.nullish(v.object({ id, crop })),
});
export type PresignEntry = v.InferOutput<typeof file>;

export const presignBody = v.object({ files: v.pipe(v.array(file), v.minLength(1)) });
export const partsBody = v.object({
  id,
  ticket: v.optional(ticket),
  numbers: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
    v.minLength(1),
    v.maxLength(1000),
  ),
});
export const namedBody = v.object({ id, ticket: v.optional(ticket) });
export const confirmBody = v.object({ id, ticket: v.optional(ticket), metadata: v.optional(metadata) });
export const settleBody = v.object({ replacing: v.pipe(v.array(id), v.maxLength(1000)) });
export const metadataBody = v.object({ metadata });
export const guidePresignBody = v.object({
  fileName: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
  contentType: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
});
/** `publicFileUrl` may be there too: it is derived here, never believed. */
export const guideSaveBody = v.object({ objectKey: v.pipe(v.string(), v.maxLength(1024)) });

/** The value in the schema's shape, without anything it does not name; else 400 with the path of the first fault. */
export function read<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
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
