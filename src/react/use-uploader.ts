'use client';
import { useEffect, useMemo, useState } from 'react';
import { browserPorts } from '../browser/ports.ts';
import type { AnyProvider, KindMap, Provider } from '../core/provider.ts';
import type { RegisteredKinds } from '../core/register.ts';
import { type AnyUploader, launchUploader, type Uploader } from '../core/uploader.ts';
import type { EngineOptions, HeldOptions, KindOption, MetadataOption } from '../core/uploader-options.ts';
import type { Harbour } from './harbour.ts';
import { misuse } from './misuse.ts';
import { type UploadSetting, useSetting } from './upload-provider.tsx';

interface Ownership {
  /** Lives in the nearest `<UploadProvider>` under this name, beyond this component. Without: dies with it. */
  scope?: string | undefined;
}
/** @internal */
type OwnOptions<T extends KindMap, K extends keyof T & string> = KindOption<T, K> &
  MetadataOption<T, K> &
  EngineOptions<Pick<T, K>> &
  Ownership;

/** With a provider of its own, whose kinds then check `kind` and `metadata` … */
export function useUploader<T extends KindMap, K extends keyof T & string = keyof T & string>(
  options: OwnOptions<T, K> & { provider: Provider<T> },
): Uploader<Pick<T, K>>;
/** … or with the one of the nearest `<UploadProvider>`. */
export function useUploader<K extends keyof RegisteredKinds & string = keyof RegisteredKinds & string>(
  options?: OwnOptions<RegisteredKinds, K> & { provider?: undefined },
): Uploader<Pick<RegisteredKinds, K>>;
/**
 * An uploader for this component: commands and reads, the same object on every render. It renders nothing again
 * by itself; `useUploads`, `useUpload`, `useUploadProgress` and `useUploadTotals` do.
 */
export function useUploader(given: object = {}): AnyUploader {
  const setting = useSetting();
  // the overloads have checked what the implementation takes as it comes
  const { scope, ...own } = given as Partial<HeldOptions> & Ownership;
  const options: HeldOptions = { ...setting.defaults, ...own, provider: providerFor(own.provider, setting) };
  const make = (): AnyUploader => launchUploader(options, browserPorts);
  const { harbour } = setting;
  // without a scope, or anything to keep it in, the uploader is this component's own
  const [mine] = useState(() => (scope === undefined || harbour === null ? make() : null));
  const uploader = useMemo(
    () => mine ?? (harbour as Harbour).berth(scope as string, make),
    // oxlint-disable-next-line react/exhaustive-deps -- made from the options of the first render; the rest is configured
    [mine, harbour, scope],
  );
  // after every commit: callbacks and rules are those of the latest render, whatever closed over which state
  useEffect(() => uploader.configure(options));
  useEffect(() => {
    const leave = uploader.mount();
    // kept while hidden, it may have come to rest and been dropped
    if (mine === null) harbour?.berth(scope as string, () => uploader);
    return () => {
      leave();
      if (mine === null) harbour?.release(scope as string);
    };
  }, [uploader, mine, scope, harbour]);
  return uploader;
}

function providerFor(own: AnyProvider | undefined, setting: UploadSetting): AnyProvider {
  const provider = setting.override ? (setting.provider ?? own) : (own ?? setting.provider);
  if (provider !== null && provider !== undefined) return provider;
  throw misuse(
    'useUploader',
    // oxlint-disable-next-line no-restricted-globals -- every bundler puts the mode in its place
    process.env.NODE_ENV !== 'production' &&
      'useUploader() has no provider, so there is nowhere to send files to. Pass `provider`, or wrap the app in ' +
        '<UploadProvider provider={…}>; `memory()` from slipway/providers/memory needs no account.',
  );
}
