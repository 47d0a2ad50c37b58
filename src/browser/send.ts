import { UploadError } from '../core/errors.ts';
import type { Send, SendResponse } from '../core/send.ts';

/**
 * XMLHttpRequest as a promise: the one way a browser tells how far a body is. Nothing else in the kit touches it.
 * Resolves with an answer of any status; rejects with `network` when none came.
 */
export const browserSend: Send = (request) =>
  new Promise((resolve, reject) => {
    const { signal, onProgress, onBodySent } = request;
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const xhr = new XMLHttpRequest();
    const stop = (): void => xhr.abort();
    const settle = (end: () => void): void => {
      signal.removeEventListener('abort', stop);
      end();
    };
    xhr.open(request.method, request.url);
    xhr.withCredentials = request.credentials === 'include';
    for (const [name, value] of Object.entries(request.headers ?? {})) xhr.setRequestHeader(name, value);
    // listening to uploads makes a browser ask for permission first, so only who wants to know listens
    if (onProgress !== undefined) xhr.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    if (onBodySent !== undefined) xhr.upload.addEventListener('load', onBodySent);
    xhr.addEventListener('load', () => settle(() => resolve(answerOf(xhr))));
    xhr.addEventListener('error', () => settle(() => reject(noAnswer(request.method, request.url))));
    xhr.addEventListener('abort', () => settle(() => reject(signal.reason as Error)));
    signal.addEventListener('abort', stop, { once: true });
    xhr.send(request.body ?? null);
  });

const answerOf = (xhr: XMLHttpRequest): SendResponse => ({
  status: xhr.status,
  url: xhr.responseURL,
  header: (name) => xhr.getResponseHeader(name),
  text: xhr.responseText,
});

/** Only origin and path: a query may be a signature. */
function noAnswer(method: string, address: string): UploadError {
  const { origin, pathname } = new URL(address, globalThis.location?.href);
  const message = `${method} ${origin}${pathname} got no answer: the network failed, or the browser blocked it (CORS, mixed content, CSP)`;
  return new UploadError('network', undefined, { message });
}
