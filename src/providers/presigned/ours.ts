import { UploadError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import {
  type ConfirmBatchRequest,
  type ConfirmBatchResponse,
  type ConfirmRequest,
  type ConfirmResponse,
  type PresignAnswer,
  type PresignFile,
  type PresignRequest,
  type PresignResponse,
  protocolHeader,
  protocolVersion,
  type StatusResponse,
  type UrlResponse,
} from '../../core/protocol.ts';
import { defineProvider, type Provider, type Stored, type UploadContext } from '../../core/provider.ts';
import type { UploadRecord } from '../../core/record.ts';
import type { Send, SendResponse } from '../../core/send.ts';
import { browserSend } from '../../browser/send.ts';
import type { PresignedOptions } from '../presigned.ts';
import { errorOfAnswer, errorOfWire, jsonOf } from '../answer.ts';
import { createBatcher } from './batch.ts';

/** What is kept across pause, retry and reload. */
interface Checkpoint extends JsonObject {
  id: string;
  ticket: string;
}

const batchSize = 100;
/** Each is proven by reading from the store, and all of them within one request's time. */
const confirmsAtOnce = 20;

interface Confirming {
  request: ConfirmRequest;
  context: UploadContext;
}

/** Speaks the protocol of our own server. */
export function speakOurs(options: PresignedOptions): Provider {
  const { endpoint } = options;

  async function call(
    send: Send,
    method: string,
    path: string,
    body: object | null,
    signal: AbortSignal,
  ): Promise<SendResponse> {
    const extra = typeof options.headers === 'function' ? await options.headers() : options.headers;
    const headers = {
      ...extra,
      ...(body !== null && { 'content-type': 'application/json' }),
      [protocolHeader]: String(protocolVersion),
    };
    const text = body === null ? null : JSON.stringify(body);
    return send({ url: endpoint + path, method, headers, body: text, credentials: options.credentials, signal });
  }

  const presign = createBatcher<{ file: PresignFile; context: UploadContext }, PresignAnswer>(async (asked, signal) => {
    const request: PresignRequest = { files: asked.map(({ file }) => file) };
    const { files } = await leadBy(
      asked.map(({ context }) => context),
      async (context) => {
        const answer = await context.control(() => call(context.send, 'POST', '/presign', request, signal));
        if (answer.status !== 200) throw errorOfAnswer(answer, 'upload');
        return jsonOf<PresignResponse>(answer, 'upload');
      },
    );
    // matched by our own id, in whatever order and number they came
    const byId = new Map(files.map((file) => [file.id, file]));
    return request.files.map(
      ({ id }) => byId.get(id) ?? new UploadError('bad-response', { status: 200 }, { at: 'upload' }),
    );
  }, batchSize);

  const confirmOne = async ({ request, context }: Confirming): Promise<ConfirmResponse> => {
    const { send, signal } = context;
    const answer = await context.control(() => call(send, 'POST', '/confirm', request, signal));
    if (answer.status !== 200 && answer.status !== 202) throw errorOfAnswer(answer, 'confirm');
    return jsonOf<ConfirmResponse>(answer, 'confirm');
  };

  /** A server that knows no batches is asked one by one from then on. */
  let inBatches = true;
  const confirms = createBatcher<Confirming, ConfirmResponse>(async (asked, signal) => {
    const one = (confirming: Confirming): Promise<ConfirmResponse | Error> => confirmOne(confirming).catch(asError);
    const [first] = asked;
    if (!inBatches || (asked.length === 1 && first !== undefined)) return Promise.all(asked.map(one));
    const request: ConfirmBatchRequest = { files: asked.map((confirming) => confirming.request) };
    const answer = await leadBy(
      asked.map(({ context }) => context),
      ({ control, send }) => control(() => call(send, 'POST', '/confirm', request, signal)),
    );
    if (answer.status === 400) {
      inBatches = false;
      return Promise.all(asked.map(one));
    }
    if (answer.status !== 200) throw errorOfAnswer(answer, 'confirm');
    const byId = new Map(jsonOf<ConfirmBatchResponse>(answer, 'confirm').files.map((file) => [file.id, file]));
    return request.files.map(({ id }) => {
      const said = byId.get(id);
      if (said === undefined) return new UploadError('bad-response', { status: 200 }, { at: 'confirm' });
      return 'error' in said ? errorOfWire(said.error, 'confirm') : said;
    });
  }, confirmsAtOnce);

  const provider: Provider = {
    name: 'presigned',
    capabilities: { progress: true, abort: true, resume: false, width: Infinity },

    async upload(source, context) {
      const { id, kind, metadata } = context;
      const file = { id, kind: kind ?? '', name: source.name, type: source.type, size: source.size, metadata };
      const plan = await presign.ask({ file, context }, context.signal);
      if ('error' in plan) throw errorOfWire(plan.error, 'upload');
      if ('record' in plan) return { checkpoint: { id, ticket: '' }, stored: storedOf(plan.record) };
      if ('multipart' in plan) throw new UploadError('bad-response', { status: 200 }, { at: 'upload' });
      const checkpoint: Checkpoint = { id, ticket: plan.ticket };
      context.save(checkpoint);
      const { url, method, headers } = plan;
      const { signal, send } = context;
      const answer = await context.data(
        source.size,
        () =>
          send({
            url,
            method,
            headers,
            body: source.file,
            signal,
            onProgress: context.progress,
            onBodySent: context.bodySent,
          }),
        Date.parse(plan.expiresAt),
      );
      if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(answer, 'upload');
      return { checkpoint };
    },

    async confirm(receipt, context) {
      if (receipt.stored !== undefined) return receipt.stored;
      const { id, ticket } = receipt.checkpoint as Checkpoint;
      const request = { id, ticket, metadata: context.metadata };
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- asked again only while a scanner is at work
        const answer = await confirms.ask({ request, context }, context.signal);
        if ('record' in answer) return storedOf(answer.record);
        // oxlint-disable-next-line no-await-in-loop -- as above
        await context.wait('scanning', Date.now() + answer.retryAfter * 1000);
      }
    },

    async verify(checkpoint, signal) {
      const { id } = checkpoint as Checkpoint;
      const answer = await call(browserSend, 'POST', '/status', { id }, signal);
      if (answer.status !== 200) throw errorOfAnswer(answer, 'upload');
      const status = jsonOf<StatusResponse>(answer, 'upload');
      if (status.state === 'stored') return { checkpoint, stored: storedOf(status.record) };
      return status.state === 'present' || status.state === 'scanning' ? { checkpoint } : null;
    },

    async remove({ id }, signal) {
      const answer = await call(browserSend, 'DELETE', `/${id}`, null, signal);
      if (answer.status >= 400 && answer.status !== 404) throw errorOfAnswer(answer, 'upload');
    },

    async settle({ id }, replacing, signal) {
      const answer = await call(browserSend, 'POST', `/${id}/settle`, { replacing }, signal);
      if (answer.status >= 400) throw errorOfAnswer(answer, 'record');
    },

    async url({ id }, signal) {
      const answer = await call(browserSend, 'GET', `/${id}/url`, null, signal);
      if (answer.status !== 200) throw errorOfAnswer(answer, 'upload');
      const { url, expiresAt } = jsonOf<UrlResponse>(answer, 'upload');
      return { url, ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }) };
    },
  };
  return defineProvider(provider);
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** One item lends the batch its place in the control lane; if it is cancelled meanwhile, another takes over. */
async function leadBy<R>(contexts: readonly UploadContext[], ask: (lead: UploadContext) => Promise<R>): Promise<R> {
  for (const lead of contexts) {
    if (lead.signal.aborted) continue;
    try {
      // oxlint-disable-next-line no-await-in-loop -- the next one asks only if this one has left
      return await ask(lead);
    } catch (error) {
      if (!lead.signal.aborted) throw error;
    }
  }
  throw new UploadError('network', undefined, { at: 'upload' });
}

const storedOf = (record: UploadRecord): Stored => {
  const { key, url, data, size, type, width, height, checksum, uploadedAt, proof, metadata } = record;
  return {
    key,
    url,
    data,
    size,
    type,
    width,
    height,
    checksum,
    uploadedAt,
    ...(proof !== null && { proof }),
    metadata: metadata as JsonObject,
  };
};
