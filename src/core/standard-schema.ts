/**
 * The part of Standard Schema (version 1) that we read, so that hosts may bring zod, valibot, arktype
 * or their own without us depending on any of them.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
export type SchemaInput<S> = S extends StandardSchema<infer Input, unknown> ? Input : never;
export type SchemaOutput<S> =
  S extends StandardSchema<never, infer Output>
    ? Output
    : S extends StandardSchema<infer _I, infer Output>
      ? Output
      : never;
