import { UploadError } from './errors.ts';
import type { Json } from './json.ts';
import type { Ports } from './ports.ts';
import type { Capabilities, StopReason, UploadContext, WaitReason } from './provider.ts';
import type { Lane } from './queue.ts';
import { type Limits, Watchdog } from './watchdog.ts';

/** What the uploader wants to hear of one attempt. */
export interface AttemptEvents {
  onGranted(): void;
  onProgress(sent: number): void;
  onWait(reason: WaitReason, until: number | null): void;
  onContinue(): void;
  onExpiry(life: number): void;
  onSave(checkpoint: Json): void;
}

export interface AttemptOptions {
  facts: Pick<UploadContext, 'id' | 'kind' | 'metadata' | 'source' | 'attempt'>;
  size: number;
  checkpoint: Json | undefined;
  /** Aborted when the person pauses or cancels; its reason is passed on. */
  outer: AbortSignal;
  lanes: { control: Lane; data: Lane };
  capabilities: Capabilities;
  limits: Limits;
  ports: Ports;
  events: AttemptEvents;
}

export interface Attempt {
  readonly context: UploadContext;
  /** All of the body is out, so a failure from here on leaves open whether the bytes arrived. */
  readonly bodyIsOut: boolean;
  /** Runs the provider's promise to its end, the abort, or a time limit, whichever comes first. */
  finish<R>(running: Promise<R>): Promise<R>;
  /** A small request is out, and what it does can no longer be taken back. */
  readonly isAsking: boolean;
  /** The promise to finish is one that an earlier attempt began and could not stop. */
  adopt(): void;
  /** Ends a wait at once. */
  wake(): void;
}

/** Without progress there is no stall to see: such a body gets the time a very slow line would need. */
const slowestLine = 4; // bytes per millisecond

/**
 * Lends one attempt its context. Limits are kept here, so that a provider cannot forget them: whatever it waits
 * for, be it a slot, an answer or a byte, something in this file knows how long is too long.
 */
export function createAttempt(options: AttemptOptions): Attempt {
  const { facts, size, outer, lanes, capabilities, limits, ports, events } = options;
  const { clock } = ports;
  const stopper = new AbortController();
  const { signal } = stopper;
  let checkpoint = options.checkpoint;
  let inLine = 0;
  let controlling = 0;
  let sending = 0;
  let sent = 0;
  let bodyIsOut = false;
  let closed = false;
  let adopted = false;
  /** Ends of the waits at hand, and whether each has an end of its own. Parts of one file wait side by side. */
  const waits = new Map<() => void, boolean>();
  let showsWait = false;
  let expired: UploadError | null = null;

  const blindLimit = limits.response + size / slowestLine;
  const watchdog = new Watchdog(clock, () => expire());
  const onOuter = (): void => close(outer.reason as StopReason);
  outer.addEventListener('abort', onOuter, { once: true });
  if (outer.aborted) onOuter();

  // some transports never say that the body is out; the last byte says it for them
  const isBodyOut = (): boolean => bodyIsOut || (size > 0 && sent >= size);

  function limitNow(): { limit: number; step: 'stall' | 'response' | 'control' } {
    if (adopted) return { limit: blindLimit, step: 'response' };
    const nothingIsOut = controlling + sending === 0;
    if (showsWait || (nothingIsOut && inLine + waits.size > 0)) return { limit: Infinity, step: 'control' };
    if (isBodyOut() && controlling === 0) return { limit: limits.response, step: 'response' };
    if (sending === 0) return { limit: limits.control, step: 'control' };
    if (capabilities.progress) return { limit: limits.stall, step: 'stall' };
    return { limit: blindLimit, step: 'response' };
  }
  const watch = (): void => {
    if (!closed) watchdog.expectWithin(limitNow().limit);
  };
  function expire(): void {
    const { step, limit } = limitNow();
    expired =
      step === 'stall'
        ? new UploadError('stalled', { seconds: limit / 1000 }, { at: 'upload' })
        : new UploadError('timeout', { seconds: limit / 1000, step }, { at: 'upload' });
    close(step === 'stall' ? 'stall' : 'timeout');
  }

  function close(reason: StopReason | 'settled'): void {
    if (closed) return;
    closed = true;
    watchdog.stop();
    outer.removeEventListener('abort', onOuter);
    wake();
    if (reason !== 'settled') stopper.abort(reason);
  }

  /** Work that cannot be stopped holds its slot, but not for ever. */
  async function within<R>(task: () => Promise<R>, limit: number): Promise<R> {
    let cancelTimer: () => void = () => undefined;
    const tooLong = new Promise<never>((_, reject) => {
      cancelTimer = clock.after(limit, () =>
        reject(new UploadError('timeout', { seconds: limit / 1000, step: 'response' }, { at: 'upload' })),
      );
    });
    try {
      return await Promise.race([task(), tooLong]);
    } finally {
      cancelTimer();
    }
  }

  /** What moves waits no longer; and of waits without an end, it shows that their reason has passed. */
  function active(): void {
    if (!showsWait) return;
    showsWait = false;
    for (const [end, endsByItself] of waits) if (!endsByItself) end();
    if (closed) return;
    events.onContinue();
    if (sending > 0) events.onGranted();
  }
  const wake = (): void => [...waits.keys()].forEach((end) => end());

  async function inLane<R>(
    lane: Lane,
    task: () => Promise<R>,
    bytes: number,
    onGrant: () => void,
    onEnd: () => void,
  ): Promise<R> {
    active();
    let granted = false;
    inLine += 1;
    watch();
    try {
      return await lane.run(task, {
        signal,
        bytes,
        holdUntilSettled: !capabilities.abort && bytes > 0,
        onGrant() {
          granted = true;
          inLine -= 1;
          onGrant();
          watch();
        },
      });
    } finally {
      if (granted) onEnd();
      else inLine -= 1;
      watch();
    }
  }

  const context: UploadContext = {
    ...facts,
    signal,
    send: ports.send,
    get checkpoint() {
      return checkpoint;
    },
    control: (task) =>
      inLane(
        lanes.control,
        task,
        0,
        () => (controlling += 1),
        () => (controlling -= 1),
      ),
    data(bytes, task, expiresAt) {
      if (expiresAt !== undefined) events.onExpiry(expiresAt - clock.now());
      const granted = (): void => {
        sending += 1;
        if (!closed) events.onGranted();
      };
      const bounded = capabilities.abort ? task : () => within(task, blindLimit);
      return inLane(lanes.data, bounded, bytes, granted, () => (sending -= 1));
    },
    progress(bytes) {
      if (closed || !(bytes > sent)) return;
      active();
      sent = Math.min(bytes, size);
      watchdog.alive();
      events.onProgress(sent);
      if (isBodyOut()) watch();
    },
    bodySent() {
      if (closed) return;
      active();
      bodyIsOut = true;
      watch();
    },
    save(json) {
      checkpoint = json;
      if (!closed) events.onSave(json);
    },
    async wait(reason, until) {
      signal.throwIfAborted();
      if (closed) return;
      await new Promise<void>((resolve) => {
        const cancelTimer =
          until === undefined ? undefined : clock.after(Math.max(0, until - clock.now()), () => end());
        const end = (): void => {
          cancelTimer?.();
          waits.delete(end);
          if (waits.size === 0) active();
          watch();
          resolve();
        };
        waits.set(end, until !== undefined);
        showsWait = true;
        events.onWait(reason, until ?? null);
        watch();
      });
      signal.throwIfAborted();
    },
  };

  return {
    context,
    get bodyIsOut() {
      return isBodyOut();
    },
    get isAsking() {
      return controlling > 0;
    },
    adopt() {
      adopted = true;
      events.onGranted();
    },
    wake,
    async finish(running) {
      watch();
      try {
        const result = await raceAbort(running, signal);
        close('settled');
        return result;
      } catch (error) {
        close('over');
        throw expired ?? error;
      }
    },
  };
}

/** The promise, or the abort where it comes first; nobody is left listening. */
export function raceAbort<R>(promise: Promise<R>, signal: AbortSignal): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
