import { inertPorts } from './ports.ts';
import type { KindMap } from './provider.ts';
import { launchUploader, type Uploader } from './uploader.ts';
import type { HeldOptions, UploaderOptions } from './uploader-options.ts';

/** An uploader for code without React; the hooks make theirs themselves. Creating it starts nothing. */
export function createUploader<T extends KindMap, K extends keyof T & string = keyof T & string>(
  given: UploaderOptions<T, K>,
): Uploader<Pick<T, K>> {
  const { ports, ...options } = given;
  // inside, the engine knows kinds by name only: what the types promised has been checked here
  return launchUploader(options as unknown as HeldOptions, { ...inertPorts, ...ports });
}
