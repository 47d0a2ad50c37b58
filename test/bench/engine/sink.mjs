// A store and a server half that do as little as can be done, so that what is measured is the browser's side.
import { createServer } from 'node:http';

const json = (response, body) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
const read = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Listens on loopback; counts what it is asked. `page` answers everything it does not know. */
export async function startSink(page) {
  const counts = { presign: 0, put: 0, confirm: 0 };
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url, 'http://sink');
    if (pathname === '/files/presign') {
      counts.presign += 1;
      const { files } = JSON.parse(await read(request));
      const expiresAt = new Date(Date.now() + 300_000).toISOString();
      const plan = ({ id }) => ({ id, url: `${base}/put/${id}`, method: 'PUT', headers: {}, ticket: 't', expiresAt });
      json(response, { files: files.map(plan), now: new Date().toISOString() });
    } else if (pathname.startsWith('/put/')) {
      counts.put += 1;
      for await (const chunk of request) void chunk;
      response.end();
    } else if (pathname === '/files/confirm') {
      counts.confirm += 1;
      const asked = JSON.parse(await read(request));
      const record = ({ id }) => ({ version: 1, id, key: id, url: null, data: null, size: 10_000, type: 'image/jpeg' });
      const answers = asked.files?.map((file) => ({ id: file.id, record: record(file) }));
      json(response, answers === undefined ? { record: record(asked) } : { files: answers });
    } else {
      const { type, body } = page(pathname);
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  return {
    base,
    counts,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
