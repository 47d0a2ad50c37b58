import { expect, test } from 'vitest';
import { providerSuite } from '../../../src/testing/conformance/index.ts';
import { memoryRigInRealTime } from '../../conformance/memory-rig.ts';

// the suite has to hold in a real browser on the real clock too, since that is how a vendor's package meets it; one
// case of each sort is enough to tell: all of them take a minute
providerSuite({
  test,
  expect,
  make: memoryRigInRealTime,
  cases: [1, 4, 8, 55, 80, 85, 130],
});
