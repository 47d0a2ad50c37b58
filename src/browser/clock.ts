import { type Clock, inertPorts } from '../core/ports.ts';

/** Real time. A hidden tab paints no frames, so there a timer takes their place. */
export const browserClock: Clock = {
  ...inertPorts.clock,
  frame(task) {
    if (typeof document === 'undefined' || document.visibilityState === 'hidden')
      return inertPorts.clock.after(250, task);
    const handle = requestAnimationFrame(task);
    // a tab that is hidden before its frame comes would wait for it until it is shown again
    const cancelTimer = inertPorts.clock.after(250, () => {
      cancelAnimationFrame(handle);
      task();
    });
    return () => {
      cancelAnimationFrame(handle);
      cancelTimer();
    };
  },
};
