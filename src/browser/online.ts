import type { Online } from '../core/ports.ts';

/**
 * What the browser knows of the network. `false` is certain; `true` only means that there is an interface,
 * so a request that fails while "online" is an ordinary failure.
 */
export const browserOnline: Online = {
  now: () => navigator.onLine,
  subscribe(listener) {
    addEventListener('online', listener);
    addEventListener('offline', listener);
    return () => {
      removeEventListener('online', listener);
      removeEventListener('offline', listener);
    };
  },
};
