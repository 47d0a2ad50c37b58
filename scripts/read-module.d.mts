export interface ReadModule {
  imports: { from: string; line: number }[];
  /** `from` is the module a name is passed on from, null for the module's own; the name `*` is all of it. */
  exports: { name: string; local: string; isType: boolean; from: string | null }[];
  directive: string | null;
}
export function readModule(file: string, source: string): ReadModule;
