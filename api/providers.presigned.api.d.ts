// providers/presigned.d.ts
import type { KindMapOf, Kinds } from '../core/kinds.ts';
import type { Provider } from '../core/provider.ts';
export interface PresignedOptions<K extends Kinds = Kinds> {
    /** Base path of our server's routes, such as `/api/files`. */
    endpoint: string;
    kinds?: K | undefined;
    /** Added to every request to the endpoint, never to the store. */
    headers?: Readonly<Record<string, string>> | (() => Promise<Record<string, string>> | Record<string, string>) | undefined;
    credentials?: 'include' | 'same-origin' | 'omit' | undefined;
}
/** The type of a server's file, as far as a browser reads it: `import type { files } from '@/server/files'`. */
interface ServerFile {
    readonly '~kinds'?: Kinds;
    readonly '~data'?: unknown;
}
type KindsIn<S extends ServerFile> = NonNullable<S['~kinds']>;
/** Uploads straight to a bucket through addresses that our server signs, and has it prove each object. */
export declare function presigned<const K extends Kinds = Kinds>(options: PresignedOptions<K>): Provider<KindMapOf<K>>;
/** The same with `presigned<typeof files>(…)`: the type of the server's file also says what `record.data` holds. */
export declare function presigned<S extends ServerFile>(options: PresignedOptions<KindsIn<S>>): Provider<KindMapOf<KindsIn<S>, NonNullable<S['~data']>>>;
export {};

// core/kinds.d.ts: see core.api.d.ts

// core/rules.d.ts: see core.api.d.ts

// core/errors.d.ts: see core.api.d.ts

// core/size.d.ts: see core.api.d.ts

// core/standard-schema.d.ts: see core.api.d.ts

// core/json.d.ts: see core.api.d.ts

// core/provider.d.ts: see core.api.d.ts

// core/id.d.ts: see core.api.d.ts

// core/record.d.ts: see core.api.d.ts

// core/crop-state.d.ts: see core.api.d.ts

// core/send.d.ts: see core.api.d.ts
