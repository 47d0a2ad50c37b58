import { UploadError } from '../core/errors.ts';
import { isUploadId } from '../core/id.ts';
import type { JsonObject } from '../core/json.ts';
import { originOf } from './addresses.ts';
import { json } from './answer.ts';
import { timely } from './body.ts';
import { type ByteStream, chunksOf } from './bytes.ts';
import type { Deployment } from './deployment.ts';
import { inGuideShape } from './guide-shape.ts';
import { second } from './lifetimes.ts';
import { checkRate } from './limits.ts';
import { type PutFile, putBytes } from './put-bytes.ts';
import type { Who } from './who.ts';
import { isSmallObject } from './wire.ts';

const mostFields = 20;
const overhead = 64 * 1024;
const patience = 60 * second;

/**
 * A native multipart post of one small file, in the shape of the guides: `file` (by any name), `fileName`, and of
 * ours `kind`, `id`, `metadata`. Answers `{ success, fileUrl, record }`.
 */
export const proxyUpload = (request: Request, deployment: Deployment, who: Who | null): Promise<Response> =>
  inGuideShape(deployment, async () => {
    if (who === null) throw new UploadError('unauthorized');
    await checkRate(deployment, who.userId, request);
    const file = fileIn(await readForm(request, deployment.limits.proxy), deployment);
    const record = await putBytes(deployment, { owner: who.userId, request }, file);
    const fileUrl = record.url ?? `${originOf(request, deployment)}${deployment.basePath}/${record.id}`;
    return json({ success: true, fileUrl, record });
  });

/** Counted while it is read, and in time: what declares less than it sends ends at the limit. */
async function readForm(request: Request, most: number): Promise<FormData> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data') || request.body === null) {
    throw bad('content-type', 'send the file as multipart/form-data');
  }
  const counted = atMost(timely(request.body, patience), most);
  try {
    return await new Response(counted.stream, { headers: { 'content-type': type } }).formData();
  } catch (error) {
    throw counted.trouble() ?? bad('form', 'the body is no multipart form', error);
  }
}

/** The parser hides why a stream broke, so the reason is kept beside it. */
function atMost(body: ByteStream, most: number): { stream: ByteStream; trouble: () => unknown } {
  let trouble: unknown;
  let size = 0;
  const chunks = chunksOf(body);
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const step = await chunks.next();
        if (step.done === true) return controller.close();
        size += step.value.length;
        if (size > most + overhead) throw new UploadError('too-large', { size, maxSize: most });
        controller.enqueue(step.value);
      } catch (error) {
        trouble = error;
        controller.error(error);
        await chunks.return(undefined);
      }
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
  return { stream, trouble: () => trouble };
}

function fileIn(form: FormData, { guide, kinds, limits }: Deployment): PutFile {
  const entries = [...form.entries()];
  const files = entries.flatMap(([, value]) => (typeof value === 'string' ? [] : [value]));
  const [file] = files;
  if (entries.length > mostFields) throw bad('fields', `at most ${mostFields} fields`);
  if (file === undefined || files.length > 1) throw bad('file', 'send exactly one file');
  if (file.size > limits.proxy) throw new UploadError('too-large', { size: file.size, maxSize: limits.proxy });
  const textOf = (field: string): string | undefined => {
    const value = form.get(field);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const id = textOf('id');
  if (id !== undefined && !isUploadId(id)) throw bad('id', 'id must be a lower-case UUID');
  const [only] = kinds.size === 1 ? kinds.keys() : [];
  const kind = textOf('kind') ?? guide?.kind ?? only ?? '';
  const name = textOf('fileName') ?? file.name;
  const metadata = metadataIn(textOf('metadata'));
  return { kind, name, body: file, type: file.type, metadata, ...(id === undefined ? {} : { id }) };
}

function metadataIn(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw bad('metadata', 'metadata must be JSON', error);
  }
  if (!isSmallObject(value)) throw bad('metadata', 'metadata must be a small object');
  return value as JsonObject; // it came out of JSON.parse
}

const bad = (reason: string, message: string, cause?: unknown): UploadError =>
  new UploadError('bad-request', { reason }, { message, cause });
