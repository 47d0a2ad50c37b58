import { request as ask } from 'node:http';
import { type S3Options, s3 } from '../../src/server/storage/s3.ts';
import type { Storage } from '../../src/server/index.ts';
import type { S3Double } from '../servers/s3/s3-double.ts';

/** A storage on the double's bucket, in path style. */
export const storageOn = (double: S3Double, options: Partial<S3Options> = {}): Storage =>
  s3({ ...keysOf(double), endpoint: double.endpoint, region: double.region, ...options });

/** The same in virtual-host style, under a name as the real ones are. */
export const virtualStorageOn = (double: S3Double, options: Partial<S3Options> = {}): Storage =>
  s3({
    ...keysOf(double),
    endpoint: `http://s3.${double.region}.backblazeb2.com`,
    style: 'virtual-host',
    fetch: (request) => fetchFrom(double, request),
    ...options,
  });

const keysOf = ({ accessKeyId, secretAccessKey, bucketName }: S3Double) => ({
  accessKeyId,
  secretAccessKey,
  bucket: bucketName,
});

/** Brings a request for any host to the double: the name that it asked for travels in its Host header alone. */
export async function fetchFrom({ port }: S3Double, request: Request): Promise<Response> {
  const { host, pathname, search } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const headers = {
    ...Object.fromEntries(request.headers),
    host,
    ...(body.length > 0 || request.method === 'PUT' ? { 'content-length': String(body.length) } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = ask(
      { host: '127.0.0.1', port, method: request.method, path: pathname + search, headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const told = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
          const { statusCode: status = 500 } = answer;
          const isEmpty = status === 204 || request.method === 'HEAD';
          resolve(new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers: told }));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
