import { type CaseOutcome, type Make, providerSuite } from '../../src/testing/conformance/index.ts';

/** What became of one test of the suite. */
export interface Recorded {
  number: number;
  name: string;
  /** As the test ended: thrown or not. */
  failed: boolean;
  outcome: CaseOutcome;
}

/** Runs the suite without a runner: its tests are called one after the other, and what they do is written down. */
export async function recordSuite(make: Make): Promise<Recorded[]> {
  const tests: { name: string; run: () => Promise<void> }[] = [];
  const recorded: Recorded[] = [];
  let last: Pick<Recorded, 'number' | 'outcome'> | null = null;
  providerSuite({
    make,
    test: (name, run) => tests.push({ name, run: () => run({}) }),
    expect: (actual) => ({
      toEqual(expected) {
        if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(JSON.stringify(actual));
      },
    }),
    onOutcome: ({ number }, outcome) => (last = { number, outcome }),
  });
  for (const { name, run } of tests) {
    last = null;
    // oxlint-disable-next-line no-await-in-loop -- one case at a time is the suite's rule
    const failed = await run().then(
      () => false,
      () => true,
    );
    if (last === null) throw new Error(`${name} has told nothing of itself`);
    recorded.push({ ...(last as Pick<Recorded, 'number' | 'outcome'>), name, failed });
  }
  return recorded;
}
