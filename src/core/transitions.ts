import type { Phase, Status, UploadItem } from './item.ts';

/** A status, split where the next step depends on the phase: 'waiting:confirm', 'failed:record'. */
export type State = Exclude<Status, 'waiting' | 'failed'> | `waiting:${Phase}` | `failed:${'prepare' | Phase}`;

/** What a person asks for. */
export type Command = 'start' | 'pause' | 'resume' | 'cancel' | 'retry' | 'restart';
/** What the journey itself reports. */
export type Happening =
  | 'prepared' // the bytes to send are known
  | 'granted' // the first data slot is ours
  | 'wait' // nothing is wrong, something has to pass first
  | 'continue' // it has passed
  | 'arrived' // the store has all bytes
  | 'confirmed' // the object is proven
  | 'absent' // the object is proven not to be there
  | 'saved' // the host has resolved
  | 'fail';
export type Event = Command | Happening;

/** While bytes are to be sent, and while that waits, the same news and commands count. */
const sending = {
  wait: 'waiting:upload',
  arrived: 'confirming',
  fail: 'failed:upload',
  pause: 'paused',
  cancel: 'cancelled',
} as const;
const proving = {
  wait: 'waiting:confirm',
  confirmed: 'recording',
  absent: 'failed:upload',
  fail: 'failed:confirm',
  cancel: 'cancelled',
} as const;
// the host may have saved already: neither pause nor cancel can undo that, so neither is offered
const saving = { wait: 'waiting:record', saved: 'done', fail: 'failed:record' } as const;

/**
 * The whole behaviour of an item. A pair that is not here changes nothing: the command is not offered,
 * or the news comes too late.
 */
export const transitions: { readonly [From in State]: { readonly [On in Event]?: State } } = {
  rejected: {},
  preparing: { prepared: 'ready', fail: 'failed:prepare', cancel: 'cancelled' },
  ready: { start: 'queued', cancel: 'cancelled' },
  queued: { ...sending, granted: 'uploading' },
  uploading: sending,
  'waiting:upload': { ...sending, granted: 'uploading', continue: 'queued', retry: 'queued' },
  paused: { resume: 'queued', cancel: 'cancelled' },
  confirming: proving,
  'waiting:confirm': { ...proving, continue: 'confirming', retry: 'confirming' },
  recording: saving,
  'waiting:record': { ...saving, continue: 'recording', retry: 'recording' },
  'failed:prepare': { retry: 'preparing', cancel: 'cancelled' },
  'failed:upload': { retry: 'queued', cancel: 'cancelled' },
  'failed:confirm': { retry: 'confirming', cancel: 'cancelled' },
  // a host's call that was given up may still resolve: saved is saved
  'failed:record': { retry: 'recording', cancel: 'cancelled', saved: 'done' },
  // from zero: what was prepared is sent again, what was not is prepared
  cancelled: { retry: 'queued', restart: 'preparing' },
  done: {},
};

export function stateOf(item: UploadItem): State {
  if (item.status === 'waiting') return `waiting:${item.phase}`;
  return item.status === 'failed' ? `failed:${item.at}` : item.status;
}

/** Where an event leads, or null where it changes nothing. */
export const next = (from: State, on: Event): State | null => transitions[from][on] ?? null;
