import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodeKey, storedKey } from '../../../src/server/storage/s3/place.ts';
import { elements, errorCode, escaped, textOf } from '../../../src/server/storage/s3/xml.ts';
import { type S3Options, b2FromEnv, s3 } from '../../../src/server/storage/s3.ts';

const keys = { accessKeyId: 'fake-key-id', secretAccessKey: 'fake-secret-key', bucket: 'uploads' };
const endpoint = 's3.us-west-004.backblazeb2.com';
const urlOf = (options: Partial<S3Options>) =>
  s3({ ...keys, endpoint, visibility: 'public', ...options }).publicUrl?.('a b/ü.png');

describe('s3', () => {
  it.each([endpoint, `https://${endpoint}`, `https://${endpoint}/`])('takes the endpoint as %s', (given) => {
    expect(urlOf({ endpoint: given })).toBe(`https://${endpoint}/uploads/a%20b/%C3%BC.png`);
  });

  it('addresses a public bucket in its own form, in the friendly form, or through a CDN', () => {
    expect(urlOf({ style: 'virtual-host' })).toBe(`https://uploads.${endpoint}/a%20b/%C3%BC.png`);
    expect(urlOf({ publicBaseUrl: 'https://f004.backblazeb2.com/file/uploads' })).toBe(
      'https://f004.backblazeb2.com/file/uploads/a%20b/%C3%BC.png',
    );
    expect(urlOf({ publicBaseUrl: 'https://cdn.example/' })).toBe('https://cdn.example/a%20b/%C3%BC.png');
  });

  it('has no public address for a private bucket', () => {
    expect(s3({ ...keys, endpoint }).publicUrl).toBeUndefined();
  });

  it.each<[Partial<S3Options>, string]>([
    [{ endpoint: 'minio.internal:9000' }, 'region'],
    [{ endpoint: 'https://cdn.example' }, 'region'],
    [{ endpoint: 'https://evil-s3.us-west-004.backblazeb2.com.example' }, 'region'],
    [{ endpoint: `https://uploads.${endpoint}` }, 'begins with the bucket'],
    [{ endpoint: `https://${endpoint}/uploads` }, 'nothing more'],
    [{ endpoint: 'ftp://host' }, 'nothing more'],
    [{ endpoint: '' }, '`endpoint` is missing'],
    [{ secretAccessKey: '' }, '`secretAccessKey` is missing'],
    [{ bucket: 'a/b' }, 'no name of a bucket'],
    [{ multipart: { from: '64 MB', partSize: '5 MB' } }, 'partSize'],
    [{ multipart: { from: '6 GB', partSize: '16 MB' } }, 'from'],
  ])('refuses %j at creation', (given, words) => {
    expect(() => s3({ ...keys, endpoint, ...given })).toThrow(words);
  });

  it('takes any host with its region, and a prefix with or without its slash', () => {
    const storage = s3({ ...keys, endpoint: 'http://127.0.0.1:9000', region: 'eu-1', prefix: 'app' });
    expect([storage.prefix, storage.id]).toEqual(['app/', 's3:127.0.0.1:9000/uploads/app/']);
    expect(s3({ ...keys, endpoint, prefix: 'app/' }).prefix).toBe('app/');
    expect(s3({ ...keys, endpoint }).prefix).toBe('');
  });
});

describe('b2FromEnv', () => {
  afterEach(() => vi.unstubAllEnvs());
  const set = (values: Record<string, string>): void => {
    const all = ['B2_KEY_ID', 'B2_APP_KEY', 'B2_APPLICATION_KEY_ID', 'B2_APPLICATION_KEY', 'B2_BUCKET_NAME'];
    for (const name of [...all, 'B2_ENDPOINT_URL', 'B2_BUCKET_ID']) vi.stubEnv(name, values[name] ?? '');
  };
  const place = { B2_BUCKET_NAME: 'uploads', B2_ENDPOINT_URL: `https://${endpoint}` };
  const id = `s3:${endpoint}/uploads/`;

  it('reads either spelling', () => {
    set({ ...place, B2_APPLICATION_KEY_ID: 'fake-id', B2_APPLICATION_KEY: 'fake-key' });
    expect(b2FromEnv().id).toBe(id);
    set({ ...place, B2_KEY_ID: 'fake-id', B2_APP_KEY: 'fake-key' });
    expect(b2FromEnv({ visibility: 'public' })).toMatchObject({ id, visibility: 'public' });
  });

  it('names all that is missing at once', () => {
    set({ B2_BUCKET_ID: 'e73ede9969c64427a54', B2_KEY_ID: 'fake-id' });
    expect(() => b2FromEnv()).toThrow(
      'b2FromEnv: set B2_APPLICATION_KEY or B2_APP_KEY, B2_BUCKET_NAME, B2_ENDPOINT_URL. B2_BUCKET_ID does not serve',
    );
  });

  it('refuses two spellings that differ, and shows neither', () => {
    set({ ...place, B2_APP_KEY: 'fake-one', B2_APPLICATION_KEY: 'fake-two', B2_KEY_ID: 'fake-id' });
    expect(() => b2FromEnv()).toThrow(/^b2FromEnv: B2_APPLICATION_KEY and B2_APP_KEY differ. Keep one of them$/);
  });
});

describe('a key in an address', () => {
  const segments = fc.array(fc.string({ unit: fc.constantFrom('.', '~', 'a', '+', ' ') }), {
    minLength: 1,
    maxLength: 4,
  });
  it('is what every URL parser leaves alone', () => {
    fc.assert(
      fc.property(segments, (parts) => {
        const path = `/bucket/${encodeKey(parts.join('/'))}`;
        expect(new URL(`https://host${path}`).pathname).toBe(path);
      }),
    );
  });

  it('is never that of another key', () => {
    fc.assert(
      fc.property(segments, segments, (one, other) => {
        const [a, b] = [one.join('/'), other.join('/')];
        expect(storedKey(a) === storedKey(b)).toBe(a === b);
      }),
    );
  });
});

describe('an XML answer', () => {
  it('gives back any text that was put into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textOf(`<A><Key>${escaped(text)}</Key></A>`, 'Key')).toBe(text);
      }),
    );
  });

  it('is read with names that only begin alike, attributes and numbered characters', () => {
    const page = '<List xmlns="x"><KeyMarker>no</KeyMarker><Key a="b">&#x41;&#66;&amp;lt;</Key></List>';
    expect(elements(page, 'Key')).toHaveLength(1);
    expect(textOf(page, 'Key')).toBe('AB&lt;');
    expect(textOf(page, 'Nothing')).toBeNull();
  });

  it('is an error only where the error is the document', () => {
    expect(errorCode('<?xml version="1.0"?>\n\n<Error><Code>SlowDown</Code></Error>')).toBe('SlowDown');
    expect(errorCode('<Error/>')).toBe('Unknown');
    expect(errorCode('<CopyObjectResult><Error>x</Error></CopyObjectResult>')).toBeNull();
  });
});
