import { defineKinds } from '../../src/core/kinds.ts';

/** What the stories upload; shared by the demo backend and the stories themselves. */
export const demoKinds = defineKinds({
  profileImage: {
    accept: ['image/jpeg', 'image/png', 'image/webp'],
    maxSize: '5 MB',
    single: true,
    visibility: 'private',
    image: { width: 512, height: 512, crop: 'round' },
  },
  lists: { accept: 'image/*', maxSize: '8 MB', maxFiles: 50 },
  documents: { accept: ['application/pdf', 'text/plain'], maxSize: '20 MB', maxFiles: 20 },
});
