import { raceAbort } from './attempt.ts';
import type { UploadError } from './errors.ts';
import type { Phase } from './item.ts';
import type { Manifest } from './manifest.ts';
import type { Ports } from './ports.ts';
import type { WaitReason } from './provider.ts';
import { judge, type RetryPolicy } from './retry.ts';
import { leaveLine, ownFieldsOf, type Voyage } from './voyage.ts';

/** Decides what a failure means, and waits where it means waiting. */
export interface Patience {
  /** Resolves when the phase is to be tried again, and rejects with the error where it is final. */
  recover(voyage: Voyage, phase: Phase, error: UploadError, signal: AbortSignal): Promise<void>;
  /** Resolves at once while online. */
  untilOnline(voyage: Voyage, phase: Phase, signal: AbortSignal): Promise<void>;
}

interface Wait {
  phase: Phase;
  reason: WaitReason;
  until: number | null;
  /** Arranges for `wake` to be called, and returns the undo. */
  arm(wake: () => void): () => void;
}

export function createPatience(
  { clock, online, random }: Ports,
  manifest: Manifest,
  policy: () => RetryPolicy,
): Patience {
  async function wait(voyage: Voyage, { phase, reason, until, arm }: Wait, signal: AbortSignal): Promise<void> {
    leaveLine(voyage);
    let disarm: (() => void) | undefined;
    const over = new Promise<void>((resolve) => {
      voyage.wake = resolve;
      disarm = arm(resolve);
    });
    // told last: who hears of the wait may end it at once
    manifest.move(voyage, 'wait', { reason, phase, until });
    try {
      await raceAbort(over, signal);
      voyage.wake = undefined;
      manifest.move(voyage, 'continue', ownFieldsOf(voyage));
    } finally {
      disarm?.();
    }
  }

  /** Offline is a state, not an error: it costs no try, and nobody need press a button. */
  const untilOnline: Patience['untilOnline'] = async (voyage, phase, signal) => {
    if (online.now()) return;
    const arm = (wake: () => void): (() => void) => online.subscribe(() => online.now() && wake());
    await wait(voyage, { phase, reason: 'offline', until: null, arm }, signal);
  };

  return {
    untilOnline,
    async recover(voyage, phase, error, signal) {
      if (error.retryable && !online.now()) return untilOnline(voyage, phase, signal);
      const verdict = judge(error, voyage.tries, policy(), random.fraction());
      if (!verdict.again || voyage.item.status === 'cancelled') throw error;
      // what the host answers costs the store nothing
      if (phase !== 'record' && !voyage.fleet.budget.spend()) throw error;
      const { after, reason } = verdict;
      if (reason === 'rate-limited') voyage.fleet.lanes.data.slowDown();
      voyage.tries += 1;
      const arm = (wake: () => void): (() => void) => clock.after(after, wake);
      return wait(voyage, { phase, reason, until: clock.now() + after, arm }, signal);
    },
  };
}
