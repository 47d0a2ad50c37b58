import { type AddressInfo, type Socket, createServer } from 'node:net';
import { BSON } from 'mongodb';
import { CommandError, type Document, changed, copyOf, matches, sorted } from './mongo-documents.ts';

const queryOp = 2004;
const replyOp = 1;
const messageOp = 2013;

interface MongoWire {
  url: string;
  close(): Promise<void>;
}

/**
 * Speaks enough of MongoDB's wire protocol for the official driver to insert, find, find-and-modify and delete,
 * with `_id` unique. It is not MongoDB: what it does not know it refuses.
 */
export async function startMongoWire(): Promise<MongoWire> {
  const collections = new Map<string, Document[]>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy()); // a driver that closes in the middle of a message
    let waiting: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
        const message = waiting.subarray(0, waiting.readInt32LE(0));
        waiting = waiting.subarray(message.length);
        socket.write(answer(message, (command) => execute(command, collections)));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/?directConnection=true`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const greeting = {
  isWritablePrimary: true,
  ismaster: true,
  helloOk: true,
  maxBsonObjectSize: 16 * 2 ** 20,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  ok: 1,
};

function execute(command: Document, collections: Map<string, Document[]>): Document {
  const [name = ''] = Object.keys(command);
  const key = `${String(command['$db'])}.${String(command[name])}`;
  const documents = collections.get(key) ?? [];
  collections.set(key, documents);
  switch (name) {
    case 'hello':
    case 'ismaster':
    case 'isMaster':
      return { ...greeting, localTime: new Date() };
    case 'ping':
    case 'endSessions':
    case 'createIndexes':
      return { ok: 1 };
    case 'insert':
      return insert(documents, command['documents'] as Document[]);
    case 'find': {
      const { filter = {}, sort, limit = 0 } = command as { filter?: Document; sort?: Document; limit?: number };
      const found = sorted(
        documents.filter((one) => matches(one, filter)),
        sort,
      );
      const firstBatch = limit > 0 ? found.slice(0, limit) : found;
      return { cursor: { id: BSON.Long.ZERO, ns: key, firstBatch }, ok: 1 };
    }
    case 'findAndModify': {
      const { query, update, sort } = command as { query: Document; update: Document; sort?: Document };
      const [found] = sorted(
        documents.filter((one) => matches(one, query)),
        sort,
      );
      if (found === undefined) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
      const next = changed(found, update);
      documents[documents.indexOf(found)] = next;
      return { lastErrorObject: { n: 1, updatedExisting: true }, value: command['new'] === true ? next : found, ok: 1 };
    }
    case 'delete': {
      const [{ q } = { q: {} }] = command['deletes'] as { q: Document }[];
      const kept = documents.filter((one) => !matches(one, q));
      const n = documents.length - kept.length;
      collections.set(key, kept);
      return { n, ok: 1 };
    }
    default:
      throw new CommandError(59, 'CommandNotFound', `no such command: '${name}'`);
  }
}

function insert(documents: Document[], fresh: Document[]): Document {
  const writeErrors: Document[] = [];
  for (const [index, document] of fresh.entries()) {
    if (documents.some((one) => matches(one, { _id: document['_id'] }))) {
      const keyValue = { _id: document['_id'] };
      writeErrors.push({ index, code: 11_000, keyPattern: { _id: 1 }, keyValue, errmsg: 'E11000 duplicate key error' });
      break;
    }
    documents.push(copyOf(document));
  }
  return { n: fresh.length - writeErrors.length, ...(writeErrors.length > 0 ? { writeErrors } : {}), ok: 1 };
}

function answer(message: Buffer, run: (command: Document) => Document): Buffer {
  const safely = (command: Document): Document => {
    try {
      return run(command);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName };
    }
  };
  const operation = message.readInt32LE(12);
  if (operation === queryOp) {
    // only the driver's first greeting comes this way: flags, name, two counts, then the document
    const command = BSON.deserialize(message.subarray(message.indexOf(0, 20) + 9));
    const prefix = Buffer.alloc(20);
    prefix.writeInt32LE(8, 0);
    prefix.writeInt32LE(1, 16);
    return framed(message, replyOp, Buffer.concat([prefix, BSON.serialize(safely(command))]));
  }
  return framed(message, messageOp, Buffer.concat([Buffer.alloc(5), BSON.serialize(safely(commandIn(message)))]));
}

/** Section 0 is the command; a section 1 is a list of documents that belongs to it under a name. */
function commandIn(message: Buffer): Document {
  let command: Document = {};
  const lists: Document = {};
  for (let at = 20; at < message.length;) {
    const kind = message[at] ?? 0;
    const length = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + length);
    at += 1 + length;
    if (kind === 0) {
      command = BSON.deserialize(section);
      continue;
    }
    const end = section.indexOf(0, 4);
    const documents: Document[] = [];
    for (let from = end + 1; from < length; from += section.readInt32LE(from)) {
      documents.push(BSON.deserialize(section.subarray(from, from + section.readInt32LE(from))));
    }
    lists[section.toString('utf8', 4, end)] = documents;
  }
  return { ...command, ...lists };
}

function framed(request: Buffer, operation: number, body: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(request.readInt32LE(4), 8);
  header.writeInt32LE(operation, 12);
  return Buffer.concat([header, body]);
}
