import { expect, test } from 'vitest';
import type { AnyProvider, UploadContext } from '../../src/core/provider.ts';
import { isUploadError, UploadError } from '../../src/core/errors.ts';
import { recordSuite } from './recorded-suite.ts';
import { threePartsRig } from './throwaway/rigs.ts';
import { fakeSignature } from './throwaway/scripted-store.ts';
import { threeParts, type ThreePartsOptions } from './throwaway/three-parts.ts';

type Breaker = (sound: AnyProvider, parts: ThreePartsOptions) => Partial<AnyProvider>;

const withContext = (context: UploadContext, changed: Partial<UploadContext>): UploadContext =>
  Object.create(context, Object.getOwnPropertyDescriptors(changed)) as UploadContext;

/** One fault planted at a time, and the numbers of the cases that it breaks: these and no others. */
const plants: [what: string, breaks: number[], breaker: Breaker][] = [
  [
    'saves an address that is signed',
    [144],
    (sound) => ({
      confirm: async (receipt, context) => {
        const stored = await sound.confirm?.(receipt, context);
        return { key: '', data: null, ...stored, url: 'https://store.test/beach.jpg?Signature=abc' };
      },
    }),
  ],
  ['gives nothing up at the store', [86], () => ({ discard: async () => undefined })],
  ['cannot find what has arrived', [5, 33, 35, 40], () => ({ verify: async () => null })],
  [
    'believes that all is stored',
    [39, 45, 60, 82],
    (sound) => ({
      confirm: async (receipt) => {
        const { key } = receipt.checkpoint as { key: string };
        return { key, url: null, data: null };
      },
      name: sound.name,
    }),
  ],
  [
    'quotes a signature in its errors',
    [16],
    (sound) => ({
      upload: (source, context) =>
        sound.upload(source, context).catch((error: unknown) => {
          if (!isUploadError(error, 'clock-skew')) throw error;
          throw new UploadError('clock-skew', { seconds: null }, { message: `PUT /x?${fakeSignature} failed` });
        }),
    }),
  ],
  [
    'begins from zero, whatever has been kept',
    [7, 38, 39, 97],
    (sound) => ({
      upload: (source, context) => sound.upload(source, withContext(context, { checkpoint: undefined })),
    }),
  ],
  [
    'tries again by itself what is refused',
    [15],
    (sound) => ({
      async upload(source, context) {
        for (let tries = 0; ; tries += 1) {
          try {
            // oxlint-disable-next-line no-await-in-loop -- that is the fault
            return await sound.upload(source, context);
          } catch (error) {
            if (!isUploadError(error, 'forbidden') || tries > 4) throw error;
          }
        }
      },
    }),
  ],
  [
    'goes on after an abort',
    [4, 5, 46, 80, 85, 86, 87, 97],
    (_, { send, ...rest }) => {
      const deaf = new AbortController().signal;
      return threeParts({ ...rest, send: (request) => send({ ...request, signal: deaf }) });
    },
  ],
  [
    'sends without asking for a slot',
    [4, 46, 85, 97],
    (sound) => ({
      upload: (source, context) => sound.upload(source, withContext(context, { data: async (_, task) => task() })),
    }),
  ],
  [
    'makes its keys of file names',
    [55, 74, 76],
    (sound) => ({
      upload: (source, context) => sound.upload(source, withContext(context, { id: encodeURIComponent(source.name) })),
    }),
  ],
];

test.each(plants)('a provider that %s fails exactly the cases it breaks', async (_what, breaks, breaker) => {
  const make = threePartsRig((parts) => {
    const sound = threeParts(parts);
    return { ...sound, ...breaker(sound, parts) };
  });
  const failed = (await recordSuite(make)).filter((each) => each.failed);
  expect([...new Set(failed.map(({ number }) => number))]).toEqual(breaks);
});

test('the sound provider, which they all are but for their fault, fails none', async () => {
  const failed = (await recordSuite(threePartsRig())).filter((each) => each.failed);
  expect(failed.map(({ name }) => name)).toEqual([]);
});
