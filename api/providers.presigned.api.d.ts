// providers/presigned.d.ts
import type { KindMapOf, Kinds } from '../core/kinds.ts';
import type { Provider } from '../core/provider.ts';
export interface PresignedOptions<K extends Kinds = Kinds> {
    /** Base path of our server's routes, such as `/api/files`. */
    endpoint: string;
    kinds?: K;
    /** Added to every request to the endpoint, never to the store. */
    headers?: Readonly<Record<string, string>> | (() => Promise<Record<string, string>> | Record<string, string>);
    credentials?: 'include' | 'same-origin' | 'omit';
}
/** Uploads straight to a bucket through addresses that our server signs, and has it prove each object. */
export declare function presigned<const K extends Kinds = Kinds>(options: PresignedOptions<K>): Provider<KindMapOf<K>>;

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
