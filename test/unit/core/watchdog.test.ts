import { describe, expect, test } from 'vitest';
import { createUploader } from '../../../src/core/create-uploader.ts';
import type { AnyUploader } from '../../../src/core/uploader.ts';
import { Watchdog } from '../../../src/core/watchdog.ts';
import { memory } from '../../../src/providers/memory.ts';
import { manualClock } from '../../support/manual-clock.ts';

function aWatchdog() {
  const clock = manualClock();
  const barked: number[] = [];
  const start = clock.now();
  const watchdog = new Watchdog(clock, () => barked.push(clock.now() - start));
  return { clock, watchdog, barked };
}

describe('one deadline', () => {
  test('silence up to the limit is no news, and beyond it is told once', async () => {
    const { clock, watchdog, barked } = aWatchdog();
    watchdog.expectWithin(1000);
    await clock.advance(999);
    expect(barked).toEqual([]);
    await clock.drain();
    expect(barked).toEqual([1000]);
    expect(clock.timers).toBe(0);
  });

  test('every sign of life moves it, with no timer more', async () => {
    const { clock, watchdog, barked } = aWatchdog();
    watchdog.expectWithin(1000);
    for (let frame = 0; frame < 300; frame += 1) {
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await clock.advance(16);
      watchdog.alive();
      expect(clock.timers).toBe(1);
    }
    await clock.drain();
    expect(barked).toEqual([300 * 16 + 1000]);
  });

  test('a shorter limit counts from now, a longer one too', async () => {
    const { clock, watchdog, barked } = aWatchdog();
    watchdog.expectWithin(10_000);
    await clock.advance(500);
    watchdog.expectWithin(100);
    await clock.advance(50);
    watchdog.expectWithin(5000);
    await clock.drain();
    expect(barked).toEqual([5550]);
  });

  test('without a limit it rests, and a limit wakes it again', async () => {
    const { clock, watchdog, barked } = aWatchdog();
    watchdog.expectWithin(1000);
    watchdog.expectWithin(Infinity);
    await clock.advance(5000);
    expect(barked).toEqual([]);
    watchdog.expectWithin(1000);
    await clock.drain();
    expect(barked).toEqual([6000]);
  });

  test('stopped, it says nothing and leaves no timer', async () => {
    const { clock, watchdog, barked } = aWatchdog();
    watchdog.expectWithin(1000);
    watchdog.stop();
    expect(clock.timers).toBe(0);
    await clock.drain();
    expect(barked).toEqual([]);
  });
});

test('a laptop that slept for ten minutes goes on with the file by itself', async () => {
  const clock = manualClock();
  let asleep = 0;
  // asleep, the clock on the wall goes on and no timer fires: all are late by as much
  const waking = { ...clock, now: () => clock.now() + asleep };
  const uploader: AnyUploader = createUploader({
    provider: memory({ clock: waking, bandwidth: 1000 }),
    ports: { clock: waking },
  });
  const [id = ''] = uploader.add([new File([new Uint8Array(1000)], 'beach.jpg')]);
  await clock.advance(550);
  expect(uploader.getItem(id)).toMatchObject({ status: 'uploading' });
  asleep = 600_000;
  await clock.drain();
  expect(uploader.getItem(id)).toMatchObject({ status: 'done' });
  expect(clock.timers).toBe(0);
});
