// The type of the server's file, and nothing else of it, types `record.data` in the browser.
import { createUploader } from '../../src/core/create-uploader.ts';
import { defineKinds } from '../../src/core/kinds.ts';
import type { KindsOf } from '../../src/core/provider.ts';
import { presigned } from '../../src/providers/presigned.ts';
import { createUploadServer, memoryRecords, memoryStorage } from '../../src/server/index.ts';
import { type Equal, holds } from './equal.ts';
import { schemaOf } from './schema.ts';

// an interface, which has no index signature: none is asked for
interface Linked {
  listing: number;
  at: Date;
  note: string | undefined;
}

const kinds = defineKinds({
  photo: { metadata: schemaOf<{ album: string }>() },
  avatar: { single: true },
  silent: {},
});
export const files = createUploadServer({
  kinds,
  authenticate: () => ({ userId: 'maria' }),
  storage: memoryStorage(),
  records: memoryRecords(),
  hooks: {
    photo: {
      onStored: async ({ metadata }): Promise<Linked> => {
        // the hook reads what the schema gives out
        holds<Equal<typeof metadata, { album: string }>>();
        return { listing: 7, at: new Date(0), note: undefined };
      },
    },
    avatar: { onStored: () => undefined },
  },
});

// by inference alone: kinds and metadata, and data that is yet unknown
const inferred = presigned({ endpoint: '/api/files', kinds });
holds<Equal<keyof KindsOf<typeof inferred>, 'photo' | 'avatar' | 'silent'>>();
holds<Equal<KindsOf<typeof inferred>['photo']['data'], unknown>>();
createUploader({ provider: inferred, kind: 'photo', metadata: { album: 'Summer' } });
// @ts-expect-error the schema needs an album
createUploader({ provider: inferred, kind: 'photo' });

// with the one type argument a host ever writes: data too, as JSON carries it
const typed = presigned<typeof files>({ endpoint: '/api/files', kinds });
createUploader({
  provider: typed,
  kind: 'photo',
  metadata: { album: 'Summer' },
  onUploaded({ data, metadata }) {
    holds<Equal<typeof data.listing, number>>();
    holds<Equal<typeof data.at, string>>();
    holds<Equal<typeof metadata, { album: string }>>();
  },
});
holds<Equal<KindsOf<typeof typed>['avatar']['data'], null>>();
// no hook answers for this kind
holds<Equal<KindsOf<typeof typed>['silent']['data'], unknown>>();
// @ts-expect-error no such kind
createUploader({ provider: typed, kind: 'foto' });
// @ts-expect-error other kinds than the server's
presigned<typeof files>({ endpoint: '/api/files', kinds: defineKinds({ other: {} }) });
