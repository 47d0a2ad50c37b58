import { memo, type ReactNode, useRef } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import {
  type AnyUploader,
  useUpload,
  useUploader,
  useUploadIds,
  useUploadProgress,
  useUploadTotals,
} from '../../../src/index.ts';
import { createUploader } from '../../../src/core/index.ts';
import { presigned } from '../../../src/providers/presigned.ts';
import { browserPorts } from '../../../src/browser/ports.ts';

/** What the runner calls in the page; each returns when all is done. */
interface Bench {
  raw(count: number, size: number): Promise<void>;
  engine(count: number, size: number): Promise<void>;
  list(count: number, size: number): Promise<{ commits: number }>;
  tenThousand(): Promise<{ paint: number; cancel: number }>;
}

const width = 6;
const provider = presigned({ endpoint: '/files' });
const files = (count: number, size: number): File[] =>
  Array.from({ length: count }, (_, index) => new File([new Uint8Array(size)], `${index}.jpg`, { type: 'image/jpeg' }));

/** The least a page can do: for each file a presign and a PUT with progress, six at a time. */
async function raw(count: number, size: number): Promise<void> {
  const queue = files(count, size);
  const request = (method: string, url: string, body: Blob | string): Promise<string> =>
    new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      xhr.upload.addEventListener('progress', () => undefined);
      xhr.addEventListener('load', () => resolve(xhr.responseText));
      xhr.addEventListener('error', reject);
      xhr.send(body);
    });
  const work = async (): Promise<void> => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      const asked = { files: [{ id: crypto.randomUUID(), name: file.name, type: file.type, size: file.size }] };
      const answer = JSON.parse(await request('POST', '/files/presign', JSON.stringify(asked))) as {
        files: [{ url: string }];
      };
      await request('PUT', answer.files[0].url, file);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
}

async function engine(count: number, size: number): Promise<void> {
  const uploader = createUploader({ provider, concurrency: width, ports: browserPorts });
  uploader.add(files(count, size));
  const { problems } = await uploader.settled();
  if (problems.length > 0) throw new Error(`${problems.length} of ${count} failed: ${problems[0]?.error.message}`);
}

const Row = memo(function Row({ uploader, id }: { uploader: AnyUploader; id: string }): ReactNode {
  const item = useUpload({ uploader, id });
  const bar = useRef<HTMLDivElement>(null);
  useUploadProgress({ uploader, id, ref: bar });
  return (
    <li style={{ contentVisibility: 'auto', containIntrinsicSize: 'auto 40px' }}>
      {item?.name} {item?.status}
      <div ref={bar} role="progressbar" aria-valuenow={0} />
    </li>
  );
});

function List({ onUploader, count }: { onUploader: (uploader: AnyUploader) => void; count: number }): ReactNode {
  const uploader = useUploader({ provider, concurrency: width });
  const ids = useUploadIds({ uploader });
  const totals = useUploadTotals({ uploader });
  onUploader(uploader);
  return (
    <>
      <p>
        {totals.counts.done} of {totals.count}
      </p>
      <ul>
        {ids.slice(0, count).map((id) => (
          <Row key={id} id={id} uploader={uploader} />
        ))}
      </ul>
    </>
  );
}

/** Counted by the hook that the page installs before React loads. */
declare global {
  var commits: number;
}

function mountList(rows: number): AnyUploader {
  let uploader: AnyUploader | undefined;
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  flushSync(() => root.render(<List count={rows} onUploader={(made) => (uploader = made)} />));
  return uploader as AnyUploader;
}

async function list(count: number, size: number): Promise<{ commits: number }> {
  const uploader = mountList(Infinity);
  const mounted = globalThis.commits;
  uploader.add(files(count, size));
  const { problems } = await uploader.settled();
  if (problems.length > 0) throw new Error(`${problems.length} of ${count} failed`);
  return { commits: globalThis.commits - mounted };
}

const nextPaint = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

/** Ten thousand in the list, the first hundred rows on screen, as a windowed list has them. */
async function tenThousand(): Promise<{ paint: number; cancel: number }> {
  const uploader = mountList(100);
  await nextPaint();
  const picked = files(10_000, 10);
  const start = performance.now();
  uploader.add(picked);
  while (document.querySelectorAll('li').length === 0) await nextPaint();
  const paint = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 200));
  const cancelling = performance.now();
  uploader.cancel();
  const cancel = performance.now() - cancelling;
  return { paint, cancel };
}

const bench: Bench = { raw, engine, list, tenThousand };
Object.assign(globalThis, { bench });
