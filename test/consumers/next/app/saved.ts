/** Stands in for a database row. On `globalThis`, since an action and a page may be two copies of this module. */
const memory = globalThis as { savedName?: string };

export const remember = (name: string): void => {
  memory.savedName = name;
};
export const lastSaved = (): string | undefined => memory.savedName;
