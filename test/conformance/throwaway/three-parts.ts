import { UploadError } from '../../../src/core/errors.ts';
import type { Clock } from '../../../src/core/ports.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { type AnyProvider, defineProvider, type UploadContext } from '../../../src/core/provider.ts';
import type { Send, SendRequest, SendResponse } from '../../../src/core/send.ts';
import { errorOfAnswer, jsonOf } from '../../../src/providers/answer.ts';
import { createBatcher } from '../../../src/providers/presigned/batch.ts';
import { origin } from './scripted-store.ts';

interface Journey extends JsonObject {
  upload: string;
  key: string;
  size: number;
  /** By part number. */
  etags: Record<string, string>;
}

interface Beginning {
  context: UploadContext;
  size: number;
}
interface Begun {
  id: string;
  upload: string;
  key: string;
  origin?: string;
}

export interface ThreePartsOptions {
  clock: Clock;
  send: Send;
  signIn(): Promise<void>;
}

const numbers = [1, 2, 3] as const;

/** A throw-away provider that sends every file in three parts, to prove that the contract has room for it. */
export function threeParts({ clock, send, signIn }: ThreePartsOptions): AnyProvider {
  let signingIn: Promise<void> | null = null;
  /** However many files meet it at once, the host is asked once. */
  const signInOnce = (): Promise<void> => (signingIn ??= signIn().finally(() => (signingIn = null)));

  const to = (path: string, rest: Partial<SendRequest> & { signal: AbortSignal }): Promise<SendResponse> =>
    send({ url: origin + path, method: 'POST', ...rest });

  /** Files of one moment are begun by one request; the first that is still wanted asks for all. */
  const begun = createBatcher<Beginning, Begun>(
    async (asked, signal) => {
      const body = JSON.stringify({ files: asked.map(({ context, size }) => ({ id: context.id, size })) });
      let answer: SendResponse | null = null;
      for (const { context } of asked) {
        const ask = (): Promise<SendResponse> => context.control(() => to('/begin', { body, signal }));
        try {
          // oxlint-disable-next-line no-await-in-loop -- the next one asks only if this one has left
          answer = await ask();
          if (answer.status === 401) {
            // the wait ends when the next request begins
            context.wait('auth').catch(() => undefined);
            // oxlint-disable-next-line no-await-in-loop -- as above
            await signInOnce();
            // oxlint-disable-next-line no-await-in-loop -- as above
            answer = await ask();
          }
          break;
        } catch (error) {
          if (!context.signal.aborted) throw error;
        }
      }
      if (answer?.status !== 200) throw answer === null ? new UploadError('network') : errorOf(answer);
      const { files } = jsonOf<{ files: Begun[] }>(answer, 'upload');
      // matched by our own id, in whatever order they came
      const byId = new Map(files.map((file) => [file.id, file]));
      return asked.map(({ context }) => byId.get(context.id) ?? new UploadError('bad-response', undefined));
    },
    100,
    clock,
  );

  async function begin(size: number, context: UploadContext): Promise<Journey> {
    const said = await begun.ask({ context, size }, context.signal);
    if (said.origin !== undefined) throw new UploadError('foreign-origin', { origin: said.origin }, { at: 'upload' });
    const journey: Journey = { upload: said.upload, key: said.key, size, etags: {} };
    context.save(journey);
    return journey;
  }

  async function sendPart(file: Blob, number: number, journey: Journey, context: UploadContext): Promise<void> {
    const cut = Math.ceil(journey.size / numbers.length);
    const part = file.slice((number - 1) * cut, Math.min(journey.size, number * cut));
    const before = (number - 1) * cut;
    const answer = await context.data(part.size, () =>
      to(`/part/${journey.upload}/${number}`, {
        method: 'PUT',
        body: part,
        signal: context.signal,
        onProgress: (sent) => context.progress(before + sent),
        ...(number === numbers.length && { onBodySent: context.bodySent }),
      }),
    );
    if (answer.status !== 200) throw errorOf(answer);
    const etag = answer.header('etag');
    if (etag === null) throw new UploadError('etag-not-exposed', undefined, { at: 'upload' });
    journey.etags[number] = etag;
    context.save({ ...journey });
  }

  async function sendParts(file: Blob, journey: Journey, context: UploadContext): Promise<Journey> {
    let current = journey;
    let renewed = false;
    for (const number of numbers) {
      if (current.etags[number] !== undefined) continue;
      try {
        // oxlint-disable-next-line no-await-in-loop -- one part after the other is this provider's way
        await sendPart(file, number, current, context);
      } catch (error) {
        const stale = error instanceof UploadError && (isExpired(error) || error.code === 'gone');
        if (!stale || renewed) throw error;
        renewed = true;
        // oxlint-disable-next-line no-await-in-loop -- as above
        current = await begin(file.size, context);
        // oxlint-disable-next-line no-await-in-loop -- as above; a new upload has none of the parts
        for (const again of numbers.filter((each) => each <= number)) await sendPart(file, again, current, context);
      }
    }
    return current;
  }

  async function complete(file: Blob, journey: Journey, context: UploadContext): Promise<void> {
    const body = JSON.stringify({ upload: journey.upload, etags: journey.etags });
    const answer = await context.control(() => to('/complete', { body, signal: context.signal }));
    const said = answer.text.startsWith('{') ? jsonOf<{ code?: string; part?: number }>(answer, 'upload') : {};
    if (said.code === 'InvalidPart' && said.part !== undefined) {
      delete journey.etags[said.part];
      await sendPart(file, said.part, journey, context);
      return complete(file, journey, context);
    }
    if (answer.status !== 200) throw errorOf(answer);
    if (said.code !== undefined) throw new UploadError('unavailable', { retryAfter: null }, { at: 'upload' });
    jsonOf(answer, 'upload');
  }

  return defineProvider({
    name: 'three-parts',
    capabilities: { progress: true, abort: true, resume: true, width: Infinity },

    async upload({ file, size }, context) {
      const known = context.checkpoint as Journey | undefined;
      const journey = known === undefined ? await begin(size, context) : { ...known, etags: { ...known.etags } };
      const sent = await sendParts(file, journey, context);
      context.bodySent();
      await complete(file, sent, context);
      return { checkpoint: { ...sent } };
    },

    async confirm(receipt, { signal, control }) {
      const { key, size } = receipt.checkpoint as Journey;
      const answer = await control(() => to(`/object/${key}`, { method: 'GET', signal }));
      if (answer.status === 404) throw new UploadError('not-uploaded', undefined, { at: 'confirm' });
      if (answer.status !== 200) throw errorOf(answer);
      const stored = jsonOf<{ size: number }>(answer, 'confirm');
      if (stored.size !== size) {
        throw new UploadError('size-mismatch', { declared: size, stored: stored.size }, { at: 'confirm' });
      }
      return { key, url: null, data: null, size };
    },

    async verify(checkpoint, signal) {
      const { key } = checkpoint as Journey;
      const answer = await to(`/object/${key}`, { method: 'GET', headers: { 'x-step': 'verify' }, signal });
      return answer.status === 200 ? { checkpoint } : null;
    },

    async discard(checkpoint, signal) {
      const { upload } = checkpoint as Journey;
      await to(`/abort/${upload}`, { signal });
    },

    async remove({ key }, signal) {
      await to(`/object/${key}`, { method: 'DELETE', signal });
    },
  });
}

const isExpired = (error: UploadError): boolean =>
  error.code === 'forbidden' && (error.details as { storeCode?: string } | undefined)?.storeCode === 'ExpiredToken';

/** What this store's codes mean; where it says none, the status decides. */
export function errorOf(answer: SendResponse): UploadError {
  const { code, message } = answer.text.startsWith('{')
    ? jsonOf<{ code?: string; message?: string }>(answer, 'upload')
    : {};
  const at = { at: 'upload' } as const;
  if (answer.status === 422) return new UploadError('refused', { message: message ?? '' }, at);
  if (answer.status === 423) return new UploadError('busy', { retryAfter: 1000 }, at);
  if (code === 'RequestTimeTooSkewed') return new UploadError('clock-skew', { seconds: null }, at);
  if (code === 'ExpiredToken') return new UploadError('forbidden', { storeCode: code }, at);
  if (code === 'EntityTooLarge') return new UploadError('too-large-for-store', { size: null }, at);
  if (code === 'NoSuchUpload') return new UploadError('gone', undefined, at);
  return errorOfAnswer(answer, 'upload');
}
