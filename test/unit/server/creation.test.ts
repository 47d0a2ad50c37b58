import { afterEach, expect, it, vi } from 'vitest';
import { createUploadServer, memoryRecords, memoryStorage } from '../../../src/server/index.ts';
import { secret } from '../../support/secret.ts';
import { kinds, startServer } from '../../support/upload-server.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});
const base = { kinds, authenticate: () => null, storage: memoryStorage(), records: memoryRecords() };

it('takes its secret from SLIPWAY_SECRET where none is given', () => {
  vi.stubEnv('SLIPWAY_SECRET', secret);
  expect(() => createUploadServer(base)).not.toThrow();
  vi.stubEnv('SLIPWAY_SECRET', 'short');
  expect(() => createUploadServer(base)).toThrow('32 bytes');
});

it('refuses lifetimes that do not outlive each other, before anything is signed', () => {
  const hour = 3_600_000;
  for (const lifetimes of [{ address: 48 * hour }, { ticket: 999 * hour }, { grace: hour }, { address: 0 }]) {
    expect(() => createUploadServer({ ...base, secret, lifetimes })).toThrow('lifetimes must grow');
  }
});

it('refuses a limit per address that it could not count', () => {
  const limits = { presignsPerMinutePerAddress: 5 };
  expect(() => createUploadServer({ ...base, secret, limits })).toThrow('needs `clientAddress`');
});

it('says so where anonymous visitors are not limited by address', () => {
  const { logged } = startServer({ authenticate: undefined, allowAnonymous: true });
  expect(logged.map(({ message }) => message).join()).toContain('no `clientAddress`');
});

it('hands work after the answer to waitUntil, and awaits it where there is none', async () => {
  const work: Promise<unknown>[] = [];
  const storage = memoryStorage();
  const { send, call, records } = startServer({ storage, waitUntil: (promise) => void work.push(promise) });
  const { id } = await send();
  await call('POST', '/confirm', { body: { id } });
  expect(work).toHaveLength(1);
  await Promise.all(work);
  const [row] = await records.find('user-1', [id]);
  expect(await storage.head(row?.incoming ?? '')).toBeNull();
});

it('sees no kind in a name that every object has', async () => {
  const { files } = startServer();
  await expect(files.as({ userId: 'user-1' }).claim([], { kind: 'hasOwnProperty' })).rejects.toThrow('unknown-kind');
});
