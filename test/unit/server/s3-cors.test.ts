import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSigner } from '../../../src/server/storage/s3/signer.ts';
import { corsRules } from '../../../src/server/storage/s3.ts';
import { type S3Double, startS3Double } from '../../servers/s3/s3-double.ts';
import { storageOn } from '../../support/s3-storage.ts';

const app = 'https://app.example';
let double: S3Double;
beforeEach(async () => {
  double = await startS3Double();
});
afterEach(() => double.close());

/** As somebody with the bucket's keys would set them. */
async function setRules(body: string): Promise<number> {
  const url = `${double.endpoint}/${double.bucketName}?cors=`;
  const signed = await createSigner(double, double.region).headers('PUT', url, {});
  return (await fetch(signed.url, { method: 'PUT', headers: signed.headers, body })).status;
}
async function preflight(url: string, origin: string, method: string, headers = 'content-type') {
  const asked = { origin, 'access-control-request-method': method, 'access-control-request-headers': headers };
  const answer = await fetch(url, { method: 'OPTIONS', headers: asked });
  return [answer.status, answer.headers.get('access-control-allow-origin')];
}

it('lets the pages that were named upload and read, and no other page', async () => {
  expect(await setRules(corsRules({ origins: [app, 'http://localhost:3000'] }).s3)).toBe(200);
  const now = Date.now();
  const target = { key: 'k', type: 'image/png', size: 1, now, expiresAt: now + 60_000 };
  const { url = '', headers = {} } = (await storageOn(double).addresses?.put(target)) ?? {};
  expect(await preflight(url, app, 'PUT')).toEqual([200, app]);
  expect(await preflight(url, 'http://localhost:3000', 'GET', 'range')).toEqual([200, 'http://localhost:3000']);
  expect(await preflight(url, 'https://evil.example', 'PUT')).toEqual([403, null]);
  expect(await preflight(url, app, 'DELETE')).toEqual([403, null]);
  expect(await preflight(url, app, 'PUT', 'x-amz-acl')).toEqual([403, null]);
  const sent = await fetch(url, { method: 'PUT', headers: { ...headers, origin: app }, body: 'x' });
  expect([sent.status, sent.headers.get('access-control-allow-origin')]).toEqual([200, app]);
  expect(sent.headers.get('access-control-expose-headers')).toContain('ETag');
});

it('says the same in the words of Backblaze B2', () => {
  expect(corsRules({ origins: [app], maxAge: 60 }).b2).toEqual([
    {
      corsRuleName: 'slipway',
      allowedOrigins: [app],
      allowedOperations: ['s3_put', 's3_get', 's3_head'],
      allowedHeaders: ['content-type', 'range'],
      exposeHeaders: ['ETag', 'Content-Range'],
      maxAgeSeconds: 60,
    },
  ]);
});

it.each(['*', 'app.example', 'https://app.example/', 'https://app.example/page', 'HTTPS://app.example'])(
  'refuses %s, which no browser sends as an origin',
  (origin) => {
    expect(() => corsRules({ origins: [origin] })).toThrow('is no origin');
  },
);

it('refuses no origins at all, and an age that no store takes', () => {
  expect(() => corsRules({ origins: [] })).toThrow('`origins` is empty');
  expect(() => corsRules({ origins: [app], maxAge: 86_401 })).toThrow('`maxAge`');
});
