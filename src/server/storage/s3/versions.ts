import { type Client, refusal } from './client.ts';
import { pagesOf } from './pages.ts';
import { storedKey } from './place.ts';
import { elements, textOf } from './xml.ts';

/**
 * Deletes every version of exactly this key, markers included: a plain DELETE on a bucket with versions would hide
 * the bytes and keep them. A store without versions has none to list, and gets the plain DELETE.
 */
export async function eraseVersions(client: Client, key: string, signal?: AbortSignal): Promise<void> {
  const name = storedKey(key);
  const list = pagesOf(
    client,
    { operation: 'ListObjectVersions', method: 'GET', query: { versions: '', prefix: name }, signal },
    { 'key-marker': 'NextKeyMarker', 'version-id-marker': 'NextVersionIdMarker' },
    ({ status }) => status === 501,
  );
  // listed to the end first: a page that begins after a version which is gone begins nowhere
  const own: (string | undefined)[] = [];
  for (;;) {
    const page = await list.next();
    if (page.done) {
      if (page.value !== null) own.push(undefined);
      break;
    }
    const found = ['Version', 'DeleteMarker'].flatMap((kind) => elements(page.value, kind));
    const exact = found.filter((entry) => textOf(entry, 'Key') === name);
    own.push(...exact.map((entry) => textOf(entry, 'VersionId') ?? 'null'));
    // sorted by key: the exact one comes before all that only begin with it
    if (exact.length < found.length) break;
  }
  for (const versionId of own) await remove(client, key, versionId, signal);
}

async function remove(client: Client, key: string, versionId?: string, signal?: AbortSignal): Promise<void> {
  const query: Record<string, string> = versionId === undefined ? {} : { versionId };
  const answer = await client.text({ operation: 'DeleteObject', method: 'DELETE', key, query, signal });
  if (!answer.ok && !(answer.status === 404 && /^NoSuch(Key|Version)$/.test(answer.code ?? ''))) throw refusal(answer);
}
