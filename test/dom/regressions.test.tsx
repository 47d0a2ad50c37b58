import { act, render, screen } from '@testing-library/react';
import * as React from 'react';
import { type ComponentType, type ReactNode, StrictMode, Suspense, useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { AnyProvider } from '../../src/core/provider.ts';
import type { SavedFile } from '../../src/core/record.ts';
import { createUploader } from '../../src/core/create-uploader.ts';
import { memory } from '../../src/providers/memory.ts';
import { UploadProvider } from '../../src/react/upload-provider.tsx';
import { useFileUrl } from '../../src/react/use-file-url.ts';
import { useUploader } from '../../src/react/use-uploader.ts';
import { useUploads } from '../../src/react/use-uploads.ts';

const photo = (name = 'beach.jpg'): File => new File(['bytes'], name, { type: 'image/jpeg' });

/** Sends when it is told to, and counts how often it was asked to. */
function held(): {
  provider: AnyProvider;
  uploads: () => number;
  saves: () => number;
  finish: () => void;
  save(): void;
} {
  const provider = memory();
  let uploads = 0;
  let saves = 0;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  return {
    provider: {
      ...provider,
      async upload(source, context) {
        uploads += 1;
        await finished;
        return provider.upload(source, context);
      },
    },
    uploads: () => uploads,
    saves: () => saves,
    finish: () => finish(),
    save: () => void (saves += 1),
  };
}

function Field({ scope, onUploaded }: { scope?: string | undefined; onUploaded?: () => void }): ReactNode {
  const uploader = useUploader({ scope, onUploaded });
  const items = useUploads({ uploader });
  return (
    <>
      <button type="button" onClick={() => uploader.add([photo()])}>
        Add
      </button>
      <ul>
        {items.map(({ id, name, status }) => (
          <li key={id}>
            {name}: {status}
          </li>
        ))}
      </ul>
    </>
  );
}

afterEach(() => vi.useRealTimers());

// --- What React does to a component -------------------------------------------------------------------------------

test('a page that suspends while a file is on its way shows it again, and sends and saves it once', async () => {
  const store = held();
  let wake: () => void = () => undefined;
  let asleep: Promise<void> | null = null;
  const finished = new Set<Promise<void>>();
  // throws a promise while the data of the page is not there, as every data library does
  function Data(): ReactNode {
    if (asleep !== null && !finished.has(asleep)) throw asleep;
    return <p>data</p>;
  }
  const page = (): ReactNode => (
    <StrictMode>
      <UploadProvider provider={store.provider}>
        <Suspense fallback={<p>loading</p>}>
          <Field onUploaded={store.save} />
          <Data />
        </Suspense>
      </UploadProvider>
    </StrictMode>
  );
  const view = render(page());
  act(() => screen.getByText('Add').click());
  await vi.waitFor(() => expect(store.uploads()).toBe(1));
  const sleeping = new Promise<void>((resolve) => (wake = resolve));
  asleep = sleeping;
  view.rerender(page());
  expect(await screen.findByText('loading')).toBeDefined();
  await act(async () => {
    finished.add(sleeping);
    wake();
    await sleeping;
  });
  await screen.findByText('data');
  store.finish();
  await screen.findByText('beach.jpg: done');
  expect([store.uploads(), store.saves()]).toEqual([1, 1]);
});

test('a page whose first render suspends, and begins anew, sends a file once', async () => {
  const store = held();
  let ready = false;
  let wake: () => void = () => undefined;
  const arrival = new Promise<void>((resolve) => (wake = resolve));
  function Late(): ReactNode {
    const field = <Field scope="late" onUploaded={store.save} />;
    if (!ready) throw arrival;
    return field;
  }
  render(
    <StrictMode>
      <UploadProvider provider={store.provider}>
        <Suspense fallback={<p>loading</p>}>
          <Field scope="late" onUploaded={store.save} />
          <Late />
        </Suspense>
      </UploadProvider>
    </StrictMode>,
  );
  await act(async () => {
    ready = true;
    wake();
    await arrival;
  });
  const [add] = await screen.findAllByText('Add');
  act(() => add?.click());
  store.finish();
  // both show the one uploader of their scope
  await vi.waitFor(() => expect(screen.getAllByText('beach.jpg: done')).toHaveLength(2));
  expect([store.uploads(), store.saves()]).toEqual([1, 1]);
});

type ActivityProps = { mode: 'visible' | 'hidden'; children: ReactNode };
const Activity = (React as { Activity?: ComponentType<ActivityProps> }).Activity;

// React 18 has no <Activity>, so there it is not run
test.runIf(Activity !== undefined).each([{ scope: undefined }, { scope: 'chat' }])(
  'a tab of the page that is hidden and shown again sends and saves its file once ($scope)',
  async ({ scope }) => {
    const store = held();
    const Tab = Activity as ComponentType<ActivityProps>;
    const page = (mode: ActivityProps['mode']): ReactNode => (
      <StrictMode>
        <UploadProvider provider={store.provider}>
          <Tab mode={mode}>
            <Field scope={scope} onUploaded={store.save} />
          </Tab>
        </UploadProvider>
      </StrictMode>
    );
    const view = render(page('visible'));
    act(() => screen.getByText('Add').click());
    await vi.waitFor(() => expect(store.uploads()).toBe(1));
    view.rerender(page('hidden'));
    view.rerender(page('visible'));
    view.rerender(page('hidden'));
    store.finish();
    await vi.waitFor(() => expect(store.saves()).toBe(1));
    view.rerender(page('visible'));
    await screen.findByText('beach.jpg: done');
    expect([store.uploads(), store.saves()]).toEqual([1, 1]);
  },
);

test('a component whose module was replaced finds the upload of its scope, and does not begin it again', async () => {
  const store = held();
  const before = function Before(): ReactNode {
    return <Field scope="hot" onUploaded={store.save} />;
  };
  const after = function After(): ReactNode {
    return <Field scope="hot" onUploaded={store.save} />;
  };
  // another component type is what a hot reload that cannot keep state comes to: React mounts it from nothing
  const page = (Type: ComponentType): ReactNode => (
    <StrictMode>
      <UploadProvider provider={store.provider}>
        <Type />
      </UploadProvider>
    </StrictMode>
  );
  const view = render(page(before));
  act(() => screen.getByText('Add').click());
  await vi.waitFor(() => expect(store.uploads()).toBe(1));
  view.rerender(page(after));
  store.finish();
  await screen.findByText('beach.jpg: done');
  expect([store.uploads(), store.saves()]).toEqual([1, 1]);
});

// --- What a component shows -----------------------------------------------------------------------------------------

test('a list that is put in another order shows it', async () => {
  const uploader = createUploader({ provider: memory(), autoUpload: false });
  const [first = '', second = ''] = uploader.add([photo('a.jpg'), photo('b.jpg')]);
  function List(): ReactNode {
    return <p>{useUploads({ uploader }).map(({ name }) => name)}</p>;
  }
  render(<List />);
  expect(screen.getByText('a.jpgb.jpg')).toBeDefined();
  act(() => uploader.reorder([second, first]));
  expect(await screen.findByText('b.jpga.jpg')).toBeDefined();
});

test('news reaches the page under fake timers within a tenth of a second, and after them', async () => {
  const uploader = createUploader({ provider: memory(), autoUpload: false });
  function Count(): ReactNode {
    return <p>{useUploads({ uploader }).length} files</p>;
  }
  render(<Count />);
  act(() => void uploader.add([photo()]));
  await screen.findByText('1 files');
  vi.useFakeTimers();
  act(() => void uploader.add([photo()]));
  act(() => void vi.advanceTimersByTime(100));
  expect(screen.getByText('2 files')).toBeDefined();
  // a notice that is due when the fake time ends is lost with it; the next one must not wait for it
  act(() => void uploader.add([photo()]));
  vi.useRealTimers();
  act(() => void uploader.add([photo()]));
  expect(await screen.findByText('4 files')).toBeDefined();
});

const saved: SavedFile = { id: 'one', key: 'one', url: null };
const addresses = (url: NonNullable<AnyProvider['url']>): AnyProvider => ({ ...memory(), url });

test('a provider that is made anew in every render is not asked for an address in every render', async () => {
  const url = vi.fn<NonNullable<AnyProvider['url']>>(async () => ({ url: 'https://files.example/one' }));
  function Picture(): ReactNode {
    const [, again] = useState(0);
    const address = useFileUrl({ file: saved, provider: addresses(url) });
    return (
      <button type="button" onClick={() => again((count) => count + 1)}>
        {address ?? 'none'}
      </button>
    );
  }
  render(<Picture />);
  const button = await screen.findByText('https://files.example/one');
  const asked = url.mock.calls.length;
  for (let round = 0; round < 5; round += 1) act(() => button.click());
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(url.mock.calls.length).toBe(asked);
});

test.each([
  ['lives for a year', () => Date.now() + 365 * 86_400_000],
  ['ends at a time nobody can read', () => Number.NaN],
])('an address that %s is not asked for again at once', async (_, expiresAt) => {
  vi.useFakeTimers();
  // what browsers and Node do with a delay that does not fit: they do not wait at all
  const url = vi.fn<NonNullable<AnyProvider['url']>>(async () => ({
    url: 'https://files.example/one',
    expiresAt: expiresAt(),
  }));
  const delays = vi.spyOn(globalThis, 'setTimeout');
  function Picture(): ReactNode {
    return <p>{useFileUrl({ file: saved, provider: addresses(url) }) ?? 'none'}</p>;
  }
  render(<Picture />);
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.getByText('https://files.example/one')).toBeDefined();
  expect(delays.mock.calls.filter(([, delay]) => Number.isNaN(delay) || Number(delay) >= 2 ** 31)).toEqual([]);
  const asked = url.mock.calls.length;
  await act(() => vi.advanceTimersByTimeAsync(3_600_000));
  expect(url.mock.calls.length).toBe(asked);
});

test('an address that cannot be renewed now is asked for again later, and the picture stays meanwhile', async () => {
  vi.useFakeTimers();
  let asked = 0;
  const url = vi.fn<NonNullable<AnyProvider['url']>>(async () => {
    asked += 1;
    if (asked === 3) throw new Error('offline');
    return { url: `https://files.example/${asked}`, expiresAt: Date.now() + 60_000 };
  });
  function Picture(): ReactNode {
    return <p>{useFileUrl({ file: saved, provider: addresses(url) }) ?? 'none'}</p>;
  }
  render(<Picture />); // StrictMode asks twice
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.getByText('https://files.example/2')).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(31_000));
  expect(screen.getByText('https://files.example/2')).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(31_000));
  expect(screen.getByText('https://files.example/4')).toBeDefined();
});
