import type { KindMap, Provider } from '../core/provider.ts';

type Facts = Pick<Provider, 'name' | 'capabilities' | 'kinds'>;
type Method = Exclude<keyof Provider, keyof Facts | 'preload' | '~kinds'>;

/**
 * A provider whose code comes when it is needed: a page that only shows an upload button does not pay for sending.
 * It is fetched while the person still chooses a file, and again at the next call where that failed.
 */
export function lateProvider<T extends KindMap>(
  facts: Facts,
  methods: readonly Method[],
  load: () => Promise<Provider<T>>,
): Provider<T> {
  let loading: Promise<Provider<T>> | null = null;
  const preload = (): Promise<Provider<T>> =>
    (loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    }));
  type AnyMethod = (...given: unknown[]) => unknown;
  const late =
    (method: Method): AnyMethod =>
    async (...given) =>
      ((await preload())[method] as AnyMethod)(...given);
  const deferred = Object.fromEntries(methods.map((method) => [method, late(method)]));
  // the list of methods is what makes it whole: `upload` is in it
  return { ...facts, preload, ...deferred } as unknown as Provider<T>;
}
