// index.d.ts
export { Avatar, type AvatarProps } from './components/avatar/avatar.tsx';
export type { Register, RegisteredKinds } from './core/register.ts';
export { UploadProvider, type UploadProviderProps } from './react/upload-provider.tsx';
export { useUploader } from './react/use-uploader.ts';
export { useUpload, useUploadIds, useUploads, useUploadTotals, type UploaderOption } from './react/use-uploads.ts';
export { type UploadProgressOptions, useUploadProgress } from './react/use-upload-progress.ts';
export { type FileUrlOptions, useFileUrl } from './react/use-file-url.ts';
export { usePreview } from './react/use-preview.ts';

// components/avatar/avatar.d.ts
import { type ReactNode } from 'react';
import type { OnUploaded } from '../../core/deliver.ts';
import type { AnyProvider } from '../../core/provider.ts';
import type { SavedFile } from '../../core/record.ts';
export interface AvatarProps {
    /** Default: the nearest `<UploadProvider>`'s. */
    provider?: AnyProvider | undefined;
    kind?: string | undefined;
    /** The picture that is saved already. */
    value?: SavedFile | null | undefined;
    /** Saves the new picture; awaited. */
    onUploaded?: OnUploaded | undefined;
    /** What the picture is of, for who cannot see it. */
    label?: string | undefined;
    /** Shown where there is no picture; initials, an icon. */
    fallback?: ReactNode;
}
/** A profile picture that can be changed: shows the new one at once, and the old one again if it could not be saved. */
export declare function Avatar({ provider, kind, value, onUploaded, label, fallback, }: AvatarProps): ReactNode;

// core/deliver.d.ts: see core.api.d.ts

// core/errors.d.ts: see core.api.d.ts

// core/ports.d.ts: see core.api.d.ts

// core/json.d.ts: see core.api.d.ts

// core/prepare.d.ts: see core.api.d.ts

// core/id.d.ts: see core.api.d.ts

// core/kinds.d.ts: see core.api.d.ts

// core/rules.d.ts: see core.api.d.ts

// core/size.d.ts: see core.api.d.ts

// core/standard-schema.d.ts: see core.api.d.ts

// core/provider.d.ts: see core.api.d.ts

// core/record.d.ts: see core.api.d.ts

// core/crop-state.d.ts: see core.api.d.ts

// core/send.d.ts: see core.api.d.ts

// core/register.d.ts: see core.api.d.ts

// react/upload-provider.d.ts
import { type Provider, type ReactNode } from 'react';
import type { AnyProvider } from '../core/provider.ts';
import type { AnyUploader } from '../core/uploader.ts';
import type { EngineOptions } from '../core/uploader-options.ts';
import { type Harbour } from './harbour.ts';
export interface UploadProviderProps {
    /** Where files go, for every component below that is not given a provider of its own. */
    provider?: AnyProvider | undefined;
    /** Beats the `provider` props below too: for tests and stories. */
    override?: boolean | undefined;
    /** Options for every uploader below that does not say otherwise. */
    defaults?: Partial<Omit<EngineOptions, 'onUploaded' | 'onSettled' | 'onRejected' | 'onError'>> | undefined;
    /** BCP 47 tag for numbers, sizes and words. Default: `'en'`. */
    locale?: string | undefined;
    dir?: 'ltr' | 'rtl' | undefined;
    children?: ReactNode;
}
/** What components inherit. */
export interface UploadSetting {
    readonly provider: AnyProvider | null;
    readonly override: boolean;
    readonly defaults: NonNullable<UploadProviderProps['defaults']>;
    readonly locale: string;
    readonly dir: 'ltr' | 'rtl' | undefined;
    /** Where uploaders with a scope live. Null outside any provider: then they live with their component. */
    readonly harbour: Harbour | null;
}
/** Sets provider, language and defaults for everything below, and owns the uploaders that outlive their component. */
export declare function UploadProvider({ children, ...props }: UploadProviderProps): ReactNode;
export declare const useSetting: () => UploadSetting;
/** The uploader that the parts below belong to. */
export declare const UploaderProvider: Provider<AnyUploader | null>;
/** The given uploader, or the nearest one above. */
export declare function useNearestUploader(given: AnyUploader | undefined, caller: string): AnyUploader;

// core/uploader.d.ts: see core.api.d.ts

// core/item.d.ts: see core.api.d.ts

// core/store.d.ts: see core.api.d.ts

// core/progress.d.ts: see core.api.d.ts

// core/uploader-options.d.ts: see core.api.d.ts

// core/retry.d.ts: see core.api.d.ts

// core/watchdog.d.ts: see core.api.d.ts

// react/harbour.d.ts
import type { AnyUploader } from '../core/uploader.ts';
/** Keeps uploaders by scope, beyond the life of the component that first asked for one. */
export interface Harbour {
    /** The uploader of this scope, made at the first call. */
    berth(scope: string, make: () => AnyUploader): AnyUploader;
    /** Called at zero mounts: an idle uploader is dropped, a running one goes on and is dropped when it is done. */
    release(scope: string): void;
}
export declare function createHarbour(): Harbour;

// react/use-uploader.d.ts
import type { KindMap, Provider } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import { type Uploader } from '../core/uploader.ts';
import type { EngineOptions, KindOption, MetadataOption } from '../core/uploader-options.ts';
interface Ownership {
    /** Lives in the nearest `<UploadProvider>` under this name, beyond this component. Without: dies with it. */
    scope?: string | undefined;
}
/** @internal */
type OwnOptions<T extends KindMap, K extends keyof T & string> = KindOption<T, K> & MetadataOption<T, K> & EngineOptions<Pick<T, K>> & Ownership;
/** With a provider of its own, whose kinds then check `kind` and `metadata` … */
export declare function useUploader<T extends KindMap, K extends keyof T & string = keyof T & string>(options: OwnOptions<T, K> & {
    provider: Provider<T>;
}): Uploader<Pick<T, K>>;
/** … or with the one of the nearest `<UploadProvider>`. */
export declare function useUploader<K extends keyof RegisteredKinds & string = keyof RegisteredKinds & string>(options?: OwnOptions<RegisteredKinds, K> & {
    provider?: undefined;
}): Uploader<Pick<RegisteredKinds, K>>;
export {};

// react/use-uploads.d.ts
import type { UploadId } from '../core/id.ts';
import type { UploadItem } from '../core/item.ts';
import type { KindMap } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import { type Totals } from '../core/store.ts';
import type { Uploader } from '../core/uploader.ts';
/** Which uploader; default: the nearest one above. */
export interface UploaderOption<T extends KindMap = RegisteredKinds> {
    uploader?: Uploader<T> | undefined;
}
/** The ids in their order. Renders again when the list changes, not when an item does: for long lists. */
export declare function useUploadIds<T extends KindMap = RegisteredKinds>(options?: UploaderOption<T>): readonly UploadId[];
/** All items in their order; renders again, at most ten times a second, when one of them changes. */
export declare function useUploads<T extends KindMap = RegisteredKinds>(options?: UploaderOption<T>): readonly UploadItem<T>[];
/** One item, or null once it has left the list. */
export declare function useUpload<T extends KindMap = RegisteredKinds>(options: UploaderOption<T> & {
    id: UploadId;
}): UploadItem<T> | null;
/** The list in numbers: counts by status, bytes, speed, time left. */
export declare function useUploadTotals<T extends KindMap = RegisteredKinds>(options?: UploaderOption<T>): Totals;

// react/use-upload-progress.d.ts
import { type RefObject } from 'react';
import type { UploadId } from '../core/id.ts';
import { type Progress } from '../core/progress.ts';
import type { KindMap } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import type { UploaderOption } from './use-uploads.ts';
export interface UploadProgressOptions<T extends KindMap = RegisteredKinds> extends UploaderOption<T> {
    id: UploadId;
    /**
     * Writes the share (0..1) to `--slipway-progress` of this element in every frame, and whole percents to its
     * `aria-valuenow`, without rendering anything. The hook then never renders again by itself.
     */
    ref?: RefObject<HTMLElement | null> | undefined;
}
/** How far one item is. */
export declare function useUploadProgress<T extends KindMap = RegisteredKinds>(options: UploadProgressOptions<T>): Progress;

// react/use-file-url.d.ts
import type { AnyProvider } from '../core/provider.ts';
import type { SavedFile } from '../core/record.ts';
export interface FileUrlOptions {
    file: SavedFile | null | undefined;
    /** Default: the nearest `<UploadProvider>`'s. */
    provider?: AnyProvider | undefined;
}
/**
 * An address to show a saved file by: its public one, or for a private file one that is asked of the provider and
 * renewed before it expires. Null until it is there. While a new one is fetched the old one stays.
 */
export declare function useFileUrl({ file, provider: own }: FileUrlOptions): string | null;

// react/use-preview.d.ts
/**
 * An address to show a picked file by, while the component is there; null on the server, before the first effect,
 * and for what is no picture. The address is released with the component or when the file changes.
 */
export declare function usePreview({ file }: {
    file: Blob | null | undefined;
}): string | null;
