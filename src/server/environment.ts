/**
 * A variable of the environment, where the runtime has one (Node, Bun, Deno, Workers with Node's compatibility).
 * Read through `globalThis`, so that this half needs no types of Node and loads where there is no `process`.
 */
export function environmentVariable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name];
}
