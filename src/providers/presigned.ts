import type { KindMapOf, Kinds } from '../core/kinds.ts';
import type { Provider } from '../core/provider.ts';
import { lateProvider } from './late.ts';

export interface PresignedOptions<K extends Kinds = Kinds> {
  /** Base path of our server's routes, such as `/api/files`. */
  endpoint: string;
  kinds?: K | undefined;
  /** Added to every request to the endpoint, never to the store. */
  headers?:
    | Readonly<Record<string, string>>
    | (() => Promise<Record<string, string>> | Record<string, string>)
    | undefined;
  credentials?: 'include' | 'same-origin' | 'omit' | undefined;
}

/** The type of a server's file, as far as a browser reads it: `import type { files } from '@/server/files'`. */
interface ServerFile {
  readonly '~kinds'?: Kinds;
  readonly '~data'?: unknown;
}
type KindsIn<S extends ServerFile> = NonNullable<S['~kinds']>;

/** Uploads straight to a bucket through addresses that our server signs, and has it prove each object. */
export function presigned<const K extends Kinds = Kinds>(options: PresignedOptions<K>): Provider<KindMapOf<K>>;
/** The same with `presigned<typeof files>(…)`: the type of the server's file also says what `record.data` holds. */
export function presigned<S extends ServerFile>(
  options: PresignedOptions<KindsIn<S>>,
): Provider<KindMapOf<KindsIn<S>, NonNullable<S['~data']>>>;
export function presigned<K extends Kinds>(options: PresignedOptions<K>): Provider<KindMapOf<K>> {
  const { kinds } = options;
  return lateProvider<KindMapOf<K>>(
    {
      name: 'presigned',
      capabilities: { progress: true, abort: true, resume: false, width: Infinity },
      kinds,
    },
    ['upload', 'confirm', 'verify', 'remove', 'settle', 'url'],
    // inside, kinds are names only: what a kind's data is, the server's types say
    async () => (await import('./presigned/ours.ts')).speakOurs(options) as unknown as Provider<KindMapOf<K>>,
  );
}
