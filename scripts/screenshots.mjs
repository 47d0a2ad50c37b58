// Takes the pictures of README and docs from the stories, so that they show what is there: `npm run screenshots`.
// Needs a built Storybook (npm run build-storybook). Each row of the table is one element of one story.
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright';
import { chromiumFlags, ensureChromium } from './chromium.mjs';
import { root } from './root.mjs';

const pictures = [
  { name: 'cropper-light', story: 'components-cropper--round', element: '[data-part="cropper-root"]' },
  { name: 'cropper-dark', story: 'components-cropper--dark', element: '[data-part="cropper-root"]' },
];
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
const built = join(root, 'storybook-static');
if (!existsSync(built)) throw new Error('there is no Storybook to take pictures of: npm run build-storybook');

const server = createServer((request, response) => {
  const path = normalize(join(built, new URL(request.url, 'http://here').pathname));
  if (!path.startsWith(built) || !existsSync(path)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
  createReadStream(path).pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
const folder = join(root, 'docs/images');
mkdirSync(folder, { recursive: true });
for (const { name, story, element } of pictures) {
  const page = await browser.newPage({ viewport: { width: 640, height: 800 }, deviceScaleFactor: 1.5 });
  await page.goto(`${base}/iframe.html?viewMode=story&id=${story}`);
  const subject = page.locator(element).first();
  await subject.waitFor();
  await page.waitForLoadState('networkidle');
  await subject.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await page.close();
  console.log(`docs/images/${name}.png`);
}
await browser.close();
server.closeAllConnections();
server.close();
