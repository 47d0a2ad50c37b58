// server/adapters/node.d.ts
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UploadServer } from '../create-upload-server.ts';
/** What Express, Nest and body parsers add to a request. */
export type NodeRequest = IncomingMessage & {
    originalUrl?: string;
    body?: unknown;
};
/** What `http.createServer`, Express and Nest take. */
export type NodeHandler = (request: NodeRequest, response: ServerResponse, next?: () => void) => void;
/**
 * For `http.createServer`, Express and Nest, before or after a body parser. A request that is not ours goes to
 * `next` where there is one.
 */
export declare function toNodeHandler(server: Pick<UploadServer, 'handler' | 'owns'>): NodeHandler;

// server/create-upload-server.d.ts: see server.api.d.ts

// core/kinds.d.ts: see core.api.d.ts

// core/rules.d.ts: see core.api.d.ts

// core/errors.d.ts: see core.api.d.ts

// core/size.d.ts: see core.api.d.ts

// core/standard-schema.d.ts: see core.api.d.ts

// core/json.d.ts: see core.api.d.ts

// server/options.d.ts: see server.api.d.ts

// core/jsonified.d.ts: see server.api.d.ts

// core/record.d.ts: see core.api.d.ts

// core/crop-state.d.ts: see core.api.d.ts

// core/provider.d.ts: see core.api.d.ts

// core/id.d.ts: see core.api.d.ts

// core/send.d.ts: see core.api.d.ts

// server/lifetimes.d.ts: see server.api.d.ts

// server/ports.d.ts: see server.api.d.ts

// server/record-store.d.ts: see server.api.d.ts

// server/storage.d.ts: see server.api.d.ts

// server/mine.d.ts: see server.api.d.ts

// core/protocol.d.ts: see server.api.d.ts

// server/claim.d.ts: see server.api.d.ts

// server/deployment.d.ts: see server.api.d.ts

// server/ticket.d.ts: see server.api.d.ts

// server/ticket-claims.d.ts: see server.api.d.ts

// server/put-bytes.d.ts: see server.api.d.ts

// server/sweep.d.ts: see server.api.d.ts
