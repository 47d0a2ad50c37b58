import { expect, it } from 'vitest';
import { protocolHeader, protocolVersion } from '../../../src/core/protocol.ts';
import { checkProtocol, oldestProtocol } from '../../../src/server/gate.ts';
import { startServer } from '../../support/upload-server.ts';

const config = async (protocol: string | undefined) => {
  const headers: Record<string, string> = protocol === undefined ? {} : { [protocolHeader]: protocol };
  return startServer().call('GET', '/config', { headers });
};

it('answers the protocol it speaks, and takes silence for the first', async () => {
  expect((await config(String(protocolVersion))).status).toBe(200);
  expect((await config(undefined)).status).toBe(200);
  expect((await config(undefined)).body.protocol).toEqual({ current: protocolVersion, oldest: 1 });
});

it('asks a page to reload that speaks a protocol it does not', async () => {
  for (const protocol of ['0', String(protocolVersion + 1), 'x']) {
    const { status, body } = await config(protocol);
    expect([status, body.error.code, body.error.details]).toEqual([
      400,
      'reload-needed',
      { protocol: protocolVersion },
    ]);
  }
});

it('goes on answering a page one protocol behind, and no older one', () => {
  const from = (protocol: number) => () =>
    checkProtocol(new Request('http://127.0.0.1/', { headers: { [protocolHeader]: String(protocol) } }), 3, 2);
  expect(from(3)).not.toThrow();
  expect(from(2)).not.toThrow();
  expect(from(1)).toThrow('speaks protocol 1, the server 2 to 3');
  expect(oldestProtocol).toBe(Math.max(1, protocolVersion - 1));
});
