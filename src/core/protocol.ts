import type { ErrorCode } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import type { UploadRecord } from './record.ts';

/** What the two halves say to each other, written once. The routes are in `openapi.yaml`. */
export const protocolVersion = 1;
/** Sent with every request to our own routes; absent means 1. */
export const protocolHeader = 'slipway-protocol';

export interface PresignFile {
  id: string;
  kind: string;
  name: string;
  type: string;
  size: number;
  metadata: JsonObject;
  /** SHA-256 in lower-case hex. */
  checksum?: string;
  source?: NonNullable<UploadRecord['source']>;
}
export interface PresignRequest {
  files: PresignFile[];
}

export interface WireError {
  status: number;
  code: ErrorCode;
  message: string;
  details?: Json;
}
export interface SinglePlan {
  id: string;
  url: string;
  method: 'PUT' | 'POST';
  /** To be sent exactly so. */
  headers: Record<string, string>;
  ticket: string;
  /** ISO 8601, the server's clock. */
  expiresAt: string;
}
export interface MultipartPlan {
  id: string;
  ticket: string;
  expiresAt: string;
  multipart: { partSize: number; count: number };
}
export type PresignAnswer =
  | SinglePlan
  | MultipartPlan
  | { id: string; record: UploadRecord }
  | { id: string; error: WireError };
/** In any order: answers are matched by id. `now` is the server's clock, so a wrong one here does no harm. */
export interface PresignResponse {
  files: PresignAnswer[];
  now?: string;
}

export interface PartsRequest {
  id: string;
  ticket: string;
  numbers: number[];
}
export interface PartsResponse {
  parts: { number: number; url: string; headers: Record<string, string>; size: number; expiresAt: string }[];
  now?: string;
}

/** 409 with `details.numbers`: only those parts are sent again. */
export interface CompleteRequest {
  id: string;
  ticket: string;
}
export interface CompleteResponse {
  id: string;
}
export interface AbortRequest {
  id: string;
  ticket: string;
}
export interface StatusRequest {
  id: string;
}

export interface ConfirmRequest {
  id: string;
  ticket?: string;
  metadata?: JsonObject;
}
/** Many at once: the answers come in any order and are matched by id. */
export interface ConfirmBatchRequest {
  files: ConfirmRequest[];
}
export interface ConfirmBatchResponse {
  files: ({ id: string } & (ConfirmResponse | { error: WireError }))[];
}
/** 202 instead of 200 while a scanner works: then `state` is `'scanning'`. */
export type ConfirmResponse = { record: UploadRecord } | { state: 'scanning'; retryAfter: number };

export type StatusResponse =
  | { state: 'absent' }
  | { state: 'partial'; parts: { number: number; size: number }[] }
  | { state: 'present' }
  | { state: 'scanning'; retryAfter: number }
  | { state: 'stored'; record: UploadRecord }
  | { state: 'gone' };

export interface ConfigResponse {
  protocol: { current: number; oldest: number };
  /** Milliseconds a browser may keep an unfinished upload for. */
  pendingFor: number;
  kinds: Record<string, PublicLimits>;
}
export interface PublicLimits {
  accept: readonly string[] | null;
  maxSize: number | null;
  minSize: number;
  maxFiles: number | null;
  single: boolean;
  minWidth: number;
  minHeight: number;
  maxPixels: number | null;
}

export interface ListResponse {
  records: UploadRecord[];
  cursor: string | null;
}
export interface UrlResponse {
  url: string;
  expiresAt?: string;
}
export interface SettleRequest {
  replacing: string[];
}
export interface ErrorResponse {
  error: { code: ErrorCode; message: string; details?: Json };
}
