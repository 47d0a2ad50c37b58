import { GetObjectCommand, PutObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressStyle, s3 } from '../../../src/server/storage/s3.ts';

const credentials = { accessKeyId: 'fake-key-id', secretAccessKey: 'fake-secret-key' };
const region = 'us-west-004';
const endpoint = `https://s3.${region}.backblazeb2.com`;
const now = Date.UTC(2030, 0, 1, 12, 30, 45);
const lifetime = { now, expiresAt: now + 300_000 };
const bucket = 'uploads';

const storageIn = (style: AddressStyle) => s3({ ...credentials, bucket, endpoint, style });
const clientIn = (style: AddressStyle) =>
  new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: style === 'path',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
const options = { expiresIn: 300, signingDate: new Date(now) };
const typed = { ...options, signableHeaders: new Set(['content-type']) };

/** All of an address but the order of its query. */
interface Facts {
  path: string;
  query: [string, string][];
}
function factsOf(address: string): Facts {
  const { host, pathname, searchParams } = new URL(address);
  return { path: host + pathname, query: [...searchParams].toSorted(([a], [b]) => (a < b ? -1 : 1)) };
}

/** Keys as people make them, but for the segments that we must rename: no URL can carry `.` and `..`. */
const awkwardKey = fc
  .array(
    fc.string({
      unit: fc.constantFrom(...Array.from('abcXYZ019 -_.~+!\'()*%&=?#:;,@$/"<>[]{}|^`\\éü日\u{1f600}')),
      minLength: 1,
      maxLength: 12,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((segments) => segments.join('/'))
  .filter((key) => key.split('/').every((segment) => !/^\.{1,2}~*$/.test(segment)));

describe.each(['path', 'virtual-host'] as const)(
  'an address in %s style is signed as the AWS SDK signs it',
  (style) => {
    const [storage, client] = [storageIn(style), clientIn(style)];
    // the SDK adds the name of its own operation, which no store asks for
    client.middlewareStack.add(
      (next) => (step) => {
        const request = step.request as { query: Record<string, unknown> };
        delete request.query['x-id'];
        return next(step);
      },
      { step: 'build', priority: 'low' },
    );
    const same = async (ours: string | undefined, theirs: Promise<string>): Promise<void> => {
      const sdk = factsOf(await theirs);
      expect(factsOf(ours ?? '')).toEqual(sdk);
    };

    it('to put a file of that type and length', async () => {
      await fc.assert(
        fc.asyncProperty(
          awkwardKey,
          fc.nat(5e9),
          fc.constantFrom('image/png', 'text/plain; charset=utf-8'),
          async (key, size, type) => {
            const command = new PutObjectCommand({ Bucket: bucket, Key: key, ContentType: type, ContentLength: size });
            const signed = await storage.addresses?.put({ key, type, size, ...lifetime });
            await same(signed?.url, getSignedUrl(client, command, typed));
          },
        ),
      );
    });

    it('to put a part', async () => {
      await fc.assert(
        fc.asyncProperty(
          awkwardKey,
          fc.integer({ min: 1, max: 10_000 }),
          fc.string({ minLength: 1 }),
          async (key, number, uploadId) => {
            const command = new UploadPartCommand({
              Bucket: bucket,
              Key: key,
              PartNumber: number,
              UploadId: uploadId,
              ContentLength: 9,
            });
            const signed = await storage.addresses?.part({ key, uploadId, number, size: 9, ...lifetime });
            await same(signed?.url, getSignedUrl(client, command, options));
          },
        ),
      );
    });

    it('to read under a type and a name', async () => {
      await fc.assert(
        fc.asyncProperty(awkwardKey, fc.string({ minLength: 1 }), async (key, name) => {
          const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
          const command = new GetObjectCommand({
            Bucket: bucket,
            Key: key,
            ResponseContentType: 'image/svg+xml',
            ResponseContentDisposition: disposition,
          });
          const ours = await storage.addresses?.get({ key, type: 'image/svg+xml', disposition, ...lifetime });
          await same(ours, getSignedUrl(client, command, options));
        }),
      );
    });
  },
);
