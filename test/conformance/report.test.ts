import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { providerCases } from '../../src/testing/conformance/provider-suite.ts';
import { cases } from './cases.ts';
import { writeReport } from './report.ts';

test('there are 144 cases, each with its own number', () => {
  expect(cases.map(({ number }) => number)).toEqual(Array.from({ length: 144 }, (_, index) => index + 1));
});

test('a case is a test of the suite, a test that is there, or a reason', () => {
  const inSuite = new Set(providerCases.map(({ number }) => number));
  const wrong = cases.flatMap(({ number, home }) => {
    if (home.in === 'suite') return inSuite.has(number) ? [] : [`${number}: the suite has no such case`];
    if (inSuite.has(number)) return [`${number}: the suite has this case, and the list knows nothing of it`];
    if (home.in === 'part') return home.why === '' ? [`${number}: no reason`] : [];
    const text = existsSync(home.file) ? readFileSync(home.file, 'utf8') : '';
    return text.includes(home.name) ? [] : [`${number}: ${home.file} has no test "${home.name}"`];
  });
  expect(wrong).toEqual([]);
});

test('the report says what the suite says today; if not: npm run conformance:report', async () => {
  await expect(await writeReport()).toMatchFileSnapshot('REPORT.md');
});
