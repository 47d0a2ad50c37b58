import { UploadError } from '../../../core/errors.ts';
import { withDeadline } from '../../deadline.ts';
import { realPorts } from '../../ports.ts';
import type { ByteStream } from '../../bytes.ts';
import { unlessIdle } from './idle.ts';
import type { Place } from './place.ts';
import type { Signer } from './signer.ts';
import { errorCode } from './xml.ts';

export interface Call {
  /** As S3 names it: for the words of errors. */
  operation: string;
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** The bucket itself where absent. */
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
  signal?: AbortSignal | undefined;
}
export interface Refused {
  ok: false;
  operation: string;
  status: number;
  /** The store's own; null where it said none, as in answers to HEAD. */
  code: string | null;
  retryAfter: number | null;
}
export type Answer<B> = { ok: true; status: number; headers: Headers; body: B } | Refused;

/** Speaks to one bucket. What the store refuses is a value; silence, lateness and a broken line are thrown. */
export interface Client {
  text(call: Call): Promise<Answer<string>>;
  /** The deadline holds until the body begins, and again for each of its chunks. */
  stream(call: Call): Promise<Answer<ByteStream>>;
}

export interface ClientOptions {
  place: Place;
  signer: Signer;
  /** Milliseconds that a call may take beside the time for its body. */
  timeout: number;
  fetch: (request: Request) => Promise<Response>;
}

const attempts = 3;
/** The longest pause, in seconds, that is worth keeping a caller waiting. */
const patience = 5;
/** Bytes per second: a slower line is as good as none. */
const slowest = 64 * 1024;

export function createClient({ place, signer, timeout, fetch }: ClientOptions): Client {
  const once = async <B>(call: Call, read: (response: Response) => Promise<B>): Promise<Answer<B>> => {
    const { operation, method, key, query = {}, headers = {}, body, signal } = call;
    const milliseconds = timeout + ((body?.length ?? 0) / slowest) * 1000;
    const late = (): UploadError => new UploadError('timeout', { seconds: milliseconds / 1000, step: operation });
    return withDeadline(milliseconds, late, async (deadline) => {
      const url = new URL(key === undefined ? place.bucketUrl : place.objectUrl(key));
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const signed = await signer.headers(method, url.href, headers);
      const request = new Request(signed.url, {
        method,
        headers: signed.headers,
        // a redirect would carry the signature to a place it was not made for
        redirect: 'manual',
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
        ...(body === undefined ? {} : { body }),
      });
      const response = await fetch(request);
      if (!response.ok) return refusedBy(call, response, errorCode(await response.text()));
      return { ok: true, status: response.status, headers: response.headers, body: await read(response) };
    });
  };

  /** Every call of this file may be repeated: a second time it does nothing more than the first. */
  const persistently = async <B>(call: Call, run: () => Promise<Answer<B>>): Promise<Answer<B>> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await run().catch((error: unknown) => {
        call.signal?.throwIfAborted();
        if (attempt === attempts || error instanceof UploadError) throw asNetwork(call, error);
        return null;
      });
      if (answer !== null && (answer.ok || attempt === attempts || !isPassing(answer))) return answer;
      const wanted = answer !== null && !answer.ok ? answer.retryAfter : null;
      if (wanted !== null && wanted > patience && answer !== null) return answer;
      await realPorts.sleep(
        wanted === null ? 100 * 4 ** attempt * (0.5 + Math.random() / 2) : wanted * 1000,
        call.signal,
      );
    }
  };

  return {
    text: (call) =>
      persistently(call, async () => {
        const answer = await once(call, (response) => response.text());
        const code = answer.ok ? errorCode(answer.body) : null;
        if (!answer.ok || code === null) return answer;
        return { ok: false, operation: call.operation, status: answer.status, code, retryAfter: null };
      }),
    stream: (call) =>
      persistently(call, () =>
        once(call, async (response) => unlessIdle(response.body ?? new Blob([]).stream(), timeout, call.operation)),
      ),
  };
}

/** A refusal as an error. What the store says of a bucket or a key stays here: the error may reach a browser. */
export function refusal({ operation, status, code, retryAfter }: Refused): UploadError {
  const message = `the store answered ${operation} with ${status}${code === null ? '' : ` ${code}`}`;
  if (code === 'RequestTimeTooSkewed') return new UploadError('clock-skew', { seconds: null }, { message });
  if (status === 429 || status >= 500 || (code !== null && passing.has(code))) {
    return new UploadError('unavailable', { retryAfter }, { message });
  }
  return new UploadError('store-refused', { status, storeCode: code }, { message });
}

const passing = new Set(['SlowDown', 'InternalError', 'ServiceUnavailable', 'RequestTimeout', 'OperationAborted']);
// 501 means: never
const isPassing = ({ status, code }: Refused): boolean =>
  (status !== 501 && status >= 500) || status === 429 || (code !== null && passing.has(code));

const refusedBy = ({ operation }: Call, { status, headers }: Response, code: string | null): Refused => {
  const seconds = headers.get('retry-after') ?? '';
  return { ok: false, operation, status, code, retryAfter: /^\d+$/.test(seconds) ? Number(seconds) : null };
};

const asNetwork = ({ operation }: Call, cause: unknown): UploadError =>
  cause instanceof UploadError
    ? cause
    : new UploadError('network', undefined, { cause, message: `the line broke in ${operation}` });
