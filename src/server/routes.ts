import { UploadError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import {
  type CompleteResponse,
  type ConfigResponse,
  type ConfirmBatchResponse,
  type ConfirmResponse,
  protocolVersion,
} from '../core/protocol.ts';
import { getAddress } from './addresses.ts';
import { json, toUploadError, wireError } from './answer.ts';
import { readJson } from './body.ts';
import { type Deployment, kindPlan } from './deployment.ts';
import { erase } from './erase.ts';
import { oldestProtocol } from './gate.ts';
import { change } from './ledger.ts';
import { checkRate } from './limits.ts';
import { minute } from './lifetimes.ts';
import { checkMetadata } from './metadata.ts';
import { notFound } from './not-found.ts';
import { ownerOf } from './owner.ts';
import { presign } from './presign.ts';
import { listMine, readable, statusFor } from './read.ts';
import { recordOf } from './records-of.ts';
import { statusOf } from './statuses.ts';
import type { Who } from './who.ts';
import {
  confirmBatchBody,
  confirmBody,
  metadataBody,
  mostFiles,
  abortBody,
  completeBody,
  statusBody,
  partsBody,
  presignBody,
  settleBody,
} from './wire.ts';

/** One request on its way through a route. */
export interface Call {
  request: Request;
  url: URL;
  deployment: Deployment;
  /** Null where nobody is signed in. */
  who: Who | null;
}
type Route = (call: Call) => Promise<Response>;
type IdRoute = (call: Call, id: string) => Promise<Response>;

export const mustKnow = ({ who }: Call): string => {
  if (who === null) throw new UploadError('unauthorized', undefined, { message: 'authenticate(request) said null' });
  return who.userId;
};
const body = ({ request }: Call): Promise<unknown> => readJson(request);

const config: Route = async ({ deployment }) => {
  const kinds = Object.fromEntries([...deployment.kinds].map(([name, { rules }]) => [name, rules]));
  const protocol = { current: protocolVersion, oldest: oldestProtocol };
  return json({ protocol, pendingFor: deployment.lifetimes.pending, kinds } satisfies ConfigResponse, 200, {
    'cache-control': 'public, max-age=60',
  });
};

const presignRoute: Route = async (call) => {
  const { deployment, request } = call;
  const owner = mustKnow(call);
  await checkRate(deployment, owner, request);
  const sent = await body(call);
  checkCount(sent);
  const files = await presign(deployment, { owner, request }, presignBody(sent).files);
  const statuses = new Set(files.map((file) => ('error' in file ? file.error.status : 200)));
  const [status = 200] = statuses.size === 1 ? statuses : [];
  const retry = files.flatMap((file) =>
    'error' in file && file.error.status === 429 ? [{ 'retry-after': '60' }] : [],
  );
  return json({ files, now: new Date(deployment.ports.now()).toISOString() }, status, status === 429 ? retry[0] : {});
};

/** Before the shape of a hundred thousand entries is looked at. */
function checkCount(sent: unknown): void {
  const files = typeof sent === 'object' && sent !== null && 'files' in sent ? sent.files : [];
  if (Array.isArray(files) && files.length > mostFiles) throw new UploadError('too-many', { maxFiles: mostFiles });
}

const parts: Route = async (call) => {
  const { id, ticket, numbers } = partsBody(await body(call));
  const row = await ownRow(call, id, ticket);
  const { signParts } = await import('./later.ts');
  const signed = await signParts(call.deployment, row, numbers, call.request);
  return json({ parts: signed, now: new Date(call.deployment.ports.now()).toISOString() });
};

const complete: Route = async (call) => {
  const { id, ticket } = completeBody(await body(call));
  const { completeMultipart } = await import('./later.ts');
  await completeMultipart(call.deployment, await ownRow(call, id, ticket));
  return json({ id } satisfies CompleteResponse);
};

const abort: Route = async (call) => {
  const { id, ticket } = abortBody(await body(call));
  const { abandon } = await import('./later.ts');
  await abandon(call.deployment, await ownRow(call, id, ticket));
  return json({ id });
};

/** The row a person or a ticket may work on. */
async function ownRow(call: Call, id: string, ticket: string | undefined) {
  const owner = await ownerOf(call, id, ticket);
  const [row] = await call.deployment.records.find(owner, [id]);
  if (row === undefined) throw notFound();
  return row;
}

const confirmRoute: Route = async (call) => {
  const sent = await body(call);
  if (hasFiles(sent)) return confirmMany(call, sent);
  const answer = await confirmOne(call, confirmBody(sent));
  if ('record' in answer) return json(answer);
  return json(answer, 202, { 'retry-after': String(answer.retryAfter) });
};

async function confirmOne(
  call: Call,
  { id, ticket, metadata }: { id: string; ticket?: string | undefined; metadata?: JsonObject | undefined },
): Promise<ConfirmResponse> {
  const owner = await ownerOf(call, id, ticket);
  const { confirm } = await import('./later.ts');
  const outcome = await confirm(call.deployment, { owner, id }, metadata);
  return 'record' in outcome ? { record: outcome.record } : { state: 'scanning', retryAfter: outcome.retryAfter };
}

/** Each for itself: one that fails harms no other, and the answer is 200 with an error in its place. */
async function confirmMany(call: Call, sent: unknown): Promise<Response> {
  checkCount(sent);
  const { files } = confirmBatchBody(sent);
  // a second one would only wait for the first, again and again
  if (new Set(files.map(({ id }) => id)).size < files.length) throw new UploadError('bad-request', { reason: 'files' });
  const answers = files.map(async (file) => {
    const { id } = file;
    try {
      return { id, ...(await confirmOne(call, file)) };
    } catch (thrown) {
      const error = toUploadError(thrown, call.deployment.logger);
      return { id, error: { status: statusOf(error.code), ...wireError(error) } };
    }
  });
  return json({ files: await Promise.all(answers) } satisfies ConfirmBatchResponse);
}

const hasFiles = (sent: unknown): boolean => typeof sent === 'object' && sent !== null && 'files' in sent;

const status: Route = async (call) => {
  const owner = mustKnow(call);
  const { id } = statusBody(await body(call));
  return json(await statusFor(call.deployment, owner, id));
};

const list: Route = async (call) => {
  const { searchParams } = call.url;
  const kind = searchParams.get('kind') ?? undefined;
  if (kind !== undefined) kindPlan(call.deployment, kind);
  return json(
    await listMine(call.deployment, mustKnow(call), { kind, cursor: searchParams.get('cursor') ?? undefined }),
  );
};

const redirect: IdRoute = async ({ deployment, request, who }, id) => {
  const row = await readable(deployment, { id, userId: who?.userId ?? null, request });
  // no request: an answer that caches share must not repeat what somebody said of our host
  const { url, expiresAt } = await getAddress(deployment, row, null);
  const left = Math.floor((expiresAt - deployment.ports.now() - minute) / 1000);
  const scope = kindPlan(deployment, row.kind).options.visibility === 'public' ? 'public' : 'private';
  return new Response(null, {
    status: 302,
    headers: { location: url, 'cache-control': `${scope}, max-age=${Math.max(0, left)}` },
  });
};

const address: IdRoute = async ({ deployment, request, who }, id) => {
  const row = await readable(deployment, { id, userId: who?.userId ?? null, request });
  const { url, expiresAt } = await getAddress(deployment, row, request);
  return json({ url, expiresAt: new Date(expiresAt).toISOString() });
};

const remove: IdRoute = async (call, id) => {
  const { deployment, request, url } = call;
  const text = url.searchParams.get('undoWithin') ?? '0';
  const undoWithin = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(undoWithin)) throw new UploadError('bad-request', { reason: 'undoWithin' });
  await erase(deployment, { id, userId: mustKnow(call), request, undoWithin });
  return new Response(null, { status: 204 });
};

const settleRoute: IdRoute = async (call, id) => {
  const owner = mustKnow(call);
  const { settle } = await import('./later.ts');
  await settle(call.deployment, owner, id, settleBody(await body(call)).replacing);
  return new Response(null, { status: 204 });
};

const changeMetadata: IdRoute = async (call, id) => {
  const { deployment } = call;
  const owner = mustKnow(call);
  const sent = metadataBody(await body(call)).metadata;
  const [row] = await deployment.records.find(owner, [id]);
  if (row === undefined) throw notFound();
  const metadata = await checkMetadata(kindPlan(deployment, row.kind), sent);
  const changed = await change(deployment.records, row, { states: ['stored'] }, { metadata });
  if (changed === null) throw notFound();
  return json({ record: await recordOf(changed, deployment) });
};

const upload: Route = async ({ request, deployment, who }) => {
  const { proxyUpload } = await import('./later.ts');
  return proxyUpload(request, deployment, who);
};

const sweepRoute: Route = async ({ deployment, request }) => {
  if (deployment.sweepSecret === null) throw notFound();
  const given = request.headers.get('authorization') ?? '';
  if (!(await sameText(given, `Bearer ${deployment.sweepSecret}`))) throw new UploadError('unauthorized');
  const { sweep } = await import('./later.ts');
  return json(await sweep(deployment));
};

/** By digests, so that the time it takes tells nothing of the text. */
async function sameText(a: string, b: string): Promise<boolean> {
  const digests = await Promise.all(
    [a, b].map((text) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  );
  const [left, right] = digests.map((digest) => new Uint8Array(digest));
  return left?.every((byte, index) => byte === right?.[index]) ?? false;
}

/** `METHOD /path`, as in openapi.yaml. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /config': config,
  'POST /presign': presignRoute,
  'POST /parts': parts,
  'POST /complete': complete,
  'POST /abort': abort,
  'POST /confirm': confirmRoute,
  'POST /status': status,
  'GET /': list,
  'POST /upload': upload,
  'POST /sweep': sweepRoute,
};
export const idRoutes: Readonly<Record<string, IdRoute>> = {
  'GET /:id': redirect,
  'GET /:id/url': address,
  'DELETE /:id': remove,
  'POST /:id/settle': settleRoute,
  'POST /:id/metadata': changeMetadata,
};
