import type { CropState } from '../core/crop-state.ts';
import { isUploadId } from '../core/id.ts';
import type { JsonObject } from '../core/json.ts';
import type {
  AbortRequest,
  CompleteRequest,
  ConfirmRequest,
  PartsRequest,
  PresignFile,
  SettleRequest,
  StatusRequest,
} from '../core/protocol.ts';
import { type Parser, list, object, optional, such, text, whole } from './parse.ts';

/** Most files one presign request may name. */
export const mostFiles: number = 100;
/** Most bytes of metadata one file may carry, as JSON. */
const mostMetadata = 2048;
const deepest = 8;

type Ticketed<T> = Omit<T, 'ticket' | 'metadata'> & { ticket?: string | undefined };

/** One file of a presign request, as it may come: what is optional there may be absent here. */
export type PresignEntry = Omit<PresignFile, 'checksum' | 'source'> & {
  checksum?: PresignFile['checksum'] | undefined;
  source?: PresignFile['source'] | null | undefined;
};

const id = such<string>(isUploadId, 'a lower-case UUID');
const ticket = optional(text(4096), undefined);
const metadata = such<JsonObject>(isSmallObject, `an object of at most ${mostMetadata} bytes as JSON`);
const checksum = such<string>(
  (value) => typeof value === 'string' && /^[\da-f]{64}$/.test(value),
  'a SHA-256 in lower-case hex',
);
const number = such<number>(Number.isFinite, 'a number');
const yesOrNo = such<boolean>((value) => typeof value === 'boolean', 'true or false');
const crop = object<CropState>({
  version: such((value) => value === 1, '1'),
  rect: object({ x: number, y: number, width: number, height: number }),
  quarterTurns: such((value) => [0, 1, 2, 3].includes(value as number), '0 to 3'),
  angle: number,
  flipX: yesOrNo,
  flipY: yesOrNo,
});
const source = object({ id, crop });

export const presignBody: Parser<{ files: PresignEntry[] }> = object({
  files: list<PresignEntry>(
    object<PresignEntry>({
      id,
      kind: text(64),
      name: text(1024),
      type: text(255),
      size: whole(0),
      metadata: optional(metadata, {}),
      checksum: optional(checksum, undefined),
      source: (value, path) => (value === null || value === undefined ? null : source(value, path)),
    }),
    mostFiles,
    1,
  ),
});
export const partsBody: Parser<Ticketed<PartsRequest>> = object({
  id,
  ticket,
  numbers: list(whole(1, 10_000), 1000, 1),
});
export const completeBody: Parser<Ticketed<CompleteRequest>> = object({ id, ticket });
export const abortBody: Parser<Ticketed<AbortRequest>> = completeBody;
export const statusBody: Parser<StatusRequest> = object({ id });
export const confirmBody: Parser<Ticketed<ConfirmRequest> & { metadata?: JsonObject | undefined }> = object({
  id,
  ticket,
  metadata: optional(metadata, undefined),
});
/** Each is answered for itself. */
export const confirmBatchBody: Parser<{ files: (Ticketed<ConfirmRequest> & { metadata?: JsonObject | undefined })[] }> =
  object({
    files: list(confirmBody, mostFiles, 1),
  });
export const settleBody: Parser<SettleRequest> = object({ replacing: list(id, 1000) });
export const metadataBody: Parser<{ metadata: JsonObject }> = object({ metadata });
export const guidePresignBody: Parser<{ fileName: string; contentType: string }> = object({
  fileName: text(1024, 1),
  contentType: text(255, 1),
});
/** `publicFileUrl` may be there too: it is derived here, never believed. */
export const guideSaveBody: Parser<{ objectKey: string }> = object({ objectKey: text(1024) });

export function isSmallObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!isShallow(value, deepest)) return false;
  const json = JSON.stringify(value);
  return !unkept.test(json) && new TextEncoder().encode(json).length <= mostMetadata;
}
/** How JSON writes a NUL and half of a surrogate pair, which PostgreSQL takes in no text. */
const unkept = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Says no before any recursion could go deep. */
function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
