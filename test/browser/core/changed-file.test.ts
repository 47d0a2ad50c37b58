import { afterEach, expect, test } from 'vitest';
import { commands, userEvent } from 'vitest/browser';
import { browserPorts } from '../../../src/browser/ports.ts';
import { createUploader } from '../../../src/core/create-uploader.ts';
import type { UploadItem } from '../../../src/core/item.ts';
import type { Provider } from '../../../src/core/provider.ts';
import type { AnyUploader } from '../../../src/core/uploader.ts';

// a real file on a real disk: Chromium itself says what has become of it
const folder = 'node_modules/.vitest-files/';
const fresh = (): string => `${folder}beach-${crypto.randomUUID()}.txt`;

/** Sends with the page's own transport; what it is answered does not matter here. */
function countingProvider(): { provider: Provider; sent: () => number } {
  let sent = 0;
  const provider: Provider = {
    name: 'counting',
    capabilities: { progress: true, abort: true, resume: false, width: 2 },
    async upload({ file, size }, { id, data, send, signal, progress }) {
      await data(size, () => {
        sent += 1;
        return send({ url: '/sink', method: 'PUT', body: file, signal, onProgress: progress });
      });
      return { checkpoint: id, stored: { key: id, url: null, data: null } };
    },
  };
  return { provider, sent: () => sent };
}

async function pick(path: string): Promise<File> {
  const input = document.createElement('input');
  input.type = 'file';
  document.body.append(input);
  await userEvent.upload(input, path);
  const file = input.files?.[0];
  if (file === undefined) throw new Error('nothing was picked');
  return file;
}

const left: string[] = [];
afterEach(async () => {
  document.body.replaceChildren();
  await Promise.all(left.splice(0).map((path) => commands.removeFile(path)));
});

async function uploadAfter(change: (path: string) => Promise<void>) {
  const path = fresh();
  await commands.writeFile(path, 'the file as it was picked');
  left.push(path);
  const file = await pick(path);
  const { provider, sent } = countingProvider();
  const uploader: AnyUploader = createUploader({ provider, ports: browserPorts, autoUpload: false });
  const [id = ''] = uploader.add([file]);
  // Chromium tells a change by the file's time in whole seconds
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await change(path);
  uploader.start();
  await uploader.settled();
  return { item: uploader.getItem(id) as UploadItem, sent: sent() };
}

test('a file that another program changed after the pick fails as changed, at once', async () => {
  const { item, sent } = await uploadAfter((path) =>
    commands.writeFile(path, 'and now it is a longer file than before'),
  );
  expect(item).toMatchObject({ status: 'failed', at: 'upload', error: { code: 'file-changed', retryable: false } });
  expect(sent).toBe(1);
});

test('a file that was emptied after the pick fails as changed, at once', async () => {
  const { item, sent } = await uploadAfter((path) => commands.writeFile(path, ''));
  expect(item).toMatchObject({ status: 'failed', at: 'upload', error: { code: 'file-changed', retryable: false } });
  expect(sent).toBe(1);
});

test('a file that was removed after the pick fails as unreadable or changed, at once', async () => {
  const { item, sent } = await uploadAfter(async (path) => {
    await commands.removeFile(path);
    left.pop();
  });
  expect(item).toMatchObject({ status: 'failed', at: 'upload', error: { retryable: false } });
  expect(item.status === 'failed' && item.error.code).toMatch(/^file-(unreadable|changed)$/);
  expect(sent).toBe(1);
});

test('a file that nobody touched is sent whole', async () => {
  const { item, sent } = await uploadAfter(async () => undefined);
  expect(item.status).toBe('done');
  expect(sent).toBe(1);
});
