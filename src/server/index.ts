export type { ListResponse } from '../core/protocol.ts';
export { createUploadServer, type Handler, type UploadServer } from './create-upload-server.ts';
export type { ClaimOptions } from './claim.ts';
export type { Lifetimes } from './lifetimes.ts';
export type { Mine } from './mine.ts';
export type { PutFile } from './put-bytes.ts';
export type {
  AuthorizeQuestion,
  HookData,
  Hooks,
  KindHooks,
  Limits,
  Logger,
  ScanEvent,
  ScanVerdict,
  StoredEvent,
  UploadServerOptions,
  Webhook,
  WebhookEvent,
} from './options.ts';
export type { Ports } from './ports.ts';
export type * from './record-store.ts';
export { memoryRecords } from './records/memory.ts';
export { UploadRefusal } from './refusal.ts';
export type * from './storage.ts';
export { memoryStorage, type MemoryStorageOptions } from './storage/memory.ts';
export type { SweepReport } from './sweep.ts';
