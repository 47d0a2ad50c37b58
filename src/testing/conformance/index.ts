export { type Fault, faults } from './fault.ts';
export { type CaseOutcome, providerSuite, type ProviderSuiteOptions, type TestContext } from './provider-suite.ts';
export type { ProviderCase } from './provider-case.ts';
export type { Awaitable, Make, NotApplicable, Rig, StoreRequest, StoreStep, StoreView } from './rig.ts';
