import type { CropState } from './crop-state.ts';
import type { Json, JsonObject } from './json.ts';
import type { KindMap, Stored } from './provider.ts';

/** The facts of a stored file that every provider knows. Flat, JSON-safe, times in ISO 8601. */
export interface RecordFields {
  version: 1;
  /** Minted in the browser before the first request; the idempotency key everywhere. */
  id: string;
  /** Name of the provider that holds the bytes. */
  provider: string;
  /** Object key, Uploadcare uuid, UploadThing key or Cloudinary public_id. */
  key: string;
  /** Public or CDN address; null when the object is private. Never a presigned one. */
  url: string | null;
  /** As the user knows it. */
  name: string;
  /** Bytes, as stored. */
  size: number;
  /** As the bytes say, not as the browser declared. */
  type: string;
  width: number | null;
  height: number | null;
  checksum: string | null;
  /** The server's clock where there is one. */
  uploadedAt: string;
  /** The kept original and the crop that was cut from it, for editing again. */
  source: { id: string; crop: CropState } | null;
  /** Our server's signature over these facts. */
  proof: string | null;
}

/**
 * What the host saves. Distributes over the kinds, so testing `record.kind` narrows `data` and `metadata`.
 * In a browser's hands it is a receipt, never evidence: the server claims by id.
 */
export type UploadRecord<T extends KindMap = KindMap, K extends keyof T & string = keyof T & string> = K extends unknown
  ? RecordFields & {
      kind: string extends K ? string | null : K;
      /** The host's own, as its schema gives it out. */
      metadata: T[K]['metadata'];
      /** The provider's answer; with our server, what `onStored` returned. */
      data: T[K]['data'];
    }
  : never;

/** A file an app already has: our record, a part of it, or whatever can name and show it. */
export type SavedFile<T extends KindMap = KindMap> = Pick<RecordFields, 'id' | 'key' | 'url'> &
  Partial<UploadRecord<T>>;

/** One database row: the record in snake_case, its three nested fields as JSON columns. */
export interface UploadRow {
  version: 1;
  id: string;
  provider: string;
  kind: string | null;
  key: string;
  url: string | null;
  name: string;
  size: number;
  type: string;
  width: number | null;
  height: number | null;
  checksum: string | null;
  uploaded_at: string;
  source: Json;
  proof: string | null;
  metadata: Json;
  data: Json;
}

/** The record as columns, ready for an INSERT. `source`, `metadata` and `data` are for JSON columns. */
export function toRow(record: UploadRecord): UploadRow {
  const { uploadedAt, source, metadata, data, ...same } = record;
  return {
    ...same,
    uploaded_at: uploadedAt,
    source: source as Json,
    metadata: (metadata ?? null) as Json,
    data: (data ?? null) as Json,
  };
}

/** The record of a stored file: what the provider knows, and for all else what was sent. */
export function assembleRecord(
  sent: { id: string; name: string; kind: string | null; metadata: JsonObject; provider: string },
  source: { size: number; type: string; width: number | null; height: number | null; source?: RecordFields['source'] },
  stored: Stored,
  now: number,
): UploadRecord {
  return {
    version: 1,
    id: sent.id,
    provider: sent.provider,
    key: stored.key,
    url: stored.url,
    name: sent.name,
    size: stored.size ?? source.size,
    type: stored.type ?? source.type,
    width: stored.width ?? source.width,
    height: stored.height ?? source.height,
    checksum: stored.checksum ?? null,
    uploadedAt: stored.uploadedAt ?? new Date(now).toISOString(),
    source: source.source ?? null,
    proof: stored.proof ?? null,
    kind: sent.kind,
    metadata: stored.metadata ?? sent.metadata,
    data: stored.data,
  };
}
