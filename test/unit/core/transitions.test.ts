import { expect, test } from 'vitest';
import { anItem } from '../../support/an-item.ts';
import { type Event, next, type State, stateOf } from '../../../src/core/transitions.ts';

const states: readonly State[] = [
  'rejected',
  'preparing',
  'ready',
  'queued',
  'uploading',
  'waiting:upload',
  'waiting:confirm',
  'waiting:record',
  'paused',
  'confirming',
  'recording',
  'failed:prepare',
  'failed:upload',
  'failed:confirm',
  'failed:record',
  'cancelled',
  'done',
];

/**
 * What each event does, event by event, as the design's table of statuses and the journey say it. A state that is not
 * named stays as it is.
 */
const expected: Record<Event, Partial<Record<State, State>>> = {
  // what a person asks for
  start: { ready: 'queued' },
  pause: { queued: 'paused', uploading: 'paused', 'waiting:upload': 'paused' },
  resume: { paused: 'queued' },
  cancel: {
    preparing: 'cancelled',
    ready: 'cancelled',
    queued: 'cancelled',
    uploading: 'cancelled',
    'waiting:upload': 'cancelled',
    'waiting:confirm': 'cancelled',
    paused: 'cancelled',
    confirming: 'cancelled',
    'failed:prepare': 'cancelled',
    'failed:upload': 'cancelled',
    'failed:confirm': 'cancelled',
    'failed:record': 'cancelled',
  },
  retry: {
    'waiting:upload': 'queued',
    'waiting:confirm': 'confirming',
    'waiting:record': 'recording',
    'failed:prepare': 'preparing',
    'failed:upload': 'queued',
    'failed:confirm': 'confirming',
    'failed:record': 'recording',
    cancelled: 'queued',
  },
  restart: { cancelled: 'preparing' },
  // what the journey reports
  prepared: { preparing: 'ready' },
  granted: { queued: 'uploading', 'waiting:upload': 'uploading' },
  wait: {
    queued: 'waiting:upload',
    uploading: 'waiting:upload',
    'waiting:upload': 'waiting:upload',
    confirming: 'waiting:confirm',
    'waiting:confirm': 'waiting:confirm',
    recording: 'waiting:record',
    'waiting:record': 'waiting:record',
  },
  continue: { 'waiting:upload': 'queued', 'waiting:confirm': 'confirming', 'waiting:record': 'recording' },
  arrived: { queued: 'confirming', uploading: 'confirming', 'waiting:upload': 'confirming' },
  confirmed: { confirming: 'recording', 'waiting:confirm': 'recording' },
  absent: { confirming: 'failed:upload', 'waiting:confirm': 'failed:upload' },
  saved: { recording: 'done', 'waiting:record': 'done', 'failed:record': 'done' },
  fail: {
    preparing: 'failed:prepare',
    queued: 'failed:upload',
    uploading: 'failed:upload',
    'waiting:upload': 'failed:upload',
    confirming: 'failed:confirm',
    'waiting:confirm': 'failed:confirm',
    recording: 'failed:record',
    'waiting:record': 'failed:record',
  },
};

const events = Object.keys(expected) as Event[];
const pairs = states.flatMap((from) => events.map((on) => ({ from, on, to: expected[on][from] ?? null })));

test.each(pairs)('$on while $from leads to $to', ({ from, on, to }) => {
  expect(next(from, on)).toBe(to);
});

test('a stored file, and a refused one, are moved by nothing', () => {
  const moved = (['done', 'rejected'] as const).flatMap((from) => events.filter((on) => next(from, on) !== null));
  expect(moved).toEqual([]);
});

test('every state but the refused one can be reached from a new item', () => {
  const reached = new Set<State>(['preparing']);
  for (const from of reached) {
    for (const on of events) {
      const to = next(from, on);
      if (to !== null) reached.add(to);
    }
  }
  expect([...reached].toSorted()).toEqual(states.filter((state) => state !== 'rejected').toSorted());
});

test('a wait and a failure are known by their phase', () => {
  expect(stateOf(anItem('a', 'waiting', { phase: 'confirm' }))).toBe('waiting:confirm');
  expect(stateOf(anItem('a', 'failed', { at: 'prepare' }))).toBe('failed:prepare');
  expect(stateOf(anItem('a', 'paused'))).toBe('paused');
});
