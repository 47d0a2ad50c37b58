import { describe, expect, test } from 'vitest';
import { assembleRecord, toRow } from '../../../src/core/record.ts';

const sent = { id: 'id-1', name: 'beach.jpg', kind: 'photo', metadata: { alt: 'A beach' }, provider: 'memory' };
const source = { size: 1000, type: 'image/jpeg', width: 640, height: 480 };
const stored = { key: 'photos/1', url: null, data: { tag: 7 } };

describe('a record', () => {
  test('is what the provider knows, and for all else what was sent', () => {
    expect(assembleRecord(sent, source, stored, 0)).toEqual({
      version: 1,
      id: 'id-1',
      provider: 'memory',
      kind: 'photo',
      key: 'photos/1',
      url: null,
      name: 'beach.jpg',
      size: 1000,
      type: 'image/jpeg',
      width: 640,
      height: 480,
      checksum: null,
      uploadedAt: '1970-01-01T00:00:00.000Z',
      source: null,
      proof: null,
      metadata: { alt: 'A beach' },
      data: { tag: 7 },
    });
  });

  test('believes the store in what the store has seen', () => {
    const seen = { size: 999, type: 'image/webp', width: null, height: 1, checksum: 'abc', proof: 'signed' };
    const record = assembleRecord(sent, source, { ...stored, ...seen, uploadedAt: '2026-01-01T00:00:00.000Z' }, 0);
    // a width that the store says is none is not known better here
    expect(record).toMatchObject({ ...seen, width: 640, uploadedAt: '2026-01-01T00:00:00.000Z' });
  });

  test('survives JSON unchanged', () => {
    const record = assembleRecord(sent, source, stored, 1);
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });
});

describe('a row', () => {
  test('has a column for every field of the record, in snake_case, and no other', () => {
    const record = assembleRecord(sent, source, stored, 1);
    const columns = Object.keys(record).map((field) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    expect(Object.keys(toRow(record)).toSorted()).toEqual(columns.toSorted());
  });

  test('has null where the provider said nothing, as a JSON column wants it', () => {
    const row = toRow(assembleRecord(sent, source, { ...stored, data: undefined }, 1));
    expect(row.data).toBeNull();
    expect(row.metadata).toEqual({ alt: 'A beach' });
  });
});
