import { defineKinds } from 'slipway/core';
import { createUploadServer, memoryRecords, memoryStorage } from 'slipway/server';

const files = createUploadServer({
  kinds: defineKinds({ profileImage: { accept: 'image/*', maxSize: '5 MB', single: true } }),
  authenticate: async () => ({ userId: 'someone' }),
  storage: memoryStorage(),
  records: memoryRecords(),
  secret: 'a-visibly-fake-secret-for-this-test-only',
});

export const { GET, HEAD, POST, PUT, DELETE, OPTIONS } = files;
