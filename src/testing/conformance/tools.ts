/** @internal */
interface Matchers {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toBeNull(): void;
  toHaveLength(length: number): void;
  toBeGreaterThan(than: number): void;
  toMatchObject(expected: object): void;
}

/** The caller's own test runner, as Vitest, Jest and others offer it: nothing of it is a dependency here. */
export interface TestTools {
  test: (name: string, run: () => Promise<void>) => void;
  expect: (value: unknown) => Matchers & { rejects: { toThrow(): Promise<void> } };
}
