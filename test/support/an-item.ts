import { itemIn, type UploadItem } from '../../src/core/item.ts';

/** An item for tests that need one and care for no more than what they name. */
export function anItem(id: string, state = 'queued', fields: object = {}, size = 1000): UploadItem {
  const facts = {
    id,
    name: `${id}.jpg`,
    size,
    type: 'image/jpeg',
    kind: null,
    metadata: {},
    provider: 'memory',
    addedAt: 0,
    file: null,
  };
  return itemIn(state, facts, fields);
}
