import { mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryRecords } from '../../../src/server/index.ts';
import { pathsOf } from '../../../src/server/storage/disk/layout.ts';
import { disk } from '../../../src/server/storage/disk.ts';
import { bundleScript, startChild } from '../../support/child.ts';
import { startServer } from '../../support/upload-server.ts';

const folders: string[] = [];
const freshFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-disk-'));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
const textOf = async (storage: ReturnType<typeof disk>, key: string): Promise<string | null> => {
  const object = await storage.read(key);
  return object === null ? null : new Response(object.body).text();
};

describe('several processes on one folder', () => {
  let script: string;
  beforeAll(async () => void (script = await bundleScript('test/servers/disk-writer.ts')));
  afterAll(() => rm(script, { force: true }));

  it('never show half an object, or one that mixes two writers', async () => {
    const folder = await freshFolder();
    const storage = disk({ folder });
    const rounds = 30;
    const children = await Promise.all(
      ['a', 'b'].map((letter) => startChild(script, { FOLDER: folder, LETTER: letter, ROUNDS: String(rounds) })),
    );
    let ended = false;
    const codes = Promise.all(
      children.map((child) => new Promise((resolve) => child.process.once('exit', resolve))),
    ).finally(() => (ended = true));
    const odd: string[] = [];
    let seen = 0;
    while (!ended) {
      for (const key of ['k0', 'k1', 'k2']) {
        const text = await textOf(storage, key);
        if (text === null) continue;
        seen += 1;
        if (text.length !== 200_000 || new Set(text).size !== 1)
          odd.push(`${key}: ${text.length} ${[...new Set(text)].join('')}`);
      }
    }
    expect(await codes).toEqual([0, 0]);
    expect(odd).toEqual([]);
    expect(seen).toBeGreaterThan(0);
    for (const letter of ['a', 'b']) {
      for (let round = 0; round < rounds; round += 1) {
        const text = await textOf(storage, `final-${letter}-${round}`);
        // promoted from its own etag, or not at all
        expect([null, letter.repeat(200_000)]).toContain(text);
      }
    }
  });
});

it('leaves no file behind of what broke off or was erased', async () => {
  const folder = await freshFolder();
  const storage = disk({ folder });
  const broken = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(10));
      controller.error(new Error('gone'));
    },
  });
  await expect(storage.write('k', broken, { type: 'text/plain', size: 20 })).rejects.toThrow('gone');
  await storage.write('k', new Blob(['hello']).stream(), { type: 'text/plain', size: 5 });
  await storage.write('k', new Blob(['again']).stream(), { type: 'text/plain', size: 5 });
  await storage.erase('k');
  const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(left.map(({ name }) => name)).toEqual([]);
});

it('clears away what a killed process left, once it is old, and nothing that may still be written', async () => {
  const folder = await freshFolder();
  const storage = disk({ folder });
  await storage.write('k', new Blob(['hello']).stream(), { type: 'text/plain', size: 5 });
  const paths = pathsOf(folder, 'k');
  const stray = (name: string): string => join(paths.folder, `${paths.name}.${name}`);
  await writeFile(stray('old'), 'half');
  await utimes(stray('old'), 0, 0);
  await writeFile(stray('young'), 'half');
  await storage.erase('k');
  expect(await readdir(paths.folder)).toEqual([`${paths.name}.young`]);
});

it('follows no symlink that stands where an object should', async () => {
  const folder = await freshFolder();
  const outside = await freshFolder();
  const storage = disk({ folder });
  await writeFile(join(outside, 'secret.txt'), 'not yours');
  await storage.write('k', new Blob(['hello']).stream(), { type: 'text/plain', size: 5 });
  const paths = pathsOf(folder, 'k');
  const { blob } = JSON.parse(await readFile(paths.manifest, 'utf8')) as { blob: string };
  await rm(join(paths.folder, blob));
  await symlink(join(outside, 'secret.txt'), join(paths.folder, blob));
  await expect(storage.read('k')).rejects.toThrow(/ELOOP|symbolic/);
});

describe('the secret of development', () => {
  it('is made once, kept beside the bytes for its owner alone, and the same for every process', async () => {
    const folder = await freshFolder();
    const secrets = await Promise.all(
      [disk({ folder }), disk({ folder }), disk({ folder })].map(async (storage) => storage.secret?.()),
    );
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  });

  it('signs what a second server on the folder accepts', async () => {
    const folder = await freshFolder();
    const records = memoryRecords();
    const start = () => startServer({ storage: disk({ folder }), records, secret: undefined });
    const { id, ticket } = await start().send();
    expect((await start().call('POST', '/confirm', { user: null, body: { id, ticket } })).status).toBe(200);
  });
});
