import { type UploadServer, createUploadServer, memoryRecords, memoryStorage } from '../../src/server/index.ts';
import { secret } from './secret.ts';

const kinds = { photos: { accept: 'image/*' } } as const;

/** A host's server file, as a page imports it for its type alone. */
export const files: UploadServer<typeof kinds, { photos: { linked: string; at: string } }> = createUploadServer({
  kinds,
  authenticate: () => ({ userId: 'user-1' }),
  storage: memoryStorage(),
  records: memoryRecords(),
  secret,
  hooks: { photos: { onStored: () => ({ linked: 'word-of-the-hook', at: new Date(0) }) } },
});
