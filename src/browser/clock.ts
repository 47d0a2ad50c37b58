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
    if (document.visibilityState === 'hidden') return after(250, task);
    const handle = requestAnimationFrame(task);
    // a tab that is hidden before its frame comes would wait for it until it is shown again
    const cancelTimer = after(250, () => {
      cancelAnimationFrame(handle);
      task();
    });
    return () => {
      cancelAnimationFrame(handle);
      cancelTimer();
    };
  },
};
