'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { UploadId } from '../core/id.ts';
import type { UploadItem } from '../core/item.ts';
import type { KindMap } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import { noTotals, type Totals } from '../core/store.ts';
import type { AnyUploader, Uploader } from '../core/uploader.ts';
import { coalesced } from './coalesce.ts';
import { useNearestUploader } from './upload-provider.tsx';

/** Which uploader; default: the nearest one above. */
export interface UploaderOption<T extends KindMap = RegisteredKinds> {
  uploader?: Uploader<T> | undefined;
}

const nobody: readonly UploadId[] = [];
const noItems: readonly UploadItem[] = [];

/** The ids in their order. Renders again when the list changes, not when an item does: for long lists. */
export function useUploadIds<T extends KindMap = RegisteredKinds>(
  options: UploaderOption<T> = {},
): readonly UploadId[] {
  const uploader = useNearestUploader(options.uploader, 'useUploadIds');
  const subscribe = useMemo(() => coalesced(uploader.subscribe), [uploader]);
  return useSyncExternalStore(subscribe, uploader.getIds, () => nobody);
}

/** All items in their order; renders again, at most ten times a second, when one of them changes. */
export function useUploads<T extends KindMap = RegisteredKinds>(
  options: UploaderOption<T> = {},
): readonly UploadItem<T>[] {
  const uploader = useNearestUploader(options.uploader, 'useUploads');
  const { subscribe, getSnapshot } = useMemo(() => itemsOf(uploader), [uploader]);
  return useSyncExternalStore(subscribe, getSnapshot, () => noItems) as readonly UploadItem<T>[];
}

/** One item, or null once it has left the list. */
export function useUpload<T extends KindMap = RegisteredKinds>(
  options: UploaderOption<T> & { id: UploadId },
): UploadItem<T> | null {
  const { id } = options;
  const uploader = useNearestUploader(options.uploader, 'useUpload');
  const subscribe = useMemo(() => coalesced((listener) => uploader.subscribeItem(id, listener)), [uploader, id]);
  const read = useCallback(() => uploader.getItem(id) ?? null, [uploader, id]);
  return useSyncExternalStore(subscribe, read, () => null) as UploadItem<T> | null;
}

/** The list in numbers: counts by status, bytes, speed, time left. */
export function useUploadTotals<T extends KindMap = RegisteredKinds>(options: UploaderOption<T> = {}): Totals {
  const uploader = useNearestUploader(options.uploader, 'useUploadTotals');
  const subscribe = useMemo(() => coalesced(uploader.subscribeTotals), [uploader]);
  return useSyncExternalStore(subscribe, uploader.getTotals, () => noTotals);
}

/** Membership and every item as one channel, with a snapshot that is only rebuilt when one of them changed. */
function itemsOf(uploader: AnyUploader): {
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => readonly UploadItem[];
} {
  let snapshot = noItems;
  const read = (): readonly UploadItem[] =>
    uploader.getIds().flatMap((id) => {
      const item = uploader.getItem(id);
      return item === undefined ? [] : [item];
    });
  return {
    subscribe: coalesced((listener) => {
      // an order is no matter of the totals
      const ends = [uploader.subscribe(listener), uploader.subscribeTotals(listener)];
      return () => ends.forEach((end) => end());
    }),
    getSnapshot() {
      const items = read();
      const same = items.length === snapshot.length && items.every((item, index) => item === snapshot[index]);
      if (!same) snapshot = items;
      return snapshot;
    },
  };
}
