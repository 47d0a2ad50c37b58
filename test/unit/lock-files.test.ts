import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const lockFiles = [
  '.',
  'test/react-18',
  ...readdirSync('test/consumers').map((name) => join('test/consumers', name)),
].map((folder) => join(folder, 'package-lock.json'));

it.each(lockFiles)('%s names packages by version and digest, not by the address of one registry', (file) => {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, { resolved?: string }> };
  const addressed = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
  expect(
    addressed.map(([name]) => name),
    'keep .npmrc beside it (omit-lockfile-registry-resolved=true) and run npm install',
  ).toEqual([]);
});
