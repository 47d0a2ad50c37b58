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
  readonly file: Blob;
  /** Whose line and lanes it uses; from its first start on. */
  fleet: Fleet;
  prepared?: PreparedSource | undefined;
  checkpoint?: Json | undefined;
  receipt?: Receipt | undefined;
  stored?: Stored | undefined;
  record?: UploadRecord | undefined;
  /** Tries of the phase at hand. */
  tries: number;
  /** Calls of the host for this record. */
  deliveries: number;
  /** Ends whatever is going on for this item now. */
  controller?: AbortController;
  /** The stay in the line, and then in the look-ahead. */
  passage?: Passage | undefined;
  attempt?: Attempt | undefined;
  /** Ends the wait at hand, where there is one. */
  wake?: (() => void) | undefined;
  /** The store is told to forget what was cancelled; a new start waits for that. */
  clearing?: Promise<unknown> | undefined;
  /** A transfer that could not be stopped, and goes on while the item is paused. */
  afloat?: Promise<Receipt> | undefined;
}

export const newVoyage = (item: UploadItem, provider: Provider, file: Blob): Voyage => ({
  item,
  provider,
  file,
  tries: 1,
  deliveries: 0,
  // set when it sets out, before anything reads it
  fleet: undefined as unknown as Fleet,
});

/** Forgets all that was reached, so that the next start is from zero. */
export function forgetJourney(voyage: Voyage): void {
  voyage.checkpoint = voyage.receipt = voyage.stored = voyage.record = voyage.afloat = undefined;
  voyage.tries = 1;
}

/** Gives up the place in line or look-ahead, and whatever attempt held it. */
export function leaveLine(voyage: Voyage): void {
  voyage.passage?.leave();
  voyage.passage = voyage.attempt = undefined;
}

/** The fields of a status that is entered again, from what the voyage holds. */
export const ownFieldsOf = ({ receipt, record, tries }: Voyage): object => ({
  receipt: receipt ?? null,
  record,
  attempt: tries,
});

/** The bytes as they were picked, before anything is done to them. */
export const asPicked = ({ file, item: { name, type } }: Voyage): PreparedSource => ({
  file,
  name,
  type,
  size: file.size,
  width: null,
  height: null,
});
