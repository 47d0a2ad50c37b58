// One declaration types every component that inherits its provider.
import { type RegisteredKinds, useUploader } from '../../../src/index.ts';
import { defineKinds } from '../../../src/core/kinds.ts';
import { memory } from '../../../src/providers/memory.ts';
import { type Equal, holds } from '../equal.ts';
import { schemaOf } from '../schema.ts';

const kinds = defineKinds({
  photo: { metadata: schemaOf<{ album: string }>() },
  paper: { accept: 'application/pdf' },
});
export const files = memory({ kinds });

// a host writes `declare module 'slipway'`; this is the module that name stands for
declare module '../../../src/index.ts' {
  interface Register {
    provider: typeof files;
  }
}

holds<Equal<keyof RegisteredKinds, 'photo' | 'paper'>>();

export function Inherits(): null {
  useUploader({
    kind: 'photo',
    metadata: { album: 'Summer' },
    onUploaded(record) {
      holds<Equal<typeof record.kind, 'photo'>>();
      holds<Equal<typeof record.metadata, { album: string }>>();
    },
  });
  useUploader({ kind: 'paper' });
  // @ts-expect-error no such kind is registered
  useUploader({ kind: 'foto' });
  // @ts-expect-error the schema needs an album
  useUploader({ kind: 'photo' });
  return null;
}
