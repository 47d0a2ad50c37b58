import { type Kinds, defineKinds } from '../../src/core/kinds.ts';
import { mintId } from '../../src/core/id.ts';
import type { UploadRecord } from '../../src/core/record.ts';
import {
  type Hooks,
  type Logger,
  type RecordStore,
  type Storage,
  type UploadServer,
  type UploadServerOptions,
  createUploadServer,
  memoryRecords,
  memoryStorage,
} from '../../src/server/index.ts';
import { png } from './pictures.ts';
import { secret } from './secret.ts';

export const origin = 'http://127.0.0.1:3000';
export const basePath = '/api/files';
export { secret };
export const freshId = (now = Date.now()): string => mintId(now, crypto.getRandomValues(new Uint8Array(16)));

export const kinds = defineKinds({
  photos: { accept: ['image/png', 'image/jpeg'], maxSize: '1 MB', maxFiles: 3 },
  avatar: { accept: 'image/*', maxSize: '1 MB', single: true },
  drafts: { accept: 'image/*', keep: 'on-claim' },
  open: { accept: 'image/*', visibility: 'public' },
  checked: { accept: 'image/*', checksum: true },
  anything: {},
});

/** An hour-hand for the server: pauses pass at once and move it. */
export interface ServerClock {
  now(): number;
  move(milliseconds: number): void;
}

export interface TestServer {
  files: UploadServer;
  storage: Storage;
  records: RecordStore;
  clock: ServerClock;
  /** What the server had to say to its operator. */
  logged: { message: string; cause: unknown }[];
  /** One request as this person; null: nobody is signed in. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Presign and PUT, without confirm. */
  send(options?: SendOptions): Promise<Sent>;
  /** Presign, PUT and confirm; fails the test unless it is stored. */
  upload(options?: SendOptions): Promise<UploadRecord>;
}
interface CallOptions {
  user?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}
export interface Answer {
  status: number;
  headers: Headers;
  // answers of many shapes; each test says what it expects of one
  // eslint-disable-next-line typescript/no-explicit-any
  body: any;
}
interface SendOptions {
  user?: string;
  id?: string;
  kind?: string;
  name?: string;
  type?: string;
  bytes?: Uint8Array<ArrayBuffer>;
  size?: number;
  metadata?: unknown;
  checksum?: string;
  source?: UploadRecord['source'];
}
interface Sent {
  id: string;
  ticket: string;
  url: string;
  put: Response;
}

/** The real server on stores in memory, at a time that the test decides. */
export function startServer<const K extends Kinds = typeof kinds, const H extends Hooks<K> = Hooks<K>>(
  options: Partial<UploadServerOptions<K, H>> = {},
): TestServer {
  let now = Date.UTC(2030, 0, 1);
  const clock = { now: () => now, move: (milliseconds: number) => void (now += milliseconds) };
  const logged: TestServer['logged'] = [];
  const logger: Logger = {
    error: (message, cause) => void logged.push({ message, cause }),
    warn: (message) => void logged.push({ message, cause: undefined }),
  };
  const storage = memoryStorage();
  const records = memoryRecords();
  const files = createUploadServer({
    kinds: kinds as unknown as K,
    authenticate: (request) => {
      const userId = request.headers.get('x-user');
      return userId === null ? null : { userId };
    },
    storage,
    records,
    secret,
    logger,
    ports: {
      now: clock.now,
      // a real turn of the loop, so that others get theirs
      sleep: async (milliseconds) => {
        clock.move(milliseconds);
        await new Promise((resolve) => setTimeout(resolve, 1));
      },
    },
    ...options,
  }) as unknown as UploadServer;

  const call: TestServer['call'] = async (method, path, { user = 'user-1', body, headers = {} } = {}) => {
    const url = path.startsWith('http') ? path : `${origin}${basePath}${path}`;
    const response = await files.handler(
      new Request(url, {
        method,
        headers: {
          ...(user === null ? {} : { 'x-user': user }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const send: TestServer['send'] = async ({ user = 'user-1', id = freshId(), bytes = png(), ...given } = {}) => {
    const file = {
      id,
      kind: 'photos',
      name: 'beach.png',
      type: 'image/png',
      size: bytes.length,
      metadata: {},
      ...given,
    };
    const { body } = await call('POST', '/presign', { user, body: { files: [file] } });
    const [plan] = body.files ?? [];
    if (plan?.url === undefined) throw new Error(`not presigned: ${JSON.stringify(body)}`);
    const put = await files.handler(new Request(plan.url, { method: 'PUT', headers: plan.headers, body: bytes }));
    return { id, ticket: plan.ticket, url: plan.url, put };
  };
  return {
    files,
    storage: options.storage !== undefined && 'id' in options.storage ? options.storage : storage,
    records: options.records ?? records,
    clock,
    logged,
    call,
    send,
    async upload(given = {}) {
      const { id } = await send(given);
      const { status, body } = await call('POST', '/confirm', { user: given.user ?? 'user-1', body: { id } });
      if (status !== 200) throw new Error(`not stored: ${status} ${JSON.stringify(body)}`);
      return body.record;
    },
  };
}
