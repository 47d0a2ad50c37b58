import type { ProviderCase } from '../provider-case.ts';
import { arrivesOnce, failsAtOnce, failsWithin } from './outcomes.ts';

/** What is asked before a body goes out. */
export const presignCases: readonly ProviderCase[] = [
  {
    number: 19,
    title: 'A batch that meets 401 asks the host to sign in once, and then arrives',
    fault: '401-once',
    async run(scene) {
      const ids = scene.add(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg'].map((name) => scene.file(name)));
      await scene.ended(ids);
      for (const id of ids) scene.expectStatus(id, 'done');
      scene.must(scene.rig.signIns?.() === 1, `the host was asked ${scene.rig.signIns?.()} times`);
    },
  },
  {
    number: 46,
    title: 'Bodies that fill every slot do not keep the next address from being asked for',
    fault: 'stall',
    async run(scene) {
      const width = Math.min(4, scene.rig.provider.capabilities.width);
      const names = Array.from({ length: width }, (_, index) => `${index}.jpg`);
      const ids = scene.add(names.map((name) => scene.file(name)));
      await scene.until('every slot is taken', async () => (await scene.requests('body')).length >= width);
      const asked = (await scene.requests('presign')).length;
      const late = scene.addOne('late.jpg');
      ids.push(late);
      await scene.pass(Math.min(500, scene.limits.stall / 2));
      // a provider that asks for no address has nothing to be starved of
      const now = (await scene.requests('presign')).length;
      scene.must(asked === 0 || now > asked, 'no address was asked for while bodies were on their way');
      const bodies = (await scene.requests('body')).length;
      scene.must(bodies === width, `${bodies} bodies at once, and the width is ${width}`);
      scene.must(scene.status(late) === 'queued', `the last file is ${scene.status(late)}`);
      scene.command('cancel', ...ids);
      await scene.ended(ids);
    },
  },
  {
    number: 47,
    title: 'One failure of the first request is tried again',
    fault: 'presign-500-once',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.requests('presign')).length >= 2, 'it was not asked again');
    },
  },
  {
    number: 48,
    title: 'A page in place of an address fails, and no byte goes out',
    fault: 'presign-html',
    async run(scene) {
      const id = await failsWithin(scene, 'bad-response');
      scene.must((await scene.requests('body')).length === 0, 'bytes went out');
      scene.must(!JSON.stringify(scene.item(id)).includes('<html'), 'the page is in the item');
    },
  },
  {
    number: 49,
    title: 'A first request whose connection is reset is tried again',
    fault: 'presign-reset',
    async run(scene) {
      await arrivesOnce(scene);
    },
  },
  {
    number: 50,
    title: 'A refusal in words reaches the item in those words, and nothing is tried again',
    fault: 'presign-422',
    async run(scene) {
      const id = await failsAtOnce(scene, 'refused', 'bad-request', 'metadata-invalid');
      const item = scene.expectStatus(id, 'failed');
      const said = `${item?.error.message} ${JSON.stringify(item?.error.details)}`;
      scene.must(said.includes('This album is full.'), `the error says: ${said}`);
      scene.must((await scene.requests('presign')).length === 1, 'it was asked again');
    },
  },
  {
    number: 51,
    title: 'Answers in another order than asked still reach the file they belong to',
    fault: 'presign-reordered',
    async run(scene) {
      const ids = scene.add(['a.jpg', 'b.jpg', 'c.jpg'].map((name) => scene.file(name)));
      await scene.ended(ids);
      for (const id of ids) scene.expectStatus(id, 'done');
      scene.must((await scene.objects()).length === 3, 'there are not three objects');
    },
  },
  {
    number: 52,
    title: 'An address that has expired on arrival is asked for anew',
    fault: 'presign-expired',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.requests('presign')).length >= 2, 'no new address was asked for');
    },
  },
  {
    number: 53,
    title: 'An address of an origin that nobody allowed gets no byte',
    fault: 'foreign-origin',
    async run(scene) {
      await failsAtOnce(scene, 'foreign-origin');
      scene.must((await scene.requests('body')).length === 0, 'bytes went to a foreign origin');
    },
  },
];
