import type { Clock } from '../core/ports.ts';

function after(milliseconds: number, task: () => void): () => void {
  const handle = setTimeout(task, milliseconds);
  return () => clearTimeout(handle);
}

/** Real time. A hidden tab paints no frames, so there a timer takes their place. */
export const browserClock: Clock = {
  now: Date.now,
  after,
  frame(task) {
    const run = (): void => {
      cancel();
      task();
    };
    const handle = requestAnimationFrame(run);
    const cancelTimer = after(250, run);
    const cancel = (): void => {
      cancelAnimationFrame(handle);
      cancelTimer();
    };
    return cancel;
  },
};
