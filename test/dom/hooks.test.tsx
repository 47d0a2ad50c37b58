import { act, render, screen } from '@testing-library/react';
import { Profiler, type ReactNode, StrictMode, useRef } from 'react';
import { expect, test, vi } from 'vitest';
import type { AnyProvider } from '../../src/core/provider.ts';
import type { AnyUploader } from '../../src/core/uploader.ts';
import { memory } from '../../src/providers/memory.ts';
import { UploadProvider } from '../../src/react/upload-provider.tsx';
import { useUploadProgress } from '../../src/react/use-upload-progress.ts';
import { useUploader } from '../../src/react/use-uploader.ts';
import { useUpload, useUploadIds, useUploadTotals, useUploads } from '../../src/react/use-uploads.ts';

const photo = (name = 'beach.jpg'): File => new File(['bytes'], name, { type: 'image/jpeg' });

/** A provider that counts how often each of its methods was called. */
function counting(provider: AnyProvider): { provider: AnyProvider; calls: { upload: number; confirm: number } } {
  const calls = { upload: 0, confirm: 0 };
  return {
    calls,
    provider: {
      ...provider,
      upload(source, context) {
        calls.upload += 1;
        return provider.upload(source, context);
      },
      confirm(receipt, context) {
        calls.confirm += 1;
        return provider.confirm?.(receipt, context) as ReturnType<NonNullable<AnyProvider['confirm']>>;
      },
    },
  };
}

function List({ uploader }: { uploader: AnyUploader }): ReactNode {
  const items = useUploads({ uploader });
  const { counts } = useUploadTotals({ uploader });
  return (
    <ul aria-label={`${counts.done} done`}>
      {items.map((item) => (
        <li key={item.id}>
          {item.name}: {item.status}
        </li>
      ))}
    </ul>
  );
}

function Field({ scope, onUploaded }: { scope?: string; onUploaded?: () => void }): ReactNode {
  const uploader = useUploader({ scope, onUploaded });
  return (
    <>
      <button type="button" onClick={() => uploader.add([photo()])}>
        Add
      </button>
      <List uploader={uploader} />
    </>
  );
}

const inApp = (provider: AnyProvider, children: ReactNode): ReactNode => (
  <StrictMode>
    <UploadProvider provider={provider}>{children}</UploadProvider>
  </StrictMode>
);

test('a file added in StrictMode is uploaded, confirmed and saved exactly once, and the list shows it', async () => {
  const { provider, calls } = counting(memory());
  const onUploaded = vi.fn<() => void>();
  render(inApp(provider, <Field onUploaded={onUploaded} />));
  act(() => screen.getByText('Add').click());
  await screen.findByText('beach.jpg: done');
  expect(await screen.findByLabelText('1 done')).toBeDefined();
  expect(calls).toEqual({ upload: 1, confirm: 1 });
  expect(onUploaded).toHaveBeenCalledTimes(1);
});

test('an uploader with a scope outlives its component and is found again by its name', async () => {
  const { provider } = counting(memory({ latency: 100 }));
  const view = render(inApp(provider, <Field scope="chat" />));
  act(() => screen.getByText('Add').click());
  await screen.findByText(/^beach\.jpg/);
  view.rerender(inApp(provider, <p>another page</p>));
  expect(screen.queryByText(/^beach\.jpg/)).toBeNull();
  view.rerender(inApp(provider, <Field scope="chat" />));
  await screen.findByText('beach.jpg: done');
});

test('a scope whose uploader is idle is dropped when nobody is left', async () => {
  const { provider } = counting(memory());
  const view = render(inApp(provider, <Field scope="chat" />));
  act(() => screen.getByText('Add').click());
  await screen.findByText('beach.jpg: done');
  view.rerender(inApp(provider, <p>another page</p>));
  await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
  view.rerender(inApp(provider, <Field scope="chat" />));
  expect(screen.queryByText(/^beach\.jpg/)).toBeNull();
});

test('a provider prop beats the context, and an override beats the prop', async () => {
  const [outer, inner] = [counting(memory()), counting(memory())];
  function Own(): ReactNode {
    const uploader = useUploader({ provider: inner.provider });
    return (
      <button type="button" onClick={() => uploader.add([photo()])}>
        Add
      </button>
    );
  }
  const view = render(inApp(outer.provider, <Own />));
  act(() => screen.getByText('Add').click());
  await vi.waitFor(() => expect(inner.calls.upload).toBe(1));
  view.unmount();
  render(
    <UploadProvider provider={outer.provider} override>
      <Own />
    </UploadProvider>,
  );
  act(() => screen.getByText('Add').click());
  await vi.waitFor(() => expect(outer.calls.upload).toBe(1));
  expect(inner.calls.upload).toBe(1);
});

test('progress written to an element renders nothing', async () => {
  const provider = memory({ bandwidth: 20_000 });
  const onRender = vi.fn<() => void>();
  function Bar({ uploader, id }: { uploader: AnyUploader; id: string }): ReactNode {
    const ref = useRef<HTMLDivElement>(null);
    useUploadProgress({ uploader, id, ref });
    return <div role="progressbar" aria-label="upload" aria-valuenow={0} ref={ref} />;
  }
  function Page(): ReactNode {
    const uploader = useUploader({ provider });
    const ids = useUploadIds({ uploader });
    return (
      <>
        <button type="button" onClick={() => uploader.add([new File([new Uint8Array(10_000)], 'big.bin')])}>
          Add
        </button>
        {ids.map((id) => (
          <Profiler key={id} id={id} onRender={onRender}>
            <Bar id={id} uploader={uploader} />
          </Profiler>
        ))}
      </>
    );
  }
  render(<Page />);
  act(() => screen.getByText('Add').click());
  const bar = await screen.findByRole('progressbar');
  const rendered = onRender.mock.calls.length;
  await vi.waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('100'));
  expect(bar.style.getPropertyValue('--slipway-progress')).toBe('1.0000');
  expect(onRender).toHaveBeenCalledTimes(rendered);
});

test('a hook without any provider says what is missing and how to mend it', () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(() => render(<Field />)).toThrow(/no provider.*<UploadProvider provider=\{…\}>/s);
  quiet.mockRestore();
});

test('a hook outside any uploader says what is missing and how to mend it', () => {
  function Lost(): ReactNode {
    return <p>{useUpload({ id: 'x' })?.name}</p>;
  }
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(() => render(<Lost />)).toThrow(/useUpload has no uploader.*useUploader\(\)/s);
  quiet.mockRestore();
});
