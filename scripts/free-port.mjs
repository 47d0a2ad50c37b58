import { createServer } from 'node:net';

const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });

/** The first port from `first` on that nothing on this machine's loopback holds. */
export async function freePort(first) {
  for (let port = first; port < Math.min(first + 50, 65_536); port += 1) if (await isFree(port)) return port;
  throw new Error(`no free port from ${first} on; close something, or choose another start with PORT or BACKEND_PORT`);
}
