export interface Entry {
  name: string;
  label: string;
  source: string;
  built: string;
  types: string;
}
export function entries(): Entry[];
