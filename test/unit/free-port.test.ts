import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.mjs';

it('a busy port is passed over, so that npm start works beside another Storybook', async () => {
  const first = await freePort(24_600);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(first, '127.0.0.1', resolve));
  try {
    expect(await freePort(first)).toBeGreaterThan(first);
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});
