import { describe, expect, test } from 'vitest';
import { createUploader } from '../../../src/core/create-uploader.ts';
import { GrantRate, lookAhead } from '../../../src/core/look-ahead.ts';
import type { Provider, UploadContext } from '../../../src/core/provider.ts';
import type { AnyUploader } from '../../../src/core/uploader.ts';
import { manualClock } from '../../support/manual-clock.ts';

const width = 6;

interface Weather {
  /** Milliseconds an address lives. */
  life: number;
  /** Milliseconds of one body; may change on the way. */
  body: (index: number) => number;
  files?: number;
}

/** A thousand files through a provider that asks for addresses in batches, as many as have come together. */
async function simulate({ life, body, files = 1000 }: Weather) {
  const clock = manualClock();
  const seen = { asked: 0, stale: 0, sent: 0, most: 0 };
  let bodies = 0;
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => void clock.after(milliseconds, resolve));
  /** Who asks in the same moment is answered by the same request. */
  let asking: { contexts: UploadContext[]; expiresAt: Promise<number> } | null = null;
  function addressFor(context: UploadContext): Promise<number> {
    if (asking === null) {
      const contexts: UploadContext[] = [];
      const request = async (): Promise<number> => {
        await Promise.resolve();
        asking = null;
        seen.asked += 1;
        seen.most = Math.max(seen.most, contexts.length);
        await context.control(() => wait(30));
        return clock.now() + life;
      };
      asking = { contexts, expiresAt: request() };
    }
    asking.contexts.push(context);
    return asking.expiresAt;
  }
  const provider: Provider = {
    name: 'batching',
    capabilities: { progress: true, abort: true, resume: false, width: Infinity },
    async upload({ size }, context) {
      const expiresAt = await addressFor(context);
      await context.data(
        size,
        async () => {
          seen.sent += 1;
          if (clock.now() > expiresAt) seen.stale += 1;
          await wait(body((bodies += 1)));
          context.progress(size);
        },
        expiresAt,
      );
      return { checkpoint: null, stored: { key: context.id, url: null, data: null } };
    },
  };
  const uploader: AnyUploader = createUploader({ provider, concurrency: width, ports: { clock } });
  uploader.add(Array.from({ length: files }, (_, index) => new File(['x'], `${index}.jpg`)));
  await clock.drain();
  return { ...seen, done: uploader.getTotals().counts.done };
}

describe('a thousand files, six at a time', () => {
  test.each([10, 40, 200, 1000])('of %i ms each need at most 50 requests for addresses that last', async (body) => {
    const { asked, done } = await simulate({ life: 900_000, body: () => body });
    expect(done).toBe(1000);
    expect(asked).toBeLessThanOrEqual(50);
  });

  test.each([10, 40, 200, 600, 950])(
    'of %i ms each meet no stale address, where one lives two seconds',
    async (body) => {
      const { stale, done } = await simulate({ life: 2000, body: () => body });
      expect(done).toBe(1000);
      expect(stale).toBe(0);
    },
  );

  test('of 40 ms each need at most 50 requests, even where an address lives two seconds', async () => {
    const { stale, asked, most } = await simulate({ life: 2000, body: () => 40 });
    expect(stale).toBe(0);
    expect(asked).toBeLessThanOrEqual(50);
    expect(most).toBeGreaterThan(20);
  });

  test('of any size ask for no more at once than half an address of two seconds can serve', async () => {
    const { most } = await simulate({ life: 2000, body: () => 600 });
    expect(most).toBeLessThanOrEqual(2 * width);
  });
});

describe('how far it looks', () => {
  test('two rounds while nothing is known, then as far as half the life of an address reaches', () => {
    expect(lookAhead({ width: 6, life: null, rate: null })).toEqual({ high: 12, low: 6 });
    expect(lookAhead({ width: 6, life: 2000, rate: 0.02 })).toEqual({ high: 20, low: 10 });
    expect(lookAhead({ width: 6, life: 900_000, rate: 0.02 })).toEqual({ high: 48, low: 24 });
    expect(lookAhead({ width: 6, life: null, rate: 0.02 })).toEqual({ high: 48, low: 24 });
  });

  test('never less than the slots there are, or some would stand idle', () => {
    expect(lookAhead({ width: 6, life: 10, rate: 0.0001 }).high).toBe(6);
    expect(lookAhead({ width: 100, life: null, rate: 1 }).high).toBe(100);
  });

  test('the first round, which is granted at once, is no measure of speed', () => {
    const rate = new GrantRate(3);
    for (const moment of [0, 0, 1]) rate.add(moment);
    expect(rate.perMillisecond).toBeNull();
    rate.add(300);
    expect(rate.perMillisecond).toBe(0.01);
  });

  test('an old speed is forgotten', () => {
    const rate = new GrantRate(1);
    for (let index = 0; index < 20; index += 1) rate.add(index);
    for (let index = 1; index <= 20; index += 1) rate.add(20 + index * 1000);
    expect(rate.perMillisecond).toBe(0.001);
  });
});
