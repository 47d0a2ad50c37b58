import { isUploadId, mintId } from '../core/id.ts';
import { originOf, putAddress } from './addresses.ts';
import { json } from './answer.ts';
import { readJson } from './body.ts';
import { confirm } from './confirm.ts';
import type { Deployment } from './deployment.ts';
import { checkOrigin, corsHeaders, preflight } from './gate.ts';
import { inGuideShape } from './guide-shape.ts';
import { checkRate } from './limits.ts';
import { notFound } from './not-found.ts';
import { presignOne } from './presign.ts';
import { mustBeKnown } from './who.ts';
import { guidePresignBody, guideSaveBody } from './wire.ts';

type Guide = NonNullable<Deployment['guide']>;

/** The two endpoints of the B2 guide, for clients written from it; behind them is the ordinary ledger. */
export async function handleGuide(request: Request, deployment: Deployment, guide: Guide): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight(request, deployment);
  const { pathname } = new URL(request.url);
  const answer = await inGuideShape(deployment, async () => {
    checkOrigin(request, deployment);
    if (request.method !== 'POST') throw notFound();
    if (pathname.endsWith('/presign-b2-upload')) return presign(request, deployment, guide);
    if (pathname.endsWith('/save-b2-metadata')) return save(request, deployment);
    throw notFound();
  });
  for (const [name, value] of Object.entries(corsHeaders(request, deployment))) answer.headers.set(name, value);
  return answer;
}

/** The guide's client declares no size, so the address signs the type alone and lives a minute. */
async function presign(request: Request, deployment: Deployment, { kind, maxSize }: Guide): Promise<Response> {
  const { userId } = await mustBeKnown(request, deployment);
  await checkRate(deployment, userId, request);
  const { fileName, contentType } = guidePresignBody(await readJson(request));
  const { ports } = deployment;
  const id = mintId(ports.now(), ports.random(16));
  const entry = { id, kind, name: fileName, type: contentType, size: null, maxSize, metadata: {} };
  const row = await presignOne(deployment, { owner: userId, request }, entry);
  const { url } = await putAddress(deployment, row, request, maxSize);
  const publicFileUrl = `${originOf(request, deployment)}${deployment.basePath}/${id}`;
  return json({ success: true, presignedUrl: url, objectKey: row.incoming, publicFileUrl });
}

/** The ordinary confirm. The address that the client sends along is not even read. */
async function save(request: Request, deployment: Deployment): Promise<Response> {
  const { userId } = await mustBeKnown(request, deployment);
  const { objectKey } = guideSaveBody(await readJson(request));
  const id = objectKey.split('/').at(-1);
  const [row] = isUploadId(id) ? await deployment.records.find(userId, [id]) : [];
  if (row === undefined || row.incoming !== objectKey) throw notFound();
  await confirm(deployment, row);
  return json({ success: true });
}
