import { expect, expectTypeOf, it } from 'vitest';
import type { Jsonified } from '../../../src/core/jsonified.ts';
import { defineKinds } from '../../../src/core/kinds.ts';
import { type HookData, createUploadServer, memoryRecords, memoryStorage } from '../../../src/server/index.ts';
import type { files } from '../../support/hooked-server.ts';
import { secret } from '../../support/secret.ts';

const kinds = defineKinds({ photos: { accept: 'image/*' }, papers: {} });

it('a kind\u2019s data is what its onStored returns, as JSON carries it', () => {
  const server = createUploadServer({
    kinds,
    authenticate: () => ({ userId: 'user-1' }),
    storage: memoryStorage(),
    records: memoryRecords(),
    secret,
    hooks: {
      photos: {
        async onStored({ record, userId }) {
          expectTypeOf(record.kind).toEqualTypeOf<'photos'>();
          expectTypeOf(userId).toEqualTypeOf<string>();
          return { at: new Date(), tags: [1, null], gone: undefined };
        },
      },
    },
  });
  type Data = NonNullable<(typeof server)['~data']>;
  expectTypeOf<Data['photos']>().toEqualTypeOf<{ at: string; tags: (number | null)[]; gone: null }>();
  expectTypeOf<NonNullable<(typeof files)['~data']>['photos']>().toEqualTypeOf<{ linked: string; at: string }>();
  expectTypeOf<HookData<{ photos: { isReferenced(): boolean } }>['photos']>().toEqualTypeOf<null>();
  expectTypeOf<Jsonified<{ a: () => void; b: { c: bigint | 'x' }[] }>>().toHaveProperty('b');
  expect(server.guide).toBeUndefined();
});

it('a hook of a kind that does not exist is a type error', () => {
  const base = { kinds, authenticate: () => null, storage: memoryStorage(), records: memoryRecords(), secret };
  // @ts-expect-error: there is no kind `nope`
  expect(() => createUploadServer({ ...base, guideRoutes: { kind: 'nope', maxSize: 1 } })).toThrow('no kind');
});
