import Modal from '@mui/material/Modal';
import * as Radix from '@radix-ui/react-dialog';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { type ReactNode, StrictMode, useEffect, useRef, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CropperDialog, UploadProvider, cropImage } from '../../../src/index.ts';
import { jpegOf, mapOfPlaces } from '../image/pictures.ts';

interface Spies {
  onSubmit: () => void;
  onHostClose: () => void;
  onChange: () => void;
  onCrop: (file: File) => void;
}

type Host = (props: { children: ReactNode; onClose: () => void }) => ReactNode;

function NativeHost({ children, onClose }: { children: ReactNode; onClose: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-label="Profile" onCancel={onClose}>
      {children}
    </dialog>
  );
}

const hosts: [name: string, host: Host][] = [
  ['a native dialog', NativeHost],
  [
    'a Radix dialog',
    ({ children, onClose }) => (
      <Radix.Root open onOpenChange={(open) => !open && onClose()}>
        <Radix.Portal>
          <Radix.Content aria-describedby={undefined}>
            <Radix.Title>Profile</Radix.Title>
            {children}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    ),
  ],
  [
    'an MUI modal',
    ({ children, onClose }) => (
      <Modal open onClose={onClose}>
        <div role="dialog" aria-label="Profile">
          {children}
        </div>
      </Modal>
    ),
  ],
];

function Form({ spies, way }: { spies: Spies; way: 'component' | 'function' }): ReactNode {
  const [file, setFile] = useState<File | null>(null);
  const pick = async (): Promise<void> => {
    const photo = await jpegOf(mapOfPlaces(480, 320));
    if (way === 'component') return setFile(photo);
    const cropped = await cropImage(photo, { output: { width: 64 } });
    if (cropped !== null) spies.onCrop(cropped.file);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        spies.onSubmit();
      }}
      onChange={spies.onChange}
      onInput={spies.onChange}
    >
      <input name="name" aria-label="Name" />
      <button type="button" onClick={() => void pick()}>
        Change photo
      </button>
      <button>Save</button>
      <CropperDialog
        source={file}
        open={file !== null}
        onOpenChange={(open) => !open && setFile(null)}
        output={{ width: 64 }}
        onCrop={(cropped) => spies.onCrop(cropped.file)}
      />
    </form>
  );
}

const spiesOf = (): Spies => ({ onSubmit: vi.fn(), onHostClose: vi.fn(), onChange: vi.fn(), onCrop: vi.fn() });

describe.each(hosts)('inside %s, within a form', (_name, Host) => {
  it.each(['component', 'function'] as const)(
    'pick, crop and apply as a %s: the host neither closes, submits nor changes',
    async (way) => {
      const spies = spiesOf();
      render(
        <StrictMode>
          <UploadProvider>
            <Host onClose={spies.onHostClose}>
              <Form spies={spies} way={way} />
            </Host>
          </UploadProvider>
        </StrictMode>,
      );
      const trigger = await screen.findByRole('button', { name: 'Change photo' });
      await userEvent.click(trigger);
      const heading = await screen.findByRole('heading', { name: 'Crop your photo' });
      expect(heading).toHaveFocus();
      const dialog = heading.closest('dialog')!;
      expect(getComputedStyle(dialog).pointerEvents).toBe('auto');
      expect(dialog.matches(':modal')).toBe(true);
      expect([...dialog.querySelectorAll('button')].every((button) => button.type === 'button')).toBe(true);

      await screen.findByRole('application');
      await userEvent.click(screen.getByText('Exact size'));
      const width = await screen.findByRole('textbox', { name: 'Width' });
      await userEvent.clear(width);
      await userEvent.type(width, '200{Enter}');
      screen.getByRole('slider', { name: 'Zoom' }).focus();
      await userEvent.keyboard('{ArrowUp}{Enter}');
      expect(document.activeElement).toBe(screen.getByRole('slider', { name: 'Zoom' }));
      await userEvent.click(screen.getByRole('button', { name: 'Flip sideways' }));
      await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
      await waitFor(() => expect(spies.onCrop).toHaveBeenCalledOnce());
      await waitFor(() => expect(screen.queryByRole('heading', { name: 'Crop your photo' })).toBeNull());
      expect(trigger).toHaveFocus();
      expect(spies.onHostClose).not.toHaveBeenCalled();
      expect(spies.onSubmit).not.toHaveBeenCalled();
      expect(spies.onChange).not.toHaveBeenCalled();
    },
  );

  it.each(['component', 'function'] as const)('Escape closes the crop dialog alone, as a %s', async (way) => {
    const spies = spiesOf();
    render(
      <UploadProvider>
        <Host onClose={spies.onHostClose}>
          <Form spies={spies} way={way} />
        </Host>
      </UploadProvider>,
    );
    const trigger = await screen.findByRole('button', { name: 'Change photo' });
    await userEvent.click(trigger);
    await screen.findByRole('application');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('application')).toBeNull());
    expect(trigger).toHaveFocus();
    expect(spies.onHostClose).not.toHaveBeenCalled();
    expect(spies.onCrop).not.toHaveBeenCalled();
  });
});

it('cropImage says what is missing where no UploadProvider is mounted', async () => {
  await expect(cropImage(new Blob([]))).rejects.toThrow(/put one around your app/);
});

it("Android's Back, which arrives as a cancel of the dialog, closes it by the host's state", async () => {
  const onOpenChange = vi.fn<(open: boolean) => void>();
  render(<CropperDialog source={null} open onOpenChange={onOpenChange} />);
  const cancel = new Event('cancel', { cancelable: true });
  screen.getByRole('dialog').dispatchEvent(cancel);
  expect(cancel.defaultPrevented).toBe(true);
  expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
});
