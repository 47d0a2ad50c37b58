// What the host saves: flat, and told apart by its kind.
import type { CropState } from '../../src/core/crop-state.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { type SavedFile, toRow, type UploadRecord } from '../../src/core/record.ts';
import { type Equal, holds } from './equal.ts';

type Mine = {
  photo: { metadata: { album: string }; data: { cdn: string } };
  paper: { metadata: JsonObject; data: null };
};

// testing `kind` narrows metadata and data
export function narrows(record: UploadRecord<Mine>): string | null {
  holds<Equal<typeof record.kind, 'photo' | 'paper'>>();
  if (record.kind === 'photo') {
    holds<Equal<typeof record.metadata, { album: string }>>();
    return record.data.cdn;
  }
  holds<Equal<typeof record.data, null>>();
  return record.data;
}

// one kind picked out is that kind's alone
holds<Equal<UploadRecord<Mine, 'photo'>['data'], { cdn: string }>>();
holds<Equal<UploadRecord<Mine, 'photo'>['kind'], 'photo'>>();

// without kinds nothing is promised that may be wrong
declare const any: UploadRecord;
holds<Equal<typeof any.kind, string | null>>();
holds<Equal<typeof any.data, unknown>>();
// @ts-expect-error unknown data has to be looked at first
export const guess: string = any.data.cdn;

// the facts every provider knows
holds<Equal<typeof any.id, string>>();
holds<Equal<typeof any.url, string | null>>();
holds<Equal<typeof any.width, number | null>>();
holds<Equal<typeof any.uploadedAt, string>>();
holds<Equal<typeof any.source, { id: string; crop: CropState } | null>>();

// any record goes into a row, whatever its kinds
declare const mine: UploadRecord<Mine>;
toRow(any);
toRow(mine);

// what an app has saved needs no more than a name for it
export const saved: SavedFile = { id: '1', key: 'k', url: null };
export const whole: SavedFile<Mine> = mine;
// @ts-expect-error where it is has to be said, if only with null
export const lost: SavedFile = { id: '1', key: 'k' };
