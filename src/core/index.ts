export { createUploader } from './create-uploader.ts';
export * from './crop-state.ts';
export type { Delivery, OnUploaded } from './deliver.ts';
export { describe } from './describe.ts';
export { actionOf, type ErrorAction, errorCodes } from './error-actions.ts';
export * from './errors.ts';
export type { Format } from './format.ts';
export { isUploadId, mintId, type UploadId } from './id.ts';
export type { ItemFields, Phase, Status, StatusFields, UploadItem } from './item.ts';
export * from './inspect.ts';
export type { Json, JsonObject } from './json.ts';
export { defineKinds, type ImageOptions, type KindMapOf, type KindOptions, type Kinds } from './kinds.ts';
export { english, type ErrorFacts, type ErrorMessages, type ErrorWords, type Messages } from './messages.ts';
export { type Clock, inertPorts, type KeyValueStore, type Online, type Ports, type Random } from './ports.ts';
export type { PrepareContext, PreparedSource, PrepareStep } from './prepare.ts';
export type { Progress } from './progress.ts';
export * from './provider.ts';
export { type RecordFields, type SavedFile, toRow, type UploadRecord, type UploadRow } from './record.ts';
export type { Register, RegisteredKinds } from './register.ts';
export type { RetryPolicy } from './retry.ts';
export { type FileFacts, type RuleOptions, type Rules, toRules } from './rules.ts';
export type { Send, SendRequest, SendResponse } from './send.ts';
export type { Size, SizeUnit } from './size.ts';
export type { SchemaInput, SchemaIssue, SchemaOutput, SchemaResult, StandardSchema } from './standard-schema.ts';
export type { Listener, Reads, Totals, Unsubscribe } from './store.ts';
export type { AnyUploader, Uploader } from './uploader.ts';
export type {
  EngineOptions,
  HeldOptions,
  KindOption,
  MetadataOption,
  Prepare,
  Problem,
  Settlement,
  UploaderOptions,
} from './uploader-options.ts';
export type { Limits } from './watchdog.ts';
