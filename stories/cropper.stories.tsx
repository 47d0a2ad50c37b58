import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useEffect, useState } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { type Cropped, Cropper, CropperDialog, type CropperProps } from '../src/index.ts';
import { samplePhoto } from './sample-photo.ts';

/** The photo is made once, in the browser; `onCrop` shows what was cut beside the cropper. */
function WithPhoto({ dialog = false, ...props }: CropperProps & { dialog?: boolean }): ReactNode {
  const [source, setSource] = useState<File | null>(null);
  const [result, setResult] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let wanted = true;
    void samplePhoto().then((file) => {
      if (wanted) setSource(file);
    });
    return () => {
      wanted = false;
    };
  }, []);
  useEffect(() => () => URL.revokeObjectURL(result ?? ''), [result]);
  const onCrop = (cropped: Cropped): void => {
    props.onCrop?.(cropped);
    setResult(URL.createObjectURL(cropped.file));
  };
  const shown = result !== null && <img src={result} alt="The cut-out" width={160} />;
  const common = { ...props, source: props.source ?? source, onCrop };
  if (!dialog) {
    return (
      <div style={{ maxWidth: '36rem' }}>
        <Cropper {...common} />
        {shown}
      </div>
    );
  }
  return (
    <div>
      <button type="button" onClick={() => setOpen(true)}>
        Change photo
      </button>
      <CropperDialog {...common} open={open} onOpenChange={setOpen} />
      {shown}
    </div>
  );
}

const meta = {
  title: 'Components/Cropper',
  component: Cropper,
  args: { source: null, onCrop: fn<(cropped: Cropped) => void>(), output: { width: 512 } },
  render: (args) => <WithPhoto {...args} />,
} satisfies Meta<typeof Cropper>;
export default meta;

type Story = StoryObj<typeof meta>;

const ready = async (canvasElement: HTMLElement): Promise<HTMLElement> =>
  await within(canvasElement).findByRole('application', { name: 'Crop area' });

/** A photo behind a round window: what an avatar needs. Drag, pinch, scroll while focused, or use the keys. */
export const Round: Story = {
  args: { shape: 'round', aspect: 1 },
  play: async ({ canvasElement }) => {
    await expect(await ready(canvasElement)).toBeVisible();
  },
};

/** The keyboard alone, and what a screen reader hears. */
export const ByKeyboardAlone: Story = {
  args: { shape: 'round' },
  play: async ({ canvasElement, args, step }) => {
    const canvas = within(canvasElement);
    const area = await ready(canvasElement);
    const said = canvas.getByRole('status');
    await step('the crop area is the first stop, and tells how it works', async () => {
      await userEvent.tab();
      await expect(area).toHaveFocus();
      await expect(area).toHaveAccessibleDescription(/Arrow keys move, plus and minus zoom/);
    });
    await step('zooming is said once it rests', async () => {
      await userEvent.keyboard('{+}{+}{+}{+}');
      await waitFor(() => expect(said).toHaveTextContent('Zoom 146 %, crop 820 by 820'));
    });
    await step('so is moving, with the place', async () => {
      await userEvent.keyboard('{Home}');
      await waitFor(() => expect(said).toHaveTextContent(/0 % from left/));
      await userEvent.keyboard('{ArrowRight}{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
      await waitFor(() => expect(said).toHaveTextContent(/6 % from left/));
    });
    await step('Control Z takes it back, and only here', async () => {
      await userEvent.keyboard('{Control>}z{/Control}');
      await waitFor(() => expect(said).toHaveTextContent(/, 0 % from left/));
    });
    await step('tabbing on leads through the sliders and buttons to Apply', async () => {
      const names = ['Zoom', 'Straighten', 'Turn left', 'Turn right', 'Flip sideways', 'Flip upside down', 'Reset'];
      for (const name of names) {
        await userEvent.tab();
        await expect(document.activeElement).toHaveAccessibleName(name);
      }
      const apply = canvas.getByRole('button', { name: 'Apply' });
      for (let tabs = 0; tabs < 4 && document.activeElement !== apply; tabs += 1) await userEvent.tab();
      await expect(apply).toHaveFocus();
      await userEvent.keyboard('{Enter}');
      await waitFor(() => expect(args.onCrop).toHaveBeenCalledOnce());
    });
    await step('the file is what was heard', async () => {
      const cut = await canvas.findByRole<HTMLImageElement>('img', { name: 'The cut-out' });
      await waitFor(() => expect(cut.naturalWidth).toBe(512));
    });
  },
};

/** Any shape, with handles. Enter steps through them; arrow keys then resize. */
export const FreeBox: Story = {
  args: { mode: 'box', aspect: null },
  play: async ({ canvasElement }) => {
    const area = await ready(canvasElement);
    area.focus();
    await userEvent.keyboard('{Enter}');
    await expect(document.activeElement).toHaveAccessibleName('Resize from the bottom right corner');
    await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowUp}{/Shift}');
    await waitFor(() => expect(within(canvasElement).getByRole('status')).toHaveTextContent('crop 1440 by 1080'));
    await userEvent.keyboard('{Escape}');
    await expect(area).toHaveFocus();
  },
};

/** A fixed ratio in a box: handles keep it. */
export const WideBox: Story = { args: { mode: 'box', aspect: 16 / 9 }, play: Round.play };

/** Straightened: the frame shrinks only as far as its corners need. */
export const Straightened: Story = {
  args: {
    aspect: 4 / 3,
    defaultValue: {
      version: 1,
      rect: { x: 0.2, y: 0.2, width: 0.6, height: 0.6 },
      quarterTurns: 0,
      angle: 9,
      flipX: true,
      flipY: false,
    },
  },
  play: Round.play,
};

/** With a background the picture may be smaller than the window. */
export const WithBackground: Story = { args: { background: 'white' }, play: Round.play };

export const Dark: Story = {
  args: { shape: 'round' },
  decorators: [
    (Story) => (
      <div className="dark" style={{ background: '#17181d', padding: 16 }}>
        <Story />
      </div>
    ),
  ],
  play: Round.play,
};

/** Words and buttons turn round; the picture and its arrow keys do not. */
export const RightToLeft: Story = {
  args: { dir: 'rtl', mode: 'box', aspect: null },
  play: async ({ canvasElement }) => {
    const area = await ready(canvasElement);
    area.focus();
    await userEvent.keyboard('{Enter}{Shift>}{ArrowLeft}{/Shift}{Escape}{End}');
    await waitFor(() => expect(within(canvasElement).getByRole('status')).toHaveTextContent(/10 % from left/));
  },
};

/** What cannot be opened says so, in figures where there are some. */
export const Refused: Story = {
  args: { source: new File([], 'notes.txt'), minOutput: { width: 200, height: 200 } },
  render: (args) => <WithPhoto {...args} source={new File(['not a photo, whatever its name says'], 'a.jpg')} />,
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('alert')).toHaveTextContent('not a photo we can open');
  },
};

/** In a native dialog, in the top layer. Escape closes it and the focus returns. */
export const InADialog: Story = {
  args: { shape: 'round' },
  render: (args) => <WithPhoto {...args} dialog />,
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement);
    const trigger = await canvas.findByRole('button', { name: 'Change photo' });
    await userEvent.click(trigger);
    const heading = await canvas.findByRole('heading', { name: 'Crop your photo' });
    await expect(heading).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
    await expect(trigger).toHaveFocus();
    await userEvent.click(trigger);
    await ready(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(args.onCrop).toHaveBeenCalledOnce());
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
  },
};
