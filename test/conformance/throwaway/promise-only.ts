import { isUploadError, UploadError } from '../../../src/core/errors.ts';
import { type AnyProvider, defineProvider } from '../../../src/core/provider.ts';
import type { Send } from '../../../src/core/send.ts';
import { errorOf } from './three-parts.ts';
import { origin } from './scripted-store.ts';

/** What such packages look like: a promise, and nothing to hold on to. */
export interface PromiseSdk {
  upload(file: Blob, options: { key: string }): Promise<{ key: string; size: number }>;
  delete(key: string): Promise<void>;
}

const never = new AbortController().signal;

export function promiseSdk(send: Send): PromiseSdk {
  return {
    async upload(file, { key }) {
      const answer = await send({ url: `${origin}/whole/${key}`, method: 'PUT', body: file, signal: never });
      if (answer.status !== 200) throw errorOf(answer);
      return JSON.parse(answer.text) as { key: string; size: number };
    },
    async delete(key) {
      await send({ url: `${origin}/object/${key}`, method: 'DELETE', signal: never });
    },
  };
}

/** A throw-away provider around an SDK without progress and without abort, to prove that the engine makes up for both. */
export function promiseOnly(sdk: PromiseSdk): AnyProvider {
  return defineProvider({
    name: 'promise-only',
    capabilities: { progress: false, abort: false, resume: false, width: 3 },

    async upload({ file, size }, context) {
      // the same key for every try: sending twice stores once
      const key = `objects-${context.id}`;
      const stored = await context.data(size, () => sdk.upload(file, { key }).catch(translate));
      if (stored.size !== size) {
        throw new UploadError('size-mismatch', { declared: size, stored: stored.size }, { at: 'upload' });
      }
      return { checkpoint: { key }, stored: { key: stored.key, url: null, data: null, size } };
    },

    remove: ({ key }) => sdk.delete(key),
  });
}

function translate(error: unknown): never {
  if (isUploadError(error)) throw error;
  throw new UploadError('bad-response', undefined, { at: 'upload', cause: error });
}
