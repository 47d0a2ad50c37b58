import { type Clock, inertPorts } from '../../src/core/ports.ts';
import type { AnyProvider, UploadContext } from '../../src/core/provider.ts';
import { memory, type MemoryFault } from '../../src/providers/memory.ts';
import type { Fault, Make, NotApplicable, Rig, StoreRequest } from '../../src/testing/conformance/index.ts';
import { manualClock } from '../support/manual-clock.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';

const always = Infinity;
const whole = 'it sends a file whole';
const noAddress = 'it asks for no address before it sends';
const noLine = 'no line, and no browser, lies between the page and its store';

/** How `memory` shows each fault, or why it cannot. */
const scripts: Record<Fault, readonly MemoryFault[] | string> = {
  'reset-mid-body': [{ at: 'upload', fail: 'network', after: 0.5 }],
  'reset-three-times': [{ at: 'upload', fail: 'network', after: 0.5, times: 3 }],
  'reset-always': [{ at: 'upload', fail: 'network', after: 0.5, times: always }],
  stall: [{ at: 'upload', fail: 'stall', after: 0.5, times: always }],
  'no-answer': 'where it does not answer it has stored nothing; the other side of this case shows that',
  'no-answer-not-stored': [{ at: 'upload', fail: 'no-answer' }],
  'slow-body': [],
  'connection-lost': [
    { at: 'upload', fail: 'network', after: 0.5, times: always },
    { at: 'confirm', fail: 'network', times: always },
  ],
  unreachable: [{ at: 'upload', fail: 'network', times: always }],
  'name-not-found': noLine,
  'tls-broken': noLine,
  'cors-blocked': [{ at: 'upload', fail: 'cors-or-network', times: always }],
  'preflight-refused': noLine,
  'csp-blocked': noLine,
  'lost-reply': [{ at: 'upload', fail: 'lost-reply' }],
  'sent-twice': noLine,
  'truncated-reply': noLine,
  'slow-presign': [],
  'slow-confirm': [],
  '500-once': [{ at: 'upload', fail: 'unavailable' }],
  '500-always': [{ at: 'upload', fail: 'unavailable', times: always }],
  '502-html': [{ at: 'upload', fail: 'unavailable' }],
  '503-retry-after': [{ at: 'upload', fail: 'unavailable', retryAfter: 2000 }],
  '503-retry-after-date': 'its script says waits in milliseconds, never as a date',
  '503-retry-after-long': [{ at: 'upload', fail: 'unavailable', retryAfter: 99_999_000 }],
  '429-retry-after': [{ at: 'upload', fail: 'rate-limited', retryAfter: 2000 }],
  '403-expired': noAddress,
  '403-always': [{ at: 'upload', fail: 'forbidden', times: always }],
  'clock-skew': [{ at: 'upload', fail: 'clock-skew', times: always }],
  'entity-too-large': [{ at: 'upload', fail: 'too-large-for-store', times: always }],
  'no-such-bucket': [{ at: 'upload', fail: 'store-refused', times: always }],
  'locked-once': [{ at: 'upload', fail: 'busy', retryAfter: 1000 }],
  redirect: noLine,
  'bad-json': [{ at: 'upload', fail: 'bad-response', times: always }],
  'error-in-200': [{ at: 'upload', fail: 'provider-failed', times: always }],
  'captive-portal': noLine,
  'stored-short': 'it keeps the file itself, so nothing can get lost on the way',
  'presign-500-once': noAddress,
  'presign-html': noAddress,
  'presign-reset': noAddress,
  'presign-422': noAddress,
  'presign-reordered': noAddress,
  'presign-expired': noAddress,
  'foreign-origin': noAddress,
  '401-once': 'nobody signs in to it',
  'etag-hidden': whole,
  'part-500-once': whole,
  'part-mismatch-once': whole,
  'upload-id-expired': whole,
  'complete-200-error': whole,
  'complete-200-error-once': whole,
  'complete-500-once': whole,
  'complete-lost-reply': whole,
  'part-size-changed': whole,
  'many-parts': whole,
  'confirm-500-once': [{ at: 'confirm', fail: 'unavailable' }],
  'confirm-always-500': [{ at: 'confirm', fail: 'unavailable', times: always }],
  'confirm-not-there': 'what it has accepted it keeps',
};

/** `memory` under a clock of its own, with what its store was asked written down. */
export const memoryRig: Make = (fault) => {
  const clock = manualClock();
  return rigOn(clock, 600, fault, { ports: { clock }, advance: (milliseconds) => clock.advance(milliseconds) });
};

/** The same in real time, where a slow body takes seconds and not a minute. */
export const memoryRigInRealTime: Make = (fault) => rigOn(inertPorts.clock, 20_000, fault, {});

function rigOn(
  clock: Clock,
  slow: number,
  fault: Fault | null,
  time: Pick<Rig, 'ports' | 'advance'>,
): Rig | NotApplicable {
  const script = fault === null ? [] : scripts[fault];
  if (typeof script === 'string') return { notApplicable: script };
  const live = [...script];
  const provider = memory({
    clock,
    script: live,
    latency: fault === 'slow-presign' || fault === 'slow-confirm' ? 1000 : 20,
    bandwidth: fault === 'slow-body' ? slow : 100_000,
  });
  const log = createRequestLog(clock);
  return {
    ...time,
    provider: logged(provider, log),
    store: {
      objects: () => [...provider.objects.keys()],
      requests: (): readonly StoreRequest[] => log.requests,
      bytes: async (key) => {
        const object = provider.objects.get(key);
        return object === undefined ? null : new Uint8Array(await object.arrayBuffer());
      },
    },
    heal: () => void live.splice(0),
  };
}

/** The lanes are where `memory` meets its store: what runs in them is a request. */
function logged(provider: AnyProvider, log: RequestLog): AnyProvider {
  const { upload, confirm, verify, discard, remove, capabilities } = provider;
  const listening = (context: UploadContext, step: 'presign' | 'confirm'): UploadContext => {
    const heard = Object.create(context) as UploadContext;
    const { id } = context;
    return Object.assign(heard, {
      control: <R>(task: () => Promise<R>) => context.control(() => log.note(step, id, task)),
      data: <R>(bytes: number, task: () => Promise<R>) => context.data(bytes, () => log.note('body', id, task)),
    });
  };
  const idOf = (checkpoint: unknown): string => (checkpoint as { id: string }).id;
  return {
    name: provider.name,
    capabilities,
    upload: (source, context) => upload(source, listening(context, 'presign')),
    ...(confirm && { confirm: (receipt, context) => confirm(receipt, listening(context, 'confirm')) }),
    ...(verify && {
      verify: (checkpoint, signal) => log.note('verify', idOf(checkpoint), () => verify(checkpoint, signal)),
    }),
    ...(discard && {
      discard: (checkpoint, signal) => log.note('discard', idOf(checkpoint), () => discard(checkpoint, signal)),
    }),
    ...(remove && { remove: (record, signal) => log.note('remove', record.key, () => remove(record, signal)) }),
  };
}
