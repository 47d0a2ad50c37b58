'use client';
import { type RefObject, useCallback, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import type { UploadId } from '../core/id.ts';
import { noProgress, type Progress } from '../core/progress.ts';
import type { KindMap } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import { coalesced } from './coalesce.ts';
import { useNearestUploader } from './upload-provider.tsx';
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
export function useUploadProgress<T extends KindMap = RegisteredKinds>(options: UploadProgressOptions<T>): Progress {
  const { id, ref } = options;
  const uploader = useNearestUploader(options.uploader, 'useUploadProgress');
  const listen = ref === undefined;
  const subscribe = useMemo(
    () => (listen ? coalesced((listener) => uploader.subscribeProgress(id, listener)) : () => () => undefined),
    [uploader, id, listen],
  );
  const read = useCallback(() => uploader.getProgress(id), [uploader, id]);
  const still = useCallback(() => noProgress, []);
  useLayoutEffect(() => {
    if (ref === undefined) return undefined;
    const write = (): void => writeProgress(ref.current, uploader.getProgress(id).fraction);
    write();
    const ends = [uploader.subscribeProgress(id, write), uploader.subscribeItem(id, write)];
    return () => ends.forEach((end) => end());
  }, [uploader, id, ref]);
  return useSyncExternalStore(subscribe, listen ? read : still, still);
}

function writeProgress(element: HTMLElement | null, fraction: number): void {
  if (element === null) return;
  element.style.setProperty('--slipway-progress', fraction.toFixed(4));
  const percent = String(Math.round(fraction * 100));
  // assistive technology hears of each change, so only of whole percents
  if (element.getAttribute('aria-valuenow') !== percent) element.setAttribute('aria-valuenow', percent);
}
