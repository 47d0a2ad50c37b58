import type { Make } from '../../src/testing/conformance/index.ts';
import { type Case, cases } from './cases.ts';
import { memoryRig } from './memory-rig.ts';
import { type Recorded, recordSuite } from './recorded-suite.ts';
import { promiseOnlyRig, threePartsRig } from './throwaway/rigs.ts';

/** Who is in the report. A provider of the kit adds its line here. */
export const providers: readonly [name: string, make: Make][] = [
  ['memory', memoryRig],
  ['three-parts', threePartsRig()],
  ['promise-only', promiseOnlyRig()],
];

const preamble = `# Conformance

<!-- Written by \`npm run conformance:report\`; a test keeps it true. -->

What may go wrong on the way of a file, and where it is shown to do no harm. A case is a named test, or a named reason.
\`three-parts\` and \`promise-only\` are throw-away providers: they prove the contract, and are not shipped. A test of the
suite is named by its number and its promise, and asserts the nine invariants beside.
`;

/** Runs the suite for every provider and writes the page. */
export async function writeReport(): Promise<string> {
  const columns: [string, Recorded[]][] = [];
  for (const [name, make] of providers) {
    // oxlint-disable-next-line no-await-in-loop -- one case at a time is the suite's rule
    columns.push([name, await recordSuite(make)]);
  }
  const sections = [...new Set(cases.map(({ section }) => section))].map((section) => {
    const rows = cases.filter((each) => each.section === section).map((each) => rowsOf(each, columns));
    const head = ['#', 'promise', ...columns.map(([name]) => name)];
    return [`## ${section}`, '', line(head), line(head.map(() => '---')), ...rows, ''].join('\n');
  });
  return [preamble, summary(columns), ...sections].join('\n');
}

function summary(columns: [string, Recorded[]][]): string {
  const count = (recorded: Recorded[], outcome: string): string =>
    String(recorded.filter((each) => each.outcome.outcome === outcome).length);
  const rows = columns.map(([name, recorded]) =>
    line([name, count(recorded, 'passed'), count(recorded, 'failed'), count(recorded, 'not applicable')]),
  );
  const homes = (place: Case['home']['in']): number => cases.filter(({ home }) => home.in === place).length;
  return [
    line(['provider', 'tests passed', 'failed', 'not applicable']),
    line(['---', '---', '---', '---']),
    ...rows,
    '',
    `${cases.length} cases: ${homes('suite')} are put to every provider, ${homes('test')} are single tests, ` +
      `${homes('part')} belong to other parts of the kit.`,
    '',
    `No provider here can meet these, so they wait for one that can: ${unmet(columns).join(', ')}.`,
    '',
  ].join('\n');
}

/** Cases of the suite that no provider of the report could be put to. */
const unmet = (columns: [string, Recorded[]][]): number[] => {
  const met = new Set(
    columns.flatMap(([, recorded]) =>
      recorded.filter(({ outcome }) => outcome.outcome !== 'not applicable').map(({ number }) => number),
    ),
  );
  return cases.filter(({ number, home }) => home.in === 'suite' && !met.has(number)).map(({ number }) => number);
};

/** One line for the case, and for a case of the suite what became of each of its tests. */
function rowsOf({ number, promise, home }: Case, columns: [string, Recorded[]][]): string {
  if (home.in === 'test') return line([String(number), promise, ...across(`\`${home.file}\`: ${home.name}`, columns)]);
  if (home.in === 'part') return line([String(number), promise, ...across(`${home.part}: ${home.why}`, columns)]);
  return line([String(number), promise, ...columns.map(([, recorded]) => cellOf(number, recorded))]);
}

function cellOf(number: number, recorded: Recorded[]): string {
  const own = recorded.filter((each) => each.number === number);
  const said = own.map(({ outcome }) => (outcome.outcome === 'not applicable' ? outcome.reason : outcome.outcome));
  const passed = said.filter((each) => each === 'passed').length;
  const rest = [...new Set(said.filter((each) => each !== 'passed'))];
  const ticks = passed === 0 ? [] : [passed === 1 ? 'passed' : `passed (${passed} tests)`];
  return [...ticks, ...rest].join('; ');
}

const across = (text: string, columns: [string, Recorded[]][]): string[] => [text, ...columns.slice(1).map(() => '')];
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
