import { build } from 'esbuild';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

const bundle = async (code: string, options: object = {}): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'built',
    target: 'es2022',
    logLevel: 'silent',
    ...options,
  });
  return outputFiles[0]?.text ?? '';
};

describe('a runtime with web standards and nothing else', () => {
  it('loads the server half, and answers', async () => {
    const code = await bundle(
      `import { createUploadServer, memoryRecords, memoryStorage } from './src/server/index.ts';
       import { postgresRecords } from './src/server/records/postgres.ts';
       import { mongoRecords } from './src/server/records/mongo.ts';
       export const stores = [postgresRecords, mongoRecords];
       export const files = createUploadServer({
         kinds: { photos: { accept: 'image/*' } },
         authenticate: () => ({ userId: 'user-1' }),
         storage: memoryStorage(), records: memoryRecords(),
         secret: 'a-test-secret-of-more-than-32-bytes!',
       });`,
    );
    const standards = {
      Request,
      Response,
      Headers,
      URL,
      Blob,
      File,
      FormData,
      ReadableStream,
      TextEncoder,
      TextDecoder,
    };
    const world = {
      ...standards,
      AbortController,
      AbortSignal,
      crypto,
      atob,
      btoa,
      structuredClone,
      setTimeout,
      clearTimeout,
      console,
      Uint8Array,
    };
    const { files } = runInNewContext(`${code}; built`, world) as {
      files: { handler(request: Request): Promise<Response> };
    };
    const post = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' };
      return files.handler(
        new Request(`https://x.example/api/files${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
      );
    };
    const id = '01890000-0000-7000-8000-000000000001';
    const file = { id, kind: 'photos', name: 'a.png', type: 'image/png', size: 4, metadata: {} };
    const presigned = await post('/presign', { files: [file] });
    expect(presigned.status).toBe(200);
    expect((await post('/status', { id })).status).toBe(200);
  });

  it('finds no module of Node in it', async () => {
    const server = `export * from './src/server/index.ts'; export * from './src/server/records/postgres.ts'; export * from './src/server/records/mongo.ts'`;
    await expect(bundle(server, { platform: 'neutral' })).resolves.not.toContain('node:');
    await expect(bundle(`export * from './src/server/storage/disk.ts'`, { platform: 'neutral' })).rejects.toThrow(
      'node:',
    );
  });
});

describe('the browser\u2019s bundle', () => {
  it('holds no word of the server or its hooks, though it shares kinds and types with them', async () => {
    const page = `
      import { createUploader, defineKinds } from './src/core/index.ts';
      import { presigned } from './src/providers/presigned.ts';
      import type { files } from './test/support/hooked-server.ts';
      export type Files = typeof files;
      export const kinds = defineKinds({ photos: { accept: 'image/*' } });
      export const provider = presigned({ endpoint: '/api/files', kinds });
      export { createUploader };`;
    const code = await bundle(page);
    expect(code.length).toBeGreaterThan(10_000);
    for (const word of [
      'word-of-the-hook',
      'onStored',
      'leaseUntil',
      'slipway_uploads',
      'HKDF',
      'createUploadServer',
    ]) {
      expect(code, word).not.toContain(word);
    }
    expect(await bundle(`export { files } from './test/support/hooked-server.ts'`)).toContain('word-of-the-hook');
  });
});
