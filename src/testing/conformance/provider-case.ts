import type { AnyProvider } from '../../core/provider.ts';
import type { EngineOptions } from '../../core/uploader-options.ts';
import type { Fault } from './fault.ts';
import type { Scene } from './scene.ts';

/** One named test of the suite. Several may carry one number: the sides of one promise. */
export interface ProviderCase {
  readonly number: number;
  /** The promise, as a sentence. */
  readonly title: string;
  readonly fault: Fault | null;
  readonly options?: EngineOptions;
  /** Why this provider cannot be asked, by what it declares; null where it can. */
  readonly unfit?: (provider: AnyProvider) => string | null;
  run(scene: Scene): Promise<void>;
}

type Unfit = NonNullable<ProviderCase['unfit']>;

/** The provider has to have this optional method. */
export const needs =
  (method: 'confirm' | 'verify' | 'discard' | 'remove'): Unfit =>
  (provider) =>
    provider[method] === undefined ? `the provider has no ${method}()` : null;

/** The provider has to claim this capability. */
export const needsTo =
  (power: 'progress' | 'abort' | 'resume'): Unfit =>
  ({ capabilities }) =>
    capabilities[power] ? null : `the provider declares that it cannot ${power}`;
