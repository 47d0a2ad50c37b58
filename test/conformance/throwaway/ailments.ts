import type { Fault, StoreStep } from '../../../src/testing/conformance/index.ts';

/** What goes wrong with one request. Shares are of its body. */
export type Symptom =
  | { does: 'reset'; after: number }
  | { does: 'silence'; after: number; acts: boolean }
  | { does: 'delay' }
  | { does: 'answer'; status: number; text: string; headers: Record<string, string> }
  | { does: 'lose-reply' }
  | { does: 'garble' }
  | { does: 'shorten' }
  | { does: 'vanish' }
  | { does: 'hide-etag' };

export interface Ailment {
  step: StoreStep | 'any';
  left: number;
  symptom: Symptom;
  part?: number;
  /** Sleeps until a body has begun. */
  afterBody?: true;
}

const always = Infinity;
const one = (step: Ailment['step'], symptom: Symptom, left = 1, part?: number): Ailment[] => [
  { step, symptom, left, ...(part !== undefined && { part }) },
];
const answer = (status: number, text = '', headers: Record<string, string> = {}): Symptom => ({
  does: 'answer',
  status,
  text,
  headers,
});
const code = (status: number, name: string): Symptom => answer(status, JSON.stringify({ code: name }));
const page = '<html><body>Bad gateway</body></html>';
const half: Symptom = { does: 'reset', after: 0.5 };

/**
 * The faults that a store of plain requests can have. What is not here is the transport's, or the browser's. `storing`
 * is the step after which a file is there.
 */
export function ailmentsOf(fault: Fault | null, storing: 'body' | 'complete'): Ailment[] {
  switch (fault) {
    case 'reset-mid-body':
      return one('body', half);
    case 'reset-three-times':
      return one('body', half, 3);
    case 'reset-always':
      return one('body', half, always);
    case 'stall':
      return one('body', { does: 'silence', after: 0.5, acts: false }, always);
    case 'no-answer':
      return one(storing, { does: 'silence', after: 1, acts: true });
    case 'no-answer-not-stored':
      return one('body', { does: 'silence', after: 1, acts: false });
    case 'connection-lost':
      return [
        ...one('body', half, always),
        ...one('any', { does: 'reset', after: 0 }, always).map((each) => ({ ...each, afterBody: true as const })),
      ];
    case 'unreachable':
      return one('any', { does: 'reset', after: 0 }, always);
    case 'lost-reply':
    case 'truncated-reply':
    case 'complete-lost-reply':
      return one(storing, { does: 'lose-reply' });
    case 'slow-presign':
      return one('presign', { does: 'delay' }, always);
    case 'slow-confirm':
      return one('confirm', { does: 'delay' }, always);
    case '500-once':
      return one('body', answer(500));
    case '500-always':
      return one('body', answer(500), always);
    case '502-html':
      return one('body', answer(502, page));
    case '503-retry-after':
      return one('body', answer(503, '', { 'retry-after': '2' }));
    case '503-retry-after-date':
      return one('body', answer(503, '', { 'retry-after': new Date(Date.now() + 3000).toUTCString() }));
    case '503-retry-after-long':
      return one('body', answer(503, '', { 'retry-after': '99999' }));
    case '429-retry-after':
      return one('body', answer(429, '', { 'retry-after': '2' }));
    case '403-expired':
    case 'presign-expired':
      return one('body', code(403, 'ExpiredToken'));
    case '403-always':
      return one('body', code(403, 'ExpiredToken'), always);
    case 'clock-skew':
      return one('body', code(403, 'RequestTimeTooSkewed'), always);
    case 'entity-too-large':
      return one('body', code(400, 'EntityTooLarge'), always);
    case 'no-such-bucket':
      return one('body', code(404, 'NoSuchBucket'), always);
    case 'locked-once':
      return one('body', answer(423));
    case 'bad-json':
      return one(storing, { does: 'garble' }, always);
    case 'error-in-200':
    case 'complete-200-error':
      return one(storing, code(200, 'InternalError'), always);
    case 'complete-200-error-once':
      return one('complete', code(200, 'InternalError'));
    case 'complete-500-once':
      return one('complete', answer(500));
    case 'captive-portal':
      return one(storing, answer(200, '{"key":"portal"}'), always);
    case 'stored-short':
      return one('body', { does: 'shorten' }, always);
    case 'presign-500-once':
      return one('presign', answer(500));
    case 'presign-html':
      return one('presign', answer(200, page), always);
    case 'presign-reset':
      return one('presign', { does: 'reset', after: 0 });
    case 'presign-422':
      return one('presign', answer(422, JSON.stringify({ message: 'This album is full.' })), always);
    case 'etag-hidden':
      return one('body', { does: 'hide-etag' }, always);
    case 'part-500-once':
      return one('body', answer(500), 1, 2);
    case 'part-mismatch-once':
      return one('complete', answer(400, JSON.stringify({ code: 'InvalidPart', part: 2 })));
    case 'upload-id-expired':
      return one('body', code(404, 'NoSuchUpload'), 1, 2);
    case 'confirm-500-once':
      return one('confirm', answer(500));
    case 'confirm-always-500':
      return one('confirm', answer(500), always);
    case 'confirm-not-there':
      return one(storing, { does: 'vanish' });
    // the double itself, or what lies around it, sees to these
    case null:
    case 'slow-body':
    case '401-once':
    case 'foreign-origin':
    case 'name-not-found':
    case 'tls-broken':
    case 'cors-blocked':
    case 'preflight-refused':
    case 'csp-blocked':
    case 'redirect':
    case 'sent-twice':
    case 'presign-reordered':
    case 'many-parts':
    case 'part-size-changed':
      return [];
    default:
      return fault satisfies never;
  }
}
