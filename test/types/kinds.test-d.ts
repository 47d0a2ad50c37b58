// A kind is data that both halves share: what it may hold, and what inference keeps of it.
import { defineKinds } from '../../src/core/kinds.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { KindsOf } from '../../src/core/provider.ts';
import { memory } from '../../src/providers/memory.ts';
import { type Equal, holds } from './equal.ts';
import { schemaOf } from './schema.ts';

// every documented key is taken
const kinds = defineKinds({
  profileImage: {
    accept: ['image/jpeg', 'image/png'],
    maxSize: '5 MB',
    minSize: 100,
    single: true,
    visibility: 'private',
    keep: 'on-claim',
    checksum: true,
    minWidth: 64,
    minHeight: 64,
    maxPixels: 50_000_000,
    image: { width: 512, height: 512, crop: 'round' },
  },
  lists: { accept: 'image/*', maxSize: '1.5 MB', maxFiles: 50, metadata: schemaOf<{ album: string }>() },
  // explicit undefined is no mistake, with and without exactOptionalPropertyTypes
  plain: { accept: undefined, maxSize: undefined, metadata: undefined, image: undefined },
});

// the names of kinds are kept, and so is what was written
holds<Equal<keyof typeof kinds, 'profileImage' | 'lists' | 'plain'>>();
holds<Equal<(typeof kinds)['profileImage']['single'], true>>();

// @ts-expect-error a function belongs into the server's hooks
defineKinds({ avatar: { accept: 'image/*', onStored: () => undefined } });
// @ts-expect-error a function in the image options is one too
defineKinds({ avatar: { image: { width: () => 512 } } });
// @ts-expect-error no such unit
defineKinds({ avatar: { maxSize: '5 parsecs' } });
// @ts-expect-error a size in words needs its unit in words we know
defineKinds({ avatar: { maxSize: 'five MB' } });
// @ts-expect-error no such visibility
defineKinds({ avatar: { visibility: 'secret' } });
// @ts-expect-error metadata takes a schema, not a shape
defineKinds({ avatar: { metadata: { album: 'string' } } });
// @ts-expect-error a key that is none: a limit that is misspelt is no limit
defineKinds({ avatar: { maxsize: '5 MB' } });

// a provider built from kinds knows them, with no type argument written
const provider = memory({ kinds });
type Known = KindsOf<typeof provider>;
holds<Equal<keyof Known, 'profileImage' | 'lists' | 'plain'>>();
holds<Equal<Known['lists']['metadata'], { album: string }>>();
holds<Equal<Known['profileImage']['metadata'], JsonObject>>();

// a schema that changes what it is given: one type goes in, another comes out
const dated = memory({ kinds: defineKinds({ log: { metadata: schemaOf<{ at: string }, { at: number }>() } }) });
type Log = KindsOf<typeof dated>['log'];
holds<Equal<Log['input'], { at: string }>>();
holds<Equal<Log['metadata'], { at: number }>>();
