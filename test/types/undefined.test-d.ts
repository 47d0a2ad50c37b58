// Every optional option takes `undefined` too: hosts hand on props that may be missing, whatever their compiler says.
import type { RuleOptions } from '../../src/core/rules.ts';
import type { ImageOptions, KindOptions } from '../../src/core/kinds.ts';
import type { KindMap } from '../../src/core/provider.ts';
import type { EngineOptions, UploaderOptions } from '../../src/core/uploader-options.ts';
import type { MemoryFault, MemoryOptions } from '../../src/providers/memory.ts';
import type { PresignedOptions } from '../../src/providers/presigned.ts';
import { type Equal, holds } from './equal.ts';

/** The optional properties that refuse `undefined` under exactOptionalPropertyTypes. */
type Strict<T> = {
  [Key in keyof T]-?: object extends Pick<T, Key>
    ? { [Only in Key]: undefined } extends Pick<T, Key>
      ? never
      : Key
    : never;
}[keyof T];

holds<Equal<Strict<RuleOptions>, never>>();
holds<Equal<Strict<KindOptions>, never>>();
holds<Equal<Strict<ImageOptions>, never>>();
holds<Equal<Strict<EngineOptions>, never>>();
holds<Equal<Strict<UploaderOptions>, never>>();
holds<Equal<Strict<UploaderOptions<{ photo: { metadata: { a?: 1 }; data: null } } & KindMap>>, never>>();
holds<Equal<Strict<MemoryOptions>, never>>();
holds<Equal<Strict<MemoryFault>, never>>();
holds<Equal<Strict<PresignedOptions>, never>>();
