import type { Kinds } from '../core/kinds.ts';
import { type Deployment, deploy } from './deployment.ts';
import { handle, isGuidePath, pathUnder } from './handler.ts';
import type { HookData, Hooks, UploadServerOptions } from './options.ts';
import { type Mine, mine } from './mine.ts';
import type { SweepReport } from './sweep.ts';

/** Answers one request; mount it for every method. */
export type Handler = (request: Request) => Promise<Response>;

export interface UploadServer<K extends Kinds = Kinds, Data = unknown> {
  /** Answers every request under `basePath`, and the guide's two where they are on; needs nothing but Request and Response. */
  handler: Handler;
  GET: Handler;
  HEAD: Handler;
  POST: Handler;
  PUT: Handler;
  DELETE: Handler;
  OPTIONS: Handler;
  /** With `guideRoutes`: the two endpoints of the B2 guide alone, for routers that mount by file. */
  guide: Handler | undefined;
  /** Whether `handler` would answer this request with anything but "not here". */
  owns(request: Request): boolean;
  /** The same powers without HTTP, for server actions, jobs and tests. */
  as(user: { userId: string }): Mine;
  /** Does what is due: run it every few minutes, from anywhere, any number of times. */
  sweep(options?: { limit?: number }): Promise<SweepReport>;
  /** Erases everything of one person; `failed` names what to try again. */
  eraseOwner(userId: string): Promise<{ erased: number; failed: string[] }>;
  /** Type only: what the browser half infers kinds and `record.data` from. */
  readonly '~kinds'?: K;
  readonly '~data'?: Data;
}

/**
 * The server half: signs uploads, proves that the bytes arrived, keeps the row, and lets go of nothing but on the
 * ledger's word. Throws at once on options that could only fail later.
 */
export function createUploadServer<const K extends Kinds, const H extends Hooks<K> = Hooks<K>>(
  options: UploadServerOptions<K, H>,
): UploadServer<K, HookData<H>> {
  const deployment: Deployment = deploy(options);
  const { guide } = deployment;
  const handler: Handler = (request) => handle(request, deployment);
  return {
    handler,
    GET: handler,
    HEAD: handler,
    POST: handler,
    PUT: handler,
    DELETE: handler,
    OPTIONS: handler,
    guide:
      guide === null
        ? undefined
        : async (request) => (await import('./later.ts')).handleGuide(request, deployment, guide),
    owns: (request) => pathUnder(deployment.basePath, request) !== null || isGuidePath(deployment, request),
    as: ({ userId }) => mine(deployment, userId),
    sweep: async (limits) => (await import('./later.ts')).sweep(deployment, limits),
    eraseOwner: async (userId) => (await import('./later.ts')).eraseOwner(deployment, userId),
  };
}
