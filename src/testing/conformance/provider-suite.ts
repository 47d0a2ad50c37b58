import { answerCases } from './cases/answers.ts';
import { cancelCases } from './cases/cancel.ts';
import { commandCases } from './cases/commands.ts';
import { fileCases } from './cases/files.ts';
import { hostCases } from './cases/host.ts';
import { multipartCases } from './cases/multipart.ts';
import { networkCases } from './cases/network.ts';
import { presignCases } from './cases/presign.ts';
import type { ProviderCase } from './provider-case.ts';
import type { Make } from './rig.ts';
import { createScene } from './scene.ts';

/** Every case there is, in the order of their numbers. */
export const providerCases: readonly ProviderCase[] = [
  ...networkCases,
  ...answerCases,
  ...multipartCases,
  ...presignCases,
  ...fileCases,
  ...cancelCases,
  ...commandCases,
  ...hostCases,
].toSorted((a, b) => a.number - b.number);

/** What became of one case. */
export type CaseOutcome =
  | { outcome: 'passed' }
  | { outcome: 'failed'; problems: readonly string[] }
  | { outcome: 'not applicable'; reason: string };

/** What a runner hands to a test, as far as the suite may use it: Vitest's and Node's contexts both have it. */
export interface TestContext {
  skip?(note?: string): unknown;
}

export interface ProviderSuiteOptions {
  /** Your runner's own. */
  test(name: string, run: (context?: TestContext) => Promise<void>): unknown;
  expect(actual: unknown): { toEqual(expected: unknown): unknown };
  /** A new provider before a new store that has this fault, or the reason why that cannot be. */
  make: Make;
  /** Only these numbers; default: all. */
  cases?: readonly number[];
  /** Bytes of an ordinary file. Large enough to be seen half-way. Default 30,000. */
  size?: number;
  /** Called after each case, for reports. */
  onOutcome?(test: ProviderCase, outcome: CaseOutcome): void;
}

/**
 * Registers one test per case, each named by its number and its promise. A case drives the provider through a real
 * engine, and looks at nothing but the items and the store: so a vendor's own package can be put to it as well as
 * a double. A case that `make` calls not applicable is skipped with its reason.
 */
export function providerSuite({ test, expect, make, cases, size = 30_000, onOutcome }: ProviderSuiteOptions): void {
  for (const each of providerCases) {
    if (cases !== undefined && !cases.includes(each.number)) continue;
    test(`${each.number}. ${each.title}`, async (context) => {
      const outcome = await play(each, make, size);
      onOutcome?.(each, outcome);
      if (outcome.outcome === 'not applicable') {
        context?.skip?.(outcome.reason);
        return;
      }
      expect(outcome.outcome === 'failed' ? outcome.problems : []).toEqual([]);
    });
  }
}

async function play(each: ProviderCase, make: Make, size: number): Promise<CaseOutcome> {
  const rig = await make(each.fault);
  if ('notApplicable' in rig) return { outcome: 'not applicable', reason: rig.notApplicable };
  const unfit = each.unfit?.(rig.provider) ?? null;
  if (unfit !== null) {
    await rig.dispose?.();
    return { outcome: 'not applicable', reason: unfit };
  }
  const scene = createScene({ rig, size, options: each.options ?? {} });
  const problems: string[] = [];
  try {
    await each.run(scene);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    await rig.heal();
    scene.online.turn(true);
  }
  try {
    problems.push(...(await scene.close()));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return problems.length === 0 ? { outcome: 'passed' } : { outcome: 'failed', problems };
}
