import { defineKinds } from 'slipway/core';
import { memory } from 'slipway/providers/memory';

export const kinds = defineKinds({
  profileImage: { accept: ['image/png', 'image/jpeg'], maxSize: '5 MB', single: true },
});
export const files = memory({ kinds });

declare module 'slipway' {
  interface Register {
    provider: typeof files;
  }
}
