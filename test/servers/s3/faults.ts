/** One thing that goes wrong, once, with the first operation it fits. */
export interface Fault {
  /** As S3 names it: `PutObject`, `ListParts`; any by default. */
  operation?: string;
  /** Before the operation has its effect, or after it, when only the reply is lost or altered. */
  when?: 'before' | 'after';
  /** `disconnect`: no answer at all. A promise: the operation waits for it and goes on. */
  what: 'disconnect' | Promise<unknown> | { status: number; code: string; retryAfter?: number };
}

/** Takes the first fault that fits out of the queue. */
export function takeFault(queue: Fault[], operation: string, when: 'before' | 'after'): Fault['what'] | null {
  const index = queue.findIndex(
    (fault) => (fault.operation ?? operation) === operation && (fault.when ?? 'before') === when,
  );
  return index < 0 ? null : (queue.splice(index, 1)[0]?.what ?? null);
}
