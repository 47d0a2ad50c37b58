import type { Attempt } from './attempt.ts';
import type { Fleet, Passage } from './fleet.ts';
import type { UploadItem } from './item.ts';
import type { Json } from './json.ts';
import type { PreparedSource } from './prepare.ts';
import type { Provider, Receipt, Stored } from './provider.ts';
import type { UploadRecord } from './record.ts';

/** What the engine keeps of one item between its statuses. What it holds already decides where a retry goes on. */
export interface Voyage {
  item: UploadItem;
  readonly provider: Provider;
  readonly fleet: Fleet;
  readonly file: Blob;
  prepared: PreparedSource | null;
  checkpoint: Json | undefined;
  receipt: Receipt | null;
  stored: Stored | null;
  record: UploadRecord | null;
  /** Tries of the phase at hand. */
  tries: number;
  /** Calls of the host for this record. */
  deliveries: number;
  /** Ends whatever is going on for this item now. */
  controller: AbortController;
  /** The stay in the line, and then in the look-ahead. */
  passage: Passage | null;
  attempt: Attempt | null;
  /** Ends the wait at hand, where there is one. */
  wake: (() => void) | null;
  /** A transfer that could not be stopped, and goes on while the item is paused. */
  afloat: Promise<Receipt> | null;
}

export const newVoyage = (item: UploadItem, provider: Provider, fleet: Fleet, file: Blob): Voyage => ({
  item,
  provider,
  fleet,
  file,
  prepared: null,
  checkpoint: undefined,
  receipt: null,
  stored: null,
  record: null,
  tries: 1,
  deliveries: 0,
  controller: new AbortController(),
  passage: null,
  attempt: null,
  wake: null,
  afloat: null,
});

/** Forgets all that was reached, so that the next start is from zero. */
export function forgetJourney(voyage: Voyage): void {
  Object.assign(voyage, { checkpoint: undefined, receipt: null, stored: null, record: null, afloat: null, tries: 1 });
}

/** Gives up the place in line or look-ahead, and whatever attempt held it. */
export function leaveLine(voyage: Voyage): void {
  voyage.passage?.leave();
  voyage.passage = null;
  voyage.attempt = null;
}

/** The fields of a status that is entered again, from what the voyage holds. */
export const ownFieldsOf = ({ receipt, record, tries }: Voyage): object => ({ receipt, record, attempt: tries });
