export { recordSuite, type RecordSuiteOptions } from './record-suite.ts';
export { storageSuite, type StorageSuiteOptions } from './storage-suite.ts';
export type { TestTools } from './tools.ts';
