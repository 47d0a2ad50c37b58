import type { Ports } from '../core/ports.ts';
import { browserClock } from './clock.ts';
import { browserOnline } from './online.ts';

/** The engine's view of a page. */
export const browserPorts: Ports = {
  clock: browserClock,
  random: {
    fraction: Math.random,
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  },
  online: browserOnline,
  store: null,
  steps: [],
  send: async (request) => (await import('./send.ts')).browserSend(request),
};
