import { expect, test } from 'vitest';
import { createUploader } from '../../../src/core/create-uploader.ts';
import type { AnyUploader } from '../../../src/core/uploader.ts';
import { memory } from '../../../src/providers/memory.ts';
import { manualClock } from '../../support/manual-clock.ts';

const photo = (name = 'beach.jpg', size = 1000): File => new File([new Uint8Array(size)], name, { type: 'image/jpeg' });

function statuses(uploader: AnyUploader, id: string): string[] {
  const seen: string[] = [];
  const look = (): void => {
    const item = uploader.getItem(id);
    const text = item === undefined ? 'gone' : item.status === 'waiting' ? `waiting:${item.reason}` : item.status;
    if (seen.at(-1) !== text) seen.push(text);
  };
  look();
  uploader.subscribeItem(id, look);
  return seen;
}

test('one file travels from the pick to done, and the host saves it once', async () => {
  const clock = manualClock();
  const saved: string[] = [];
  const uploader = createUploader({
    provider: memory({ clock, latency: 50, bandwidth: 1000 }),
    ports: { clock },
    onUploaded: (record) => void saved.push(record.name),
  });
  const [id = ''] = uploader.add([photo()]);
  const seen = statuses(uploader, id);
  await clock.drain();
  expect(seen).toEqual(['queued', 'uploading', 'confirming', 'recording', 'done']);
  expect(saved).toEqual(['beach.jpg']);
  expect(uploader.getProgress(id).fraction).toBe(1);
  expect(clock.timers).toBe(0);
  expect(uploader.idle).toBe(true);
});

test('a reply that is lost after the last byte is found by asking, and nothing is sent twice', async () => {
  const clock = manualClock();
  const provider = memory({ clock, latency: 50, bandwidth: 1000, script: [{ at: 'upload', fail: 'lost-reply' }] });
  const uploader = createUploader({ provider, ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  const seen = statuses(uploader, id);
  await clock.drain();
  expect(seen).toEqual(['queued', 'uploading', 'confirming', 'recording', 'done']);
});

test('a stall ends after 30 seconds without a byte, and is tried again', async () => {
  const clock = manualClock();
  const provider = memory({
    clock,
    latency: 50,
    bandwidth: 1000,
    script: [{ at: 'upload', fail: 'stall', after: 0.5 }],
  });
  const uploader = createUploader({ provider, ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  const seen = statuses(uploader, id);
  await clock.drain();
  expect(seen).toEqual([
    'queued',
    'uploading',
    'waiting:retry',
    'queued',
    'uploading',
    'confirming',
    'recording',
    'done',
  ]);
});

test('pausing keeps what was sent and going on ends in done', async () => {
  const clock = manualClock();
  const uploader = createUploader({ provider: memory({ clock, bandwidth: 1000 }), ports: { clock } });
  const [id = ''] = uploader.add([photo()]);
  const seen = statuses(uploader, id);
  await clock.advance(550);
  uploader.pause(id);
  await clock.advance(60_000);
  expect(uploader.getItem(id)?.status).toBe('paused');
  uploader.resume(id);
  await clock.drain();
  expect(seen).toEqual(['queued', 'uploading', 'paused', 'queued', 'uploading', 'confirming', 'recording', 'done']);
});

test('ten thousand files cost one notice, and cancelling them all leaves nothing running', async () => {
  const clock = manualClock();
  const uploader = createUploader({ provider: memory({ clock, bandwidth: 1000 }), ports: { clock } });
  const started = performance.now();
  uploader.add(Array.from({ length: 10_000 }, (_, index) => photo(`${index}.jpg`, 10)));
  const added = performance.now();
  await clock.advance(50);
  uploader.cancel();
  const cancelled = performance.now();
  await clock.drain();
  console.log({ add: added - started, cancel: cancelled - added });
  expect(uploader.getTotals().counts.cancelled).toBe(10_000);
  expect(clock.timers).toBe(0);
});
