import type { UploadError } from './errors.ts';
import type { UploadId } from './id.ts';
import type { Json, JsonObject } from './json.ts';
import type { KindMap, Receipt, WaitReason } from './provider.ts';
import type { UploadRecord } from './record.ts';

/** The part of the journey that waits, fails and is retried on its own. */
export type Phase = 'upload' | 'confirm' | 'record';

/** What exists in each status, and in no other. */
export interface StatusFields<T extends KindMap = KindMap> {
  rejected: { problems: readonly UploadError[] };
  preparing: { step: string; waitingFor: 'user' | null };
  ready: object;
  queued: object;
  uploading: { attempt: number };
  waiting: {
    reason: WaitReason;
    phase: Phase;
    /** Milliseconds since 1970; null where only an event (back online, signed in) ends it. */
    until: number | null;
  };
  paused: { checkpoint: Json | undefined };
  confirming: { receipt: Receipt<T> };
  recording: { record: UploadRecord<T> };
  failed: { at: 'prepare' | Phase; error: UploadError; receipt: Receipt<T> | null };
  cancelled: object;
  done: { record: UploadRecord<T> };
}
export type Status = keyof StatusFields;

/** What every item has, whatever its status. */
export interface ItemFields<T extends KindMap = KindMap> {
  readonly id: UploadId;
  readonly name: string;
  /** Bytes as picked, and once prepared, as sent. */
  readonly size: number;
  readonly type: string;
  readonly kind: (keyof T & string) | null;
  readonly metadata: JsonObject;
  /** Name of the provider it was added with and keeps. */
  readonly provider: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** Null after a reload: what is left is what the outbox knows. */
  readonly file: Blob | null;
}

/** One file on its way. Its status decides which further fields exist. Immutable: a change is a new object. */
export type UploadItem<T extends KindMap = KindMap, S extends Status = Status> = {
  [Name in S]: Readonly<ItemFields<T> & { status: Name } & StatusFields<T>[Name]>;
}[S];

/** Nothing more happens to such an item until somebody asks for it. */
export const isTerminal = (status: Status): status is 'rejected' | 'failed' | 'cancelled' | 'done' =>
  status === 'rejected' || status === 'failed' || status === 'cancelled' || status === 'done';

const ownFields: { readonly [S in Status]: readonly (keyof StatusFields[S] & string)[] } = {
  rejected: ['problems'],
  preparing: ['step', 'waitingFor'],
  ready: [],
  queued: [],
  uploading: ['attempt'],
  waiting: ['reason', 'phase', 'until'],
  paused: ['checkpoint'],
  confirming: ['receipt'],
  recording: ['record'],
  failed: ['at', 'error', 'receipt'],
  cancelled: [],
  done: ['record'],
};

/** All statuses there are. */
export const statuses = Object.keys(ownFields) as readonly Status[];

const facts = ['id', 'name', 'size', 'type', 'kind', 'metadata', 'provider', 'addedAt', 'file', 'status'];

/** An item in another state: the facts every item has, and exactly the fields of its new status. */
export function itemIn(state: string, from: ItemFields, fields: object): UploadItem {
  const [status] = state.split(':') as [Status];
  const all: Record<string, unknown> = { ...from, ...fields, status };
  const item: Record<string, unknown> = {};
  for (const field of facts) item[field] = all[field];
  for (const field of ownFields[status]) item[field] = all[field];
  // the table of own fields is checked against the union, so this is one of its members
  return item as unknown as UploadItem;
}

/** How an item begins. */
export const firstStep: StatusFields['preparing'] = { step: '', waitingFor: null };
