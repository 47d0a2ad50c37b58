import { expect, test } from 'vitest';
import { providerSuite } from '../../src/testing/conformance/index.ts';
import { memoryRig } from './memory-rig.ts';

providerSuite({ test, expect, make: memoryRig });
