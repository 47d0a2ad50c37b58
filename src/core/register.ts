import type { AnyProvider, KindMap, KindsOf } from './provider.ts';

/**
 * Names your provider once for all components that inherit theirs:
 * `declare module 'slipway' { interface Register { provider: typeof files } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface -- it is there to be merged into
export interface Register {}

/** The kinds of the registered provider; without one, any kind by name, and data that is yet unknown. */
export type RegisteredKinds = Register extends { provider: infer P extends AnyProvider } ? KindsOf<P> : KindMap;
