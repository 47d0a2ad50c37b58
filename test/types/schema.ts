import type { StandardSchema } from '../../src/core/standard-schema.ts';

/** Any schema library, as far as we read it. */
export const schemaOf = <Input, Output = Input>(): StandardSchema<Input, Output> => ({
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as Output }) },
});
