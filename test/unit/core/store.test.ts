import { describe, expect, test } from 'vitest';
import { createStore } from '../../../src/core/store.ts';
import { anItem } from '../../support/an-item.ts';
import { manualClock } from '../../support/manual-clock.ts';

const record = { record: {} };

function aStore() {
  const clock = manualClock();
  const store = createStore(clock);
  const heard: string[] = [];
  const listen = (id: string): void => {
    store.reads.subscribeItem(id, () => heard.push(`item ${id}`));
    store.reads.subscribeProgress(id, () => heard.push(`progress ${id}`));
  };
  store.reads.subscribe(() => heard.push('list'));
  store.reads.subscribeTotals(() => heard.push('totals'));
  return { clock, store, reads: store.reads, heard, listen };
}

describe('three channels', () => {
  test('a thousand files are one notice of the list', () => {
    const { store, heard } = aStore();
    store.add(Array.from({ length: 1000 }, (_, index) => anItem(`${index}`)));
    expect(heard).toEqual(['list', 'totals']);
  });

  test('bytes that move touch the progress of one file, and neither the list nor any item', async () => {
    const { store, clock, heard, listen } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 }), anItem('b')]);
    listen('a');
    listen('b');
    heard.length = 0;
    store.report('a', 100);
    store.report('a', 200);
    store.report('a', 300);
    expect(heard).toEqual([]);
    await clock.advance(16);
    expect(heard).toEqual(['progress a']);
  });

  test('totals are told at most ten times a second while bytes move', async () => {
    const { store, clock, heard } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 }, 1e6)]);
    heard.length = 0;
    for (let sent = 0; sent < 1000; sent += 10) {
      store.report('a', sent);
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await clock.advance(10);
    }
    expect(heard.length).toBeGreaterThanOrEqual(9);
    expect(heard.length).toBeLessThanOrEqual(11);
  });

  test('a change of status is heard at once, and what was sent before it is heard first', () => {
    const { store, heard, listen } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 })]);
    listen('a');
    heard.length = 0;
    store.report('a', 500);
    store.put(anItem('a', 'confirming', { receipt: { checkpoint: null } }));
    expect(heard.slice(0, 2)).toEqual(['progress a', 'item a']);
    expect(heard).toContain('totals');
  });

  test('nobody is called after unsubscribing', async () => {
    const { store, reads, clock } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 })]);
    let calls = 0;
    const leave = [
      reads.subscribe(() => (calls += 1)),
      reads.subscribeItem('a', () => (calls += 1)),
      reads.subscribeProgress('a', () => (calls += 1)),
      reads.subscribeTotals(() => (calls += 1)),
    ];
    for (const undo of leave) undo();
    store.report('a', 10);
    store.put(anItem('a'));
    store.remove(new Set(['a']));
    await clock.drain();
    expect(calls).toBe(0);
  });
});

describe('references', () => {
  test('every read gives the same reference until it changes', async () => {
    const { store, reads, clock } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 }), anItem('b')]);
    const before = [reads.getIds(), reads.getItem('a'), reads.getProgress('a'), reads.getProgress('b')];
    store.report('a', 100);
    expect([reads.getIds(), reads.getItem('a'), reads.getProgress('a'), reads.getProgress('b')]).toEqual(before);
    await clock.advance(20);
    expect(reads.getIds()).toBe(before[0]);
    expect(reads.getItem('a')).toBe(before[1]);
    expect(reads.getProgress('a')).not.toBe(before[2]);
    expect(reads.getProgress('b')).toBe(before[3]);
    expect(reads.getTotals()).toBe(reads.getTotals());
  });

  test('what is not there reads as nothing, always the same', () => {
    const { reads } = aStore();
    expect(reads.getItem('gone')).toBeUndefined();
    expect(reads.getProgress('gone')).toBe(reads.getProgress('also gone'));
  });
});

describe('progress', () => {
  test('it never falls while a file is sent, and never says all before the file is done', async () => {
    const { store, reads, clock } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 })]);
    const seen: number[] = [];
    for (const sent of [100, 700, 300, Number.NaN, -5, 1000, 5000]) {
      store.report('a', sent);
      // oxlint-disable-next-line no-await-in-loop -- one frame after the other
      await clock.advance(16);
      seen.push(reads.getProgress('a').fraction);
    }
    expect(seen).toEqual([0.1, 0.7, 0.7, 0.7, 0.7, 0.99, 0.99]);
    store.put(anItem('a', 'done', record));
    expect(reads.getProgress('a').fraction).toBe(1);
  });

  test('it keeps its height through a wait, and falls only on the way through the line', () => {
    const { store, reads } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 })]);
    store.report('a', 600);
    store.put(anItem('a', 'waiting', { reason: 'retry', phase: 'upload', until: 0 }));
    expect(reads.getProgress('a').fraction).toBe(0.6);
    store.put(anItem('a', 'queued'), true);
    expect(reads.getProgress('a').fraction).toBe(0);
  });

  test('a file of no bytes has a defined progress', () => {
    const { store, reads } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 }, 0)]);
    expect(reads.getProgress('a').fraction).toBe(0);
    expect(reads.getTotals().fraction).toBe(0);
    store.put(anItem('a', 'done', record, 0));
    expect(reads.getProgress('a').fraction).toBe(1);
    expect(reads.getTotals().fraction).toBe(1);
  });

  test('the whole is weighed by bytes, not by files', () => {
    const { store, reads } = aStore();
    store.add([anItem('small', 'uploading', { attempt: 1 }, 100), anItem('large', 'queued', {}, 900)]);
    store.put(anItem('small', 'done', record, 100));
    expect(reads.getTotals().fraction).toBe(0.1);
  });

  test('refused and cancelled files are no part of the whole', () => {
    const { store, reads } = aStore();
    store.add([anItem('a'), anItem('b'), anItem('c', 'rejected', { problems: [] })]);
    store.put(anItem('a', 'done', record));
    expect(reads.getTotals().fraction).toBe(0.5);
    store.put(anItem('b', 'cancelled'));
    expect(reads.getTotals().fraction).toBe(1);
    expect(reads.getTotals().counts).toMatchObject({ done: 1, cancelled: 1, rejected: 1 });
    expect(reads.getTotals().count).toBe(3);
  });

  test('speed and time left follow the bytes, and are unknown at rest', async () => {
    const { store, reads, clock } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 }, 100_000)]);
    for (let second = 1; second <= 5; second += 1) {
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await clock.advance(1000);
      store.report('a', second * 10_000);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await clock.advance(16);
    }
    const { speed, timeLeft } = reads.getProgress('a');
    expect(speed).toBeGreaterThan(9000);
    expect(speed).toBeLessThan(11_000);
    expect(timeLeft).toBeGreaterThan(4000);
    expect(timeLeft).toBeLessThan(6000);
    store.put(anItem('a', 'paused', {}, 100_000));
    expect(reads.getTotals().speed).toBeNull();
  });
});

describe('the list', () => {
  test('reordering puts the named first, and keeps the rest as it was', () => {
    const { store, reads } = aStore();
    store.add(['a', 'b', 'c', 'd'].map((id) => anItem(id)));
    store.order(['c', 'nobody', 'a']);
    expect(reads.getIds()).toEqual(['c', 'a', 'b', 'd']);
  });

  test('a removed file leaves list, totals and timers behind', async () => {
    const { store, reads, clock } = aStore();
    store.add([anItem('a', 'uploading', { attempt: 1 }), anItem('b')]);
    store.report('a', 500);
    store.remove(new Set(['a', 'b']));
    await clock.drain();
    expect(reads.getIds()).toEqual([]);
    expect(reads.getTotals().total).toBe(0);
    expect(clock.timers).toBe(0);
  });
});
