import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bucket } from './bucket.ts';
import { allow, preflight, ruleFor } from './cors.ts';
import { type Fault, takeFault } from './faults.ts';
import { type Incoming, incomingOf } from './incoming.ts';
import { operationFor } from './operations.ts';
import { type Reply, xml } from './reply.ts';
import { S3Error } from './s3-error.ts';
import { type Keys, verifySignature } from './signature.ts';

export interface S3DoubleOptions extends Partial<Keys> {
  /** As Backblaze B2: keeps versions, hides instead of deleting, refuses checksum headers and tags. */
  b2?: boolean;
  /** False hides refusals from browsers, as some stores do. */
  corsOnErrors?: boolean;
  /** The least size of a part that is not the last: 5 MiB by default. */
  minPart?: number;
}
export interface S3Double extends Keys {
  /** Path style. */
  endpoint: string;
  port: number;
  bucketName: string;
  bucket: Bucket;
  faults: Fault[];
  /** What was asked, in order, with the answer: `PutObject a/b 200`. */
  log: string[];
  /** Refuses with 403 what it says true to. */
  denies: (operation: string, key: string) => boolean;
  close(): Promise<void>;
}

/** Keys that anyone may read here: they open nothing. */
const fakeKeys: Keys = { accessKeyId: 'fake-key-id', secretAccessKey: 'fake-secret-key', region: 'us-west-004' };

/**
 * A strict S3 on the loopback interface with one bucket in memory. It recomputes each signature by itself, and
 * answers 501 to whatever it does not know.
 */
export async function startS3Double(options: S3DoubleOptions = {}): Promise<S3Double> {
  const { b2 = false, corsOnErrors = true, minPart = 5 * 2 ** 20, ...given } = options;
  const keys = { ...fakeKeys, ...given };
  const server = createServer((message, response) => void serve(message, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const double: S3Double = {
    ...keys,
    endpoint: `http://127.0.0.1:${port}`,
    port,
    bucketName: 'uploads',
    bucket: new Bucket(b2),
    faults: [],
    log: [],
    denies: () => false,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = incomingOf(message, keys.region);
    const { origin } = request.headers;
    const rule = ruleFor(double.bucket.cors, origin, request.method);
    let name = request.method;
    try {
      if (request.method === 'OPTIONS') return preflight(request, double.bucket.cors, response);
      name = operationFor(request).name;
      const reply = await answer(request, message);
      if (reply === null) return void message.socket.destroy();
      if (rule !== null && origin !== undefined) allow(response, rule, origin);
      send(request, response, reply);
      double.log.push(`${name} ${request.key} ${reply.status}`);
    } catch (error) {
      const known = error instanceof S3Error ? error : new S3Error(500, 'InternalError', String(error));
      if (rule !== null && origin !== undefined && corsOnErrors) allow(response, rule, origin);
      const { status, code, details, message: words } = known;
      const { retryAfter, ...told } = details;
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
      send(request, response, xml(['Error', Object.entries({ Code: code, Message: words, ...told })], status));
      double.log.push(`${name} ${request.key} ${status} ${code}`);
    }
  }

  /** Null: the connection is to be cut. The signature counts when the request begins, not when its body ends. */
  async function answer(request: Incoming, message: IncomingMessage): Promise<Reply | null> {
    const operation = operationFor(request);
    const { payloadHash } = verifySignature(request, keys, Date.now());
    const body = await bodyOf(message);
    if (/^[0-9a-f]{64}$/.test(payloadHash) && payloadHash !== hexSha256(body)) {
      throw new S3Error(400, 'XAmzContentSHA256Mismatch');
    }
    if (b2) refuseChecksums(request);
    if (request.method === 'PUT' && request.headers['content-length'] === undefined) {
      throw new S3Error(411, 'MissingContentLength');
    }
    if (request.bucket !== double.bucketName) throw new S3Error(404, 'NoSuchBucket');
    if (double.denies(operation.name, request.key)) throw new S3Error(403, 'AccessDenied', 'Access Denied');
    for (const when of ['before', 'after'] as const) {
      const reply = when === 'before' ? null : operation.run(double.bucket, request, body, { minPart });
      const fault = takeFault(double.faults, operation.name, when);
      if (fault === 'disconnect') return null;
      if (fault instanceof Promise) await fault;
      else if (fault !== null) {
        const { status, code, retryAfter } = fault;
        throw new S3Error(status, code, code, retryAfter === undefined ? {} : { retryAfter: String(retryAfter) });
      }
      if (reply !== null) return reply;
    }
    return null;
  }

  return double;
}

function send({ method }: Incoming, response: ServerResponse, { status, headers, body }: Reply): void {
  const length = status === 204 ? {} : { 'content-length': String(body.length) };
  response.writeHead(status, { ...headers, ...length }).end(method === 'HEAD' ? undefined : body);
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer); // no encoding is set, so these are buffers
  return Buffer.concat(chunks);
}

function refuseChecksums({ headers, query }: Incoming): void {
  const refused = [...Object.keys(headers), ...[...query.keys()].map((name) => name.toLowerCase())].find((name) =>
    /^x-amz-(checksum-|sdk-checksum-algorithm|tagging)/.test(name),
  );
  if (refused !== undefined) throw new S3Error(400, 'InvalidArgument', `Unsupported header '${refused}' received`);
}

const hexSha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
