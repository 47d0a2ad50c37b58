'use client';
import { createContext, type Provider, type ReactNode, useContext, useMemo, useState } from 'react';
import type { AnyProvider } from '../core/provider.ts';
import type { AnyUploader } from '../core/uploader.ts';
import type { EngineOptions } from '../core/uploader-options.ts';
import { createHarbour, type Harbour } from './harbour.ts';
import { Overlays } from './overlays.tsx';
import { misuse } from './misuse.ts';

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

const bare: UploadSetting = {
  provider: null,
  override: false,
  defaults: {},
  locale: 'en',
  dir: undefined,
  harbour: null,
};

const SettingContext = createContext<UploadSetting>(bare);
const UploaderContext = createContext<AnyUploader | null>(null);

/** Sets provider, language and defaults for everything below, and owns the uploaders that outlive their component. */
export function UploadProvider({ children, ...props }: UploadProviderProps): ReactNode {
  const outer = useContext(SettingContext);
  const [harbour] = useState(createHarbour);
  const { provider, override, defaults, locale, dir } = props;
  const setting = useMemo<UploadSetting>(() => {
    const overruled = outer.override && override !== true;
    return {
      provider: overruled ? outer.provider : (provider ?? outer.provider),
      override: (override ?? false) || outer.override,
      defaults: { ...outer.defaults, ...defaults },
      locale: locale ?? outer.locale,
      dir: dir ?? outer.dir,
      harbour,
    };
  }, [outer, provider, override, defaults, locale, dir, harbour]);
  return (
    <SettingContext.Provider value={setting}>
      {children}
      <Overlays />
    </SettingContext.Provider>
  );
}

export const useSetting = (): UploadSetting => useContext(SettingContext);

/** The uploader that the parts below belong to. */
export const UploaderProvider: Provider<AnyUploader | null> = UploaderContext.Provider;

/** The given uploader, or the nearest one above. */
export function useNearestUploader(given: AnyUploader | undefined, caller: string): AnyUploader {
  const nearest = useContext(UploaderContext);
  const uploader = given ?? nearest;
  if (uploader === null) {
    throw misuse(
      caller,
      // oxlint-disable-next-line no-restricted-globals -- every bundler puts the mode in its place
      process.env.NODE_ENV !== 'production' &&
        `${caller} has no uploader to look at: it stands outside any <Dropzone> or <UploaderProvider>. ` +
          'Put it inside one, or pass `uploader` from useUploader().',
    );
  }
  return uploader;
}
