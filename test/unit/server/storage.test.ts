import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { disk } from '../../../src/server/storage/disk.ts';
import { memoryStorage } from '../../../src/server/storage/memory.ts';
import { storageSuite } from '../../../src/testing/conformance/index.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('memoryStorage', () => {
  storageSuite({ test, expect }, { open: async () => memoryStorage() });
});

describe('disk', () => {
  storageSuite(
    { test, expect },
    {
      open: async () => {
        const folder = await mkdtemp(join(tmpdir(), 'slipway-disk-'));
        folders.push(folder);
        return disk({ folder });
      },
    },
  );
});
