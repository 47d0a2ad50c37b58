import { UploadError } from '../../../src/core/errors.ts';
import type { Clock } from '../../../src/core/ports.ts';
import type { Send, SendRequest, SendResponse } from '../../../src/core/send.ts';
import type { Fault, StoreStep, StoreView } from '../../../src/testing/conformance/index.ts';
import { createRequestLog } from '../request-log.ts';
import { ailmentsOf, type Symptom } from './ailments.ts';

export const origin = 'https://store.test';
/** What a signature would be. It must never be seen outside of a request. */
export const fakeSignature = 'X-Signature=fake-signature';
const ticks = 100;
/** How long a server keeps a silent connection. */
const serverPatience = 600_000;

export interface ScriptedStore {
  send: Send;
  view: StoreView;
  heal(): void;
  /** The person has signed in. */
  signIn(): void;
}

export interface ScriptedStoreOptions {
  clock: Clock;
  fault: Fault | null;
  /** Bytes per second of one body. */
  bandwidth: number;
  /** The step after which a file is there. */
  storing: 'body' | 'complete';
}

interface Unfinished {
  key: string;
  size: number;
  parts: Map<number, Blob>;
}

/**
 * A store behind a few routes, as a transport: whole files, files in parts, proof, and one fault. Nothing in it is
 * random, and time is the clock's.
 */
export function createScriptedStore({ clock, fault, bandwidth, storing }: ScriptedStoreOptions): ScriptedStore {
  const log = createRequestLog(clock);
  const objects = new Map<string, Blob>();
  const unfinished = new Map<string, Unfinished>();
  let ailments = ailmentsOf(fault, storing);
  let signedIn = fault !== '401-once';
  let uploads = 0;

  const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        cancel();
        reject(signal.reason as Error);
      };
      const cancel = clock.after(milliseconds, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });

  async function receive({ body, onProgress, signal }: SendRequest, share: number): Promise<void> {
    const size = body instanceof Blob ? body.size : 0;
    for (let sent = 0; sent < size * share;) {
      // oxlint-disable-next-line no-await-in-loop -- bytes come one after the other
      await pause(ticks, signal);
      sent = Math.min(size * share, sent + (bandwidth * ticks) / 1000);
      onProgress?.(Math.floor(sent));
    }
  }

  function symptomOf(step: StoreStep, part: number | undefined): Symptom | null {
    const bodies = log.requests.filter((request) => request.step === 'body').length;
    const awake = ailments.filter((one) => one.left > 0 && (one.afterBody !== true || bodies > 0));
    const found = awake.find((one) => (one.step === 'any' || one.step === step) && (one.part ?? part) === part);
    if (found === undefined) return null;
    found.left -= 1;
    return found.symptom;
  }

  const noAnswer = (): UploadError => new UploadError('network', undefined, { message: 'got no answer' });

  /** One request from its first byte to its answer, with whatever ails the store at this step. */
  async function serve(request: SendRequest, step: StoreStep, part: number | undefined): Promise<SendResponse> {
    const symptom = symptomOf(step, part);
    const reset = symptom?.does === 'reset' || symptom?.does === 'silence' ? symptom.after : 1;
    await pause(symptom?.does === 'delay' ? 1000 : 20, request.signal);
    await receive(request, step === 'body' ? reset : 0);
    if (symptom?.does === 'reset') throw noAnswer();
    if (step === 'body' && reset === 1) request.onBodySent?.();
    if (symptom?.does === 'silence') {
      if (symptom.acts) act(request);
      await pause(serverPatience, request.signal);
      throw noAnswer();
    }
    if (symptom?.does === 'answer') return response(request.url, symptom.status, symptom.text, symptom.headers);
    const answer = act(symptom?.does === 'shorten' ? { ...request, body: cut(request.body) } : request);
    if (symptom?.does === 'lose-reply') throw noAnswer();
    if (symptom?.does === 'garble') return response(request.url, 200, '<html>not what was meant</html>');
    if (symptom?.does === 'hide-etag') return { ...answer, header: () => null };
    if (symptom?.does === 'vanish') objects.clear();
    return answer;
  }

  function act({ url, method, body }: SendRequest): SendResponse {
    const { pathname } = new URL(url);
    const [, route = '', first = '', second = ''] = pathname.split('/');
    const said = (typeof body === 'string' ? JSON.parse(body) : {}) as Record<string, string & number>;
    const json = (value: object, status = 200): SendResponse => response(url, status, JSON.stringify(value));
    const file = body instanceof Blob ? body : new Blob();
    if (route === 'begin') {
      if (!signedIn) return json({}, 401);
      const files = (said['files'] as unknown as { id: string; size: number }[]).map(({ id, size }) => {
        const upload = `upload-${(uploads += 1)}`;
        const key = `objects-${id}`;
        unfinished.set(upload, { key, size, parts: new Map() });
        const foreign = fault === 'foreign-origin' && { origin: 'https://elsewhere.test' };
        return { id, upload, key, signature: fakeSignature, ...foreign };
      });
      return json({ files: fault === 'presign-reordered' ? files.toReversed() : files });
    }
    if (route === 'part') {
      const upload = unfinished.get(first);
      if (upload === undefined) return json({ code: 'NoSuchUpload' }, 404);
      upload.parts.set(Number(second), file);
      return response(url, 200, '', { etag: `"${second}-${file.size}"` });
    }
    if (route === 'complete') return complete(url, String(said['upload']));
    if (route === 'whole') {
      objects.set(first, file);
      return json({ key: first, size: file.size });
    }
    const object = objects.get(first);
    if (route === 'object' && method === 'DELETE') objects.delete(first);
    else if (route === 'object') return object === undefined ? json({}, 404) : json({ key: first, size: object.size });
    if (route === 'abort') unfinished.delete(first);
    return json({});
  }

  function complete(url: string, id: string): SendResponse {
    const upload = unfinished.get(id);
    if (upload === undefined) return response(url, 404, '{"code":"NoSuchUpload"}');
    const parts = [...upload.parts].toSorted(([a], [b]) => a - b).map(([, blob]) => blob);
    objects.set(upload.key, new Blob(parts));
    unfinished.delete(id);
    return response(url, 200, JSON.stringify({ key: upload.key }));
  }

  return {
    signIn: () => void (signedIn = true),
    heal: () => void (ailments = []),
    async send(request) {
      const { step, name, part } = aboutOf(request);
      const key = name === null ? null : (unfinished.get(name)?.key ?? name);
      const work = (): Promise<SendResponse> => serve(request, step, part);
      return log.note(step, key, work, part);
    },
    view: {
      objects: () => [...objects.keys()],
      requests: () => log.requests,
      async bytes(key) {
        const object = objects.get(key);
        return object === undefined ? null : new Uint8Array(await object.arrayBuffer());
      },
    },
  };
}

const steps: Record<string, StoreStep> = {
  begin: 'presign',
  part: 'body',
  whole: 'body',
  complete: 'complete',
  abort: 'discard',
};

function aboutOf({ url, method, headers }: SendRequest): { step: StoreStep; name: string | null; part?: number } {
  const [, route = '', first = '', second = ''] = new URL(url).pathname.split('/');
  const asked = headers?.['x-step'] === 'verify' ? 'verify' : 'confirm';
  const step = route === 'object' ? (method === 'DELETE' ? 'remove' : asked) : (steps[route] ?? 'confirm');
  return { step, name: first === '' ? null : first, ...(route === 'part' && { part: Number(second) }) };
}

function response(url: string, status: number, text: string, headers: Record<string, string> = {}): SendResponse {
  return { url, status, text, header: (name) => headers[name.toLowerCase()] ?? null };
}

const cut = (body: SendRequest['body']): Blob =>
  body instanceof Blob ? body.slice(0, Math.floor(body.size / 2)) : new Blob();
