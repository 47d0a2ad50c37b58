import { act, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { Avatar } from '../../src/components/avatar/avatar.tsx';
import type { AnyProvider } from '../../src/core/provider.ts';
import { memory } from '../../src/providers/memory.ts';

const saved = (id: string): { id: string; key: string; url: string } => ({
  id,
  key: id,
  url: `http://127.0.0.1/${id}.png`,
});
const page = (provider: AnyProvider, id: string): ReactNode => (
  <StrictMode>
    <Avatar provider={provider} value={saved(id)} label="Your picture" />
  </StrictMode>
);

test('a picture that the host shows after an upload takes the place of the uploaded one', async () => {
  const provider = memory();
  const view = render(page(provider, 'maria'));
  expect(screen.getByRole('img').getAttribute('src')).toContain('maria');
  const input = view.container.querySelector('input') as HTMLInputElement;
  const photo = new File(['bytes'], 'me.png', { type: 'image/png' });
  await act(async () => fireEvent.change(input, { target: { files: [photo] } }));
  await screen.findByText('Saved');
  expect(screen.getByRole('img').getAttribute('src')).not.toContain('maria');
  view.rerender(page(provider, 'paul'));
  expect(screen.getByRole('img').getAttribute('src')).toContain('paul');
  expect(screen.queryByText('Saved')).toBeNull();
});
