import type { CSSProperties, SyntheticEvent } from 'react';

/** Props as bags: what a part needs and what its user gives meet here, before React types them. */
export type AnyProps = Record<string, unknown>;

/**
 * Joins a part's own props with those of its user. Handlers run one after the other, the user's first, and ours not
 * at all when the user prevented the default. Class names and styles add up; everything else is the user's.
 */
export function mergeProps<Own extends object>(own: Own, given: object): Own {
  const merged: AnyProps = Object.fromEntries(Object.entries(own));
  for (const [name, value] of Object.entries(given)) {
    const mine = merged[name];
    if (value === undefined) continue;
    if (isHandler(name, mine) && isHandler(name, value)) merged[name] = inTurn(value, mine);
    else if (name === 'className') merged[name] = [mine, value].filter(Boolean).join(' ');
    else if (name === 'style') merged[name] = { ...(mine as CSSProperties), ...(value as CSSProperties) };
    else merged[name] = value;
  }
  return merged as Own;
}

type Handler = (event: SyntheticEvent) => void;

const isHandler = (name: string, value: unknown): value is Handler =>
  typeof value === 'function' && /^on[A-Z]/.test(name);

const inTurn =
  (first: Handler, second: Handler): Handler =>
  (event) => {
    first(event);
    if (!event.defaultPrevented) second(event);
  };
