import { type Kinds, kindOf } from '../core/kinds.ts';
import { UploadError } from '../core/errors.ts';
import type { KindOptions } from '../core/kinds.ts';
import { type Rules, toRules } from '../core/rules.ts';
import { type Size, toBytes } from '../core/size.ts';
import { environmentVariable } from './environment.ts';
import { type Lifetimes, lifetimesFrom } from './lifetimes.ts';
import type { AuthorizeQuestion, Hooks, KindHooks, Logger, UploadServerOptions, Webhook } from './options.ts';
import { type Ports, realPorts } from './ports.ts';
import type { LedgerRow, RecordStore } from './record-store.ts';
import type { Storage } from './storage.ts';
import { type Tickets, createTickets } from './ticket.ts';

export interface KindPlan {
  name: string;
  options: KindOptions;
  rules: Rules;
  hooks: KindHooks;
}

/** The options, read and completed: what every route works with. Nothing in it changes after creation. */
export interface Deployment {
  kinds: ReadonlyMap<string, KindPlan>;
  storages: { private: Storage; public: Storage };
  records: RecordStore;
  /** Asked for at each use, since a secret may have to be fetched first. */
  tickets: () => Promise<Tickets>;
  lifetimes: Lifetimes;
  limits: { perUser: number; perAddress: number | null; bytes: number | null; proxy: number };
  authenticate: (request: Request) => Promise<string | null>;
  authorize: (question: AuthorizeQuestion) => Promise<boolean> | boolean;
  /** True where somebody other than the owner might be let in. */
  hasOwnPolicy: boolean;
  allowAnonymous: boolean;
  basePath: string;
  publicOrigin: string | null;
  allowsOrigin: (origin: string) => boolean;
  clientAddress: (request: Request) => string | null;
  guide: { kind: string; maxSize: number } | null;
  webhooks: Readonly<Record<string, Webhook>>;
  sweepSecret: string | null;
  /** For what may happen after the answer; awaited where the runtime would not keep it alive. */
  afterwards: (work: Promise<unknown>) => Promise<void>;
  logger: Logger;
  ports: Ports;
}

/** Reads the options; throws at once, with the cure, on what could only fail later. */
export function deploy<K extends Kinds, H extends Hooks<K>>(options: UploadServerOptions<K, H>): Deployment {
  const {
    authenticate,
    authorize,
    allowAnonymous = false,
    cors,
    limits = {},
    clientAddress,
    logger = console,
  } = options;
  if (authenticate === undefined && !allowAnonymous) {
    throw new TypeError(
      'createUploadServer: `authenticate` is missing. Say who is asking, or write `allowAnonymous: true` if you mean everybody',
    );
  }
  const { storage } = options;
  const storages = 'private' in storage ? storage : { private: storage, public: storage };
  const kinds = new Map(
    Object.keys(options.kinds).map((name) => [name, planOf(name, options.kinds, options.hooks)] as const),
  );
  for (const { name, options: kind } of kinds.values()) {
    if (kind.visibility !== 'public' && storages.private.visibility === 'public') {
      throw new TypeError(
        `createUploadServer: kind ${JSON.stringify(name)} is private, but its storage is public. Give { private, public }`,
      );
    }
  }
  if (clientAddress === undefined && limits.presignsPerMinutePerAddress !== undefined) {
    throw new TypeError('createUploadServer: a limit per address needs `clientAddress`');
  }
  if (clientAddress === undefined && allowAnonymous) {
    logger.warn('slipway: no `clientAddress`, so anonymous visitors are not limited by address');
  }
  const basePath = (options.basePath ?? '/api/files').replace(/^\/*/, '/').replace(/\/+$/, '');
  const publicOrigin = options.publicOrigin?.replace(/\/+$/, '') ?? null;
  if (publicOrigin !== null) checkOriginText('publicOrigin', publicOrigin);
  const origins = cors?.origins ?? [];
  if (typeof origins !== 'function') for (const origin of origins) checkOriginText('cors.origins', origin);
  const waiting = options.waitUntil;

  return {
    kinds,
    storages,
    records: options.records,
    tickets: ticketsOf(options.secret, storages.private, `${basePath} ${storages.private.id}`),
    lifetimes: lifetimesFrom(options.lifetimes),
    limits: {
      perUser: limits.presignsPerMinute ?? 120,
      perAddress: limits.presignsPerMinutePerAddress ?? (clientAddress === undefined ? null : 600),
      bytes: limits.bytesPerUser === undefined ? null : toBytes(limits.bytesPerUser),
      proxy: toBytes(limits.proxyBytes ?? '10 MB'),
    },
    authenticate: async (request) => readUserId((await authenticate?.(request))?.userId),
    authorize: authorize ?? (() => true),
    hasOwnPolicy: authorize !== undefined,
    allowAnonymous,
    basePath,
    publicOrigin,
    allowsOrigin: typeof origins === 'function' ? origins : (origin) => origins.includes(origin),
    clientAddress: clientAddress ?? (() => null),
    guide: options.guideRoutes === undefined ? null : readGuide(options.guideRoutes, kinds),
    webhooks: options.webhooks ?? {},
    sweepSecret: options.sweepSecret ?? null,
    async afterwards(work) {
      const guarded = work.catch((cause: unknown) => logger.error('slipway: work after the answer failed', cause));
      if (waiting === undefined) await guarded;
      else waiting(guarded);
    },
    logger,
    ports: { ...realPorts, ...options.ports },
  };
}

/** Own kinds only. */
export function kindPlan(deployment: Deployment, kind: string | null): KindPlan {
  const plan = kind === null ? undefined : deployment.kinds.get(kind);
  if (plan === undefined) throw new UploadError('unknown-kind', { kind: String(kind).slice(0, 64) });
  return plan;
}

export const storageOf = (deployment: Deployment, { storage }: Pick<LedgerRow, 'storage'>): Storage =>
  deployment.storages[storage];

function planOf<K extends Kinds>(name: string, kinds: K, hooks: Hooks<K> | undefined): KindPlan {
  const options = kindOf(kinds, name) ?? {};
  const own = hooks !== undefined && Object.hasOwn(hooks, name) ? hooks[name] : undefined;
  // a kind's hooks know its metadata by type; inside, records are the same values with that knowledge dropped
  return { name, options, rules: toRules(options), hooks: own ?? {} };
}

/** Browsers send origins in one form only; any other would never be equal to it. */
function checkOriginText(option: string, origin: string): void {
  const isOrigin = URL.canParse(origin) && /^https?:/.test(origin) && new URL(origin).origin === origin;
  if (isOrigin) return;
  throw new TypeError(
    `createUploadServer: ${option} holds ${JSON.stringify(origin)}, which no browser sends. Write scheme, host and port alone: "https://example.org"`,
  );
}

/** An empty name would make one person of everybody who has none. */
function readUserId(userId: unknown): string | null {
  if (userId === undefined || userId === null) return null;
  if (typeof userId === 'string' && userId !== '') return userId;
  throw new TypeError(
    'createUploadServer: authenticate(request) must give null or a `userId` that is text and not empty; write String(id) for numbers',
  );
}

function readGuide(
  { kind, maxSize }: { kind: string; maxSize: Size },
  kinds: ReadonlyMap<string, KindPlan>,
): Deployment['guide'] {
  if (!kinds.has(kind)) throw new TypeError(`createUploadServer: guideRoutes names no kind of yours: ${kind}`);
  return { kind, maxSize: toBytes(maxSize) };
}

function ticketsOf(secret: string | readonly string[] | undefined, storage: Storage, audience: string) {
  const given = secret ?? environmentVariable('SLIPWAY_SECRET');
  // a storage keeps a secret for development only
  const hasOwn = storage.secret !== undefined && environmentVariable('NODE_ENV') !== 'production';
  if (given === undefined && !hasOwn) {
    throw new TypeError(
      'createUploadServer: `secret` is missing. Give 32 random bytes or more, or set SLIPWAY_SECRET (openssl rand -base64 32)',
    );
  }
  const secrets = given === undefined ? [] : [given].flat();
  if (secrets.some((one) => new TextEncoder().encode(one).length < 32)) {
    throw new TypeError('createUploadServer: each `secret` needs 32 bytes or more');
  }
  let tickets: Promise<Tickets> | undefined;
  return (): Promise<Tickets> => {
    tickets ??= (async () =>
      createTickets(given === undefined ? [(await storage.secret?.()) ?? ''] : secrets, audience))();
    return tickets.catch((error: unknown) => {
      tickets = undefined; // asked again next time
      throw error;
    });
  };
}
