import { expect, test } from 'vitest';
import { providerSuite } from '../../../src/testing/conformance/index.ts';
import { threePartsRig } from './rigs.ts';

providerSuite({ test, expect, make: threePartsRig() });
