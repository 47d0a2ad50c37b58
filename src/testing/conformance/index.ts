export { recordSuite, type RecordSuiteOptions } from './record-suite.ts';
export { storageSuite, type StorageSuiteOptions } from './storage-suite.ts';
export type { TestTools } from './tools.ts';
export { type Fault, faults } from './fault.ts';
export { type CaseOutcome, providerSuite, type ProviderSuiteOptions, type TestContext } from './provider-suite.ts';
export type { ProviderCase } from './provider-case.ts';
export type { Awaitable, Make, NotApplicable, Rig, StoreRequest, StoreStep, StoreView } from './rig.ts';
export type { Command, Scene } from './scene.ts';
export type { Switch } from './surroundings.ts';
