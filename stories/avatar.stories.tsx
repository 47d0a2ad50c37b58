import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { Avatar, UploadProvider } from '../src/index.ts';
import { memory } from '../src/providers/memory.ts';
import { presigned } from '../src/providers/presigned.ts';
import { demoKinds } from './backend/kinds.ts';
import { backendUrl } from './backend/url.ts';

const provider =
  backendUrl === ''
    ? memory({ kinds: demoKinds })
    : presigned({ endpoint: `${backendUrl}/api/files`, kinds: demoKinds });

const meta = {
  title: 'Profile picture/Avatar',
  component: Avatar,
  args: { kind: 'profileImage', label: 'Profile picture', fallback: 'AB' },
  decorators: [
    (Story) => (
      <UploadProvider provider={provider}>
        <Story />
      </UploadProvider>
    ),
  ],
} satisfies Meta<typeof Avatar>;
export default meta;

async function picture(): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const context = canvas.getContext('2d');
  if (context !== null) context.fillStyle = 'teal';
  context?.fillRect(0, 0, 64, 64);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new File([blob ?? ''], 'me.png', { type: 'image/png' });
}

/** From the pick through engine, signed address and server to a row, and back onto the screen. */
export const PickToStoredRow: StoryObj<typeof meta> = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    const input = canvasElement.querySelector('input');
    if (input !== null) await userEvent.upload(input, await picture());
    await expect(await canvas.findByText('Saved', {}, { timeout: 10_000 })).toBeVisible();
    const image = await canvas.findByRole<HTMLImageElement>('img');
    await image.decode();
    await expect(image.naturalWidth).toBe(64);
  },
};
