// What a host writes where it makes an uploader: no type argument, and nothing left to guess.
import { createUploader } from '../../src/core/create-uploader.ts';
import { defineKinds } from '../../src/core/kinds.ts';
import type { AnyProvider, Provider } from '../../src/core/provider.ts';
import type { AnyUploader } from '../../src/core/uploader.ts';
import { memory } from '../../src/providers/memory.ts';
import { useUploader } from '../../src/react/use-uploader.ts';
import { type Equal, holds } from './equal.ts';
import { schemaOf } from './schema.ts';

const kinds = defineKinds({
  photo: { accept: 'image/*', metadata: schemaOf<{ album: string; alt?: string }>() },
  note: { metadata: schemaOf<{ tag?: string }>() },
  plain: { accept: 'application/pdf' },
});
const provider = memory({ kinds });

// `kind` is one of those that are there, and asked for
createUploader({ provider, kind: 'plain' });
// @ts-expect-error no such kind
createUploader({ provider, kind: 'foto' });
// @ts-expect-error with kinds, there is one to name
createUploader({ provider });

// metadata is asked for exactly where its schema needs something
createUploader({ provider, kind: 'photo', metadata: { album: 'Summer' } });
createUploader({ provider, kind: 'note' });
createUploader({ provider, kind: 'note', metadata: { tag: 'x' } });
// @ts-expect-error the schema needs an album
createUploader({ provider, kind: 'photo' });
// @ts-expect-error and the album is text
createUploader({ provider, kind: 'photo', metadata: { album: 7 } });
// @ts-expect-error and nothing else is known
createUploader({ provider, kind: 'note', metadata: { tga: 'x' } });

// the record of a kind is that kind's
createUploader({
  provider,
  kind: 'photo',
  metadata: { album: 'Summer' },
  onUploaded(record, { signal, attempt, redelivered }) {
    holds<Equal<typeof record.kind, 'photo'>>();
    holds<Equal<typeof record.metadata, { album: string; alt?: string }>>();
    holds<Equal<typeof record.data, unknown>>();
    holds<Equal<typeof signal, AbortSignal>>();
    holds<Equal<typeof attempt, number>>();
    holds<Equal<typeof redelivered, boolean>>();
  },
});
const photos = createUploader({ provider, kind: 'photo', metadata: { album: 'Summer' } });
photos.add([], { metadata: { album: 'Winter' } });
// @ts-expect-error each pick's metadata is checked as well
photos.add([], { metadata: { albun: 'Winter' } });

// items of it narrow by status, and only the fields of a status are there
const item = photos.getItem('id');
if (item?.status === 'done') holds<Equal<typeof item.record.metadata.album, string>>();
if (item?.status === 'waiting') holds<Equal<typeof item.until, number | null>>();
// @ts-expect-error a queued item has no record
if (item?.status === 'queued') item.record.toString();

// the hooks infer the same
export function UsesHook(): null {
  const uploader = useUploader({ provider, kind: 'photo', metadata: { album: 'Summer' } });
  holds<Equal<NonNullable<ReturnType<typeof uploader.getItem>>['kind'], 'photo' | null>>();
  // @ts-expect-error no such kind
  useUploader({ provider, kind: 'foto' });
  // @ts-expect-error the schema needs an album
  useUploader({ provider, kind: 'photo' });
  // without a registered provider any kind by name is taken
  useUploader({ kind: 'whatever' });
  useUploader();
  return null;
}

// without kinds: any kind or none, any metadata, and data that is yet unknown
const bare = createUploader({ provider: memory() });
createUploader({ provider: memory(), kind: 'anything', metadata: { any: ['thing'] } });
createUploader({
  provider: memory(),
  onUploaded(record) {
    holds<Equal<typeof record.kind, string | null>>();
    holds<Equal<typeof record.data, unknown>>();
  },
});

// props and contexts take any provider, and a typed one is not one of unknown kinds
export const anyProvider: AnyProvider = provider;
export const anyUploader: AnyUploader = photos;
export const bareOne: AnyUploader = bare;
// @ts-expect-error its onUploaded would be handed other records than it asked for
export const wider: Provider = provider as Provider<{ a: { metadata: { b: 1 }; data: { c: 2 } } }>;

// explicit undefined is no mistake, with and without exactOptionalPropertyTypes
createUploader({ provider, kind: 'plain', maxSize: undefined, onUploaded: undefined, duplicates: undefined });
