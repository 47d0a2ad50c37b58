'use client';
import { useEffect, useState } from 'react';
import { isUploadError } from '../core/errors.ts';
import type { AnyProvider } from '../core/provider.ts';
import type { SavedFile, UploadRecord } from '../core/record.ts';
import { useSetting } from './upload-provider.tsx';

export interface FileUrlOptions {
  file: SavedFile | null | undefined;
  /** Default: the nearest `<UploadProvider>`'s. */
  provider?: AnyProvider | undefined;
}

/** How long before its end an address is asked for anew, and how soon again where that failed. */
const early = 30_000;
/** A timer holds no more than this; what does not fit fires at once. */
const longest = 2 ** 31 - 1;

/**
 * An address to show a saved file by: its public one, or for a private file one that is asked of the provider and
 * renewed before it expires. Null until it is there. While a new one is fetched the old one stays.
 */
export function useFileUrl({ file, provider: own }: FileUrlOptions): string | null {
  const setting = useSetting();
  const provider = own ?? setting.provider;
  const [found, setFound] = useState<{ id: string; url: string } | null>(null);
  const id = file?.id;
  useEffect(() => {
    if (file === null || file === undefined || file.url !== null || provider?.url === undefined) return undefined;
    const stopper = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const answer = await provider.url?.(file as UploadRecord, stopper.signal);
      if (answer === undefined || stopper.signal.aborted) return;
      setFound({ id: file.id, url: answer.url });
      const left = (answer.expiresAt ?? Number.NaN) - Date.now() - early;
      if (!Number.isNaN(left)) renewIn(Math.max(1000, left));
    };
    const renew = (): void =>
      void ask().catch((error: unknown) => {
        const isFinal = stopper.signal.aborted || (isUploadError(error) && !error.retryable);
        if (!isFinal) renewIn(early);
      });
    const renewIn = (delay: number): void => {
      timer = setTimeout(renew, Math.min(delay, longest));
    };
    // a picture that cannot be had shows its fallback, which is what a broken image would come to
    ask().catch(() => undefined);
    return () => {
      stopper.abort('cancel');
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- a record is known by its id, and a provider by its name
  }, [id, file?.url, provider?.name]);
  if (file === null || file === undefined) return null;
  return file.url ?? (found !== null && found.id === id ? found.url : null);
}
