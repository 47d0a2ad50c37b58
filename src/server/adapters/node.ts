import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { UploadServer } from '../create-upload-server.ts';

/** What Express, Nest and body parsers add to a request. */
export type NodeRequest = IncomingMessage & { originalUrl?: string; body?: unknown };
/** What `http.createServer`, Express and Nest take. */
export type NodeHandler = (request: NodeRequest, response: ServerResponse, next?: () => void) => void;

/**
 * For `http.createServer`, Express and Nest, before or after a body parser. A request that is not ours goes to
 * `next` where there is one.
 */
export function toNodeHandler(server: Pick<UploadServer, 'handler' | 'owns'>): NodeHandler {
  return (incoming, outgoing, next) => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort(new DOMException('the client went away', 'AbortError')));
    const serve = async (): Promise<void> => {
      try {
        const bare = toRequest(incoming, gone.signal);
        // the body of somebody else's request is not even looked at
        if (next !== undefined && !server.owns(bare)) next();
        else await send(await server.handler(withBody(bare, incoming)), outgoing);
      } catch (error) {
        if (gone.signal.aborted) outgoing.destroy();
        else fail(outgoing, error);
      }
    };
    void serve();
  };
}

function toRequest(incoming: NodeRequest, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) if (!name.startsWith(':')) headers.append(name, one);
  }
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
  const host = incoming.headers.host ?? incoming.headers[':authority'] ?? 'localhost';
  const path = pathOf(incoming.originalUrl ?? incoming.url ?? '/');
  return new Request(`${scheme}://${String(host)}${path}`, { method: incoming.method ?? 'GET', headers, signal });
}

/** Never the host: `//elsewhere/…` is a path here, and of a whole address only its path counts. */
function pathOf(target: string): string {
  if (target.startsWith('/')) return target;
  if (!URL.canParse(target)) return `/${target}`;
  const { pathname, search } = new URL(target);
  return `${pathname}${search}`;
}

function withBody(request: Request, incoming: NodeRequest): Request {
  if (request.method === 'GET' || request.method === 'HEAD') return request;
  return new Request(request, { body: bodyOf(incoming), duplex: 'half' } as RequestInit);
}

/** The stream, or what a body parser made of it. */
function bodyOf(incoming: NodeRequest): BodyInit | null {
  if (!incoming.readableEnded && !incoming.readableDidRead) {
    return Readable.toWeb(incoming) as unknown as BodyInit; // Node has its own name for the class
  }
  const type = incoming.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    return JSON.stringify(incoming.body);
  }
  if (incoming.body === undefined || isEmpty(incoming.body)) {
    if (type.startsWith('multipart/')) throw new TypeError(consumed);
    return null;
  }
  if (incoming.body instanceof Uint8Array) return new Uint8Array(incoming.body);
  throw new TypeError(consumed);
}
const consumed =
  'toNodeHandler: a parser (multer, express-fileupload …) has read the body already; mount slipway before it';

const isEmpty = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && !(body instanceof Uint8Array) && Object.keys(body).length === 0;

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  if (response.body === null) {
    outgoing.end();
    return;
  }
  for await (const chunk of Readable.fromWeb(response.body as NodeReadableStream)) {
    if (!outgoing.write(chunk)) await drained(outgoing);
    // nobody is left to send to: leaving the loop lets go of the bytes
    if (outgoing.destroyed) return;
  }
  outgoing.end();
}

/** Resolves when there is room again, or nobody left to send to. */
const drained = (outgoing: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done);
      outgoing.off('close', done);
      resolve();
    };
    outgoing.once('drain', done);
    outgoing.once('close', done);
  });

function fail(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const told = error instanceof TypeError && error.message === consumed ? error.message : 'unexpected failure';
  outgoing.statusCode = told === consumed ? 400 : 503;
  outgoing.setHeader('content-type', 'application/json');
  const code = told === consumed ? 'bad-request' : 'unavailable';
  outgoing.end(JSON.stringify({ error: { code, message: told } }));
}
