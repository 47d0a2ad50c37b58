import type { neonConfig } from '@neondatabase/serverless';
import { type AddressInfo, connect } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

interface NeonSocket {
  /** Sends the driver here instead of to Neon's proxy, without TLS. */
  configure(config: typeof neonConfig): void;
  close(): Promise<void>;
}

/** What Neon's proxy does for its pool: bytes of a web socket to a PostgreSQL, and back. */
export async function startNeonSocket(postgres: string): Promise<NeonSocket> {
  const { port, hostname } = new URL(postgres);
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    const database = connect(Number(port), hostname);
    socket.on('message', (data) => database.write(data as Buffer));
    database.on('data', (chunk) => socket.send(chunk));
    socket.on('close', () => database.destroy());
    database.on('close', () => socket.close());
    database.on('error', () => socket.close());
  });
  return {
    configure(config) {
      config.webSocketConstructor = WebSocket;
      config.wsProxy = () => `127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
      config.useSecureWebSocket = false;
      config.pipelineConnect = false;
      config.pipelineTLS = false;
    },
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
