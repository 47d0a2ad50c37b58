import { expect, it } from 'vitest';
import { brokenArrows } from '../house/arrows.ts';
import { sourceFiles } from '../house/source-files.ts';

it('every import follows the arrows', () => {
  const files = sourceFiles();
  expect(files.size).toBeGreaterThan(0);
  const broken = brokenArrows(files);
  expect(broken, `\n${broken.join('\n')}\n`).toEqual([]);
});

it.each([
  ['src/core/a.ts', "import { Part } from '../react/part.ts';", 'core may import nothing else'],
  ['src/core/a.ts', "import type { Part } from '../react/part.ts';", 'core may import nothing else'],
  ['src/core/a.ts', "export * from '../browser/send.ts';", 'core may import nothing else'],
  ['src/core/a.ts', "export const load = () => import('../image/plan.ts');", 'core may import nothing else'],
  ['src/core/a.ts', "export type T = import('../image/plan.ts').Plan;", 'core may import nothing else'],
  ['src/core/a.ts', "import type { ReactNode } from 'react';", 'may import react'],
  ['src/server/a.ts', "import { readFile } from 'node:fs/promises';", 'may use Node'],
  ['src/server/a.ts', "import { join } from 'path';", 'may use Node'],
  ['src/providers/a.ts', "import { useUpload } from '../react/use-upload.ts';", 'providers may import core, browser'],
  ['src/testing/a.ts', "import { presigned } from '../providers/presigned.ts';", 'testing may import'],
  ['src/testing/conformance/a.ts', "import { act } from 'react';", 'may import react'],
  ['src/index.ts', "export { memory } from './providers/memory.ts';", 'index may import react, components, core'],
  ['src/providers/presigned.ts', "import { x } from '@uploadcare/upload-client';", 'providers/uploadcare may import'],
  ['src/core/a.ts', "import clsx from 'clsx';", 'no dependency of slipway'],
  ['src/core/a.ts', "import { it } from '../../test/house/arrows.ts';", 'outside src'],
  ['src/shared/a.ts', "import { id } from '../core/id.ts';", 'has no arrows yet'],
])('%s must not say: %s', (file, source, reason) => {
  const broken = brokenArrows(new Map([[file, source]]));
  expect(broken).toHaveLength(1);
  expect(broken[0]).toContain(`${file}:1`);
  expect(broken[0]).toContain(reason);
});

it.each([
  ['src/core/a.ts', "import { mintId } from './id.ts';"],
  ['src/components/avatar/a.tsx', "import { useState } from 'react'; import { usePart } from '../../react/part.ts';"],
  ['src/server/adapters/node.ts', "import { Readable } from 'node:stream';"],
  ['src/server/storage/disk/file.ts', "import { open } from 'node:fs/promises';"],
  ['src/server/storage/s3.ts', "import { AwsClient } from 'aws4fetch';"],
  ['src/testing/a.tsx', "import { memory } from '../providers/memory.ts'; import { act } from 'react';"],
  ['src/testing/conformance/a.ts', "import type { Storage } from '../../server/storage.ts';"],
  ['src/providers/uploadcare.ts', "import { uploadFile } from '@uploadcare/upload-client';"],
  ['src/image/a.ts', "import Worker from './worker.ts?worker&inline';"],
])('%s may say: %s', (file, source) => {
  expect(brokenArrows(new Map([[file, source]]))).toEqual([]);
});
