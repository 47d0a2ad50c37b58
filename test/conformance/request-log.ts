import type { Clock } from '../../src/core/ports.ts';
import type { StoreRequest, StoreStep } from '../../src/testing/conformance/index.ts';

/** What a double has been asked, in order. */
export interface RequestLog {
  readonly requests: readonly StoreRequest[];
  /** Notes one request, for as long as its work runs. */
  note<R>(step: StoreStep, key: string | null, work: () => Promise<R>, part?: number): Promise<R>;
}

export function createRequestLog(clock: Clock): RequestLog {
  const requests: StoreRequest[] = [];
  return {
    requests,
    async note(step, key, work, part) {
      const request: StoreRequest = { step, key, at: clock.now(), endedAt: null, ...(part !== undefined && { part }) };
      requests.push(request);
      try {
        return await work();
      } finally {
        request.endedAt = clock.now();
      }
    },
  };
}
