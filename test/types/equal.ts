// oxlint-disable typescript/no-unnecessary-type-parameters -- the questions are asked of types alone
/** True only where both are the same type: neither wider, nor `any`. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Does not compile unless its type argument is `true`. */
export function holds<_Claim extends true>(): void {}
