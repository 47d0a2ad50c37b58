import { needs, needsTo, type ProviderCase } from '../provider-case.ts';
import { bodyBegun, manyFiles, promptly } from './moments.ts';
import { bodiesAtOnce } from './outcomes.ts';

/** Cancelling, at every moment of the journey. */
export const cancelCases: readonly ProviderCase[] = [
  {
    number: 78,
    title: 'Cancelled at once, a file sends no request at all',
    fault: null,
    async run(scene) {
      const id = scene.addOne();
      scene.command('cancel', id);
      await scene.pass(1000);
      scene.expectStatus(id, 'cancelled');
      scene.must((await scene.requests()).length === 0, 'something was sent');
    },
  },
  {
    number: 79,
    title: 'Cancelled while its address is asked for, a file sends no byte',
    fault: 'slow-presign',
    async run(scene) {
      const id = scene.addOne();
      await scene.until('the address is asked for', async () => (await scene.requests('presign')).length > 0);
      scene.command('cancel', id);
      await scene.pass(2000);
      scene.expectStatus(id, 'cancelled');
      scene.must((await scene.requests('body')).length === 0, 'bytes were sent');
    },
  },
  {
    number: 80,
    title: 'Cancelled in mid-body, a file closes its connection within 250 ms',
    fault: 'slow-body',
    unfit: needsTo('abort'),
    async run(scene) {
      const id = scene.addOne();
      await bodyBegun(scene);
      scene.command('cancel', id);
      scene.expectStatus(id, 'cancelled');
      await scene.pass(promptly);
      const open = (await scene.requests('body')).filter(({ endedAt }) => endedAt === null);
      scene.must(open.length === 0, 'the connection is still open');
      await scene.pass(1000);
      scene.must((await scene.objects()).length === 0, 'it was stored all the same');
    },
  },
  {
    number: 80,
    title: 'Cancelled where nothing can be aborted, a file is cancelled at once, and a late result is removed',
    fault: 'slow-body',
    unfit: ({ capabilities, remove }) =>
      capabilities.abort || remove === undefined ? 'the provider can abort, or has no remove()' : null,
    async run(scene) {
      const id = scene.addOne();
      await bodyBegun(scene);
      scene.command('cancel', id);
      scene.expectStatus(id, 'cancelled');
      await scene.until('the late result is removed', async () => (await scene.requests('remove')).length > 0);
      await scene.pass(500);
      scene.must((await scene.objects()).length === 0, 'the late result stays in the store');
      scene.expectStatus(id, 'cancelled');
    },
  },
  {
    number: 81,
    title: 'Cancelled while it waits for its next try, a file sends nothing more',
    fault: '503-retry-after',
    async run(scene) {
      const id = scene.addOne();
      await scene.until('it waits', () => scene.status(id) === 'waiting');
      const before = (await scene.requests('presign', 'body', 'confirm')).length;
      scene.command('cancel', id);
      await scene.pass(4000);
      scene.expectStatus(id, 'cancelled');
      scene.must((await scene.requests('presign', 'body', 'confirm')).length === before, 'it was sent all the same');
    },
  },
  {
    number: 82,
    title: 'Cancelled while its proof is on the way, a file is cancelled and its object removed',
    fault: 'slow-confirm',
    unfit: needs('confirm'),
    async run(scene) {
      const id = scene.addOne();
      await scene.until('the proof is asked for', async () => (await scene.requests('confirm')).length > 0);
      scene.command('cancel', id);
      await scene.pass(4000);
      scene.expectStatus(id, 'cancelled');
      scene.must(scene.hostCalls === 0, 'the host was handed the record of a cancelled file');
      if (scene.rig.provider.remove !== undefined || scene.rig.provider.discard !== undefined) {
        scene.must((await scene.objects()).length === 0, 'the object stays');
      }
    },
  },
  {
    number: 83,
    title: 'Cancelled while the host saves, the record is kept: the file is done',
    fault: null,
    async run(scene) {
      scene.host = () =>
        scene.pass(0).then(() => new Promise((resolve) => void pending.push(() => resolve(undefined))));
      const pending: (() => void)[] = [];
      const id = scene.addOne();
      await scene.until('the host saves', () => pending.length > 0);
      scene.command('cancel', id);
      scene.must(scene.status(id) === 'recording', `it became ${scene.status(id)}`);
      pending.forEach((save) => save());
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.objects()).length === 1, 'the object is gone');
    },
  },
  {
    number: 84,
    title: 'Cancelled when it is done, a file stays done',
    fault: null,
    async run(scene) {
      const id = scene.addOne();
      await scene.ended([id]);
      scene.command('cancel', id);
      await scene.pass(1000);
      scene.expectStatus(id, 'done');
      scene.must((await scene.objects()).length === 1, 'the object is gone');
    },
  },
  {
    number: 85,
    title: 'Cancelling one of twenty lets the others arrive at full width',
    fault: null,
    async run(scene) {
      const ids = manyFiles(scene, 20);
      await bodyBegun(scene);
      const first = ids.find((id) => scene.status(id) === 'uploading') ?? ids[0] ?? '';
      const from = scene.now();
      scene.command('cancel', first);
      await scene.ended(ids);
      scene.expectStatus(first, 'cancelled');
      for (const id of ids) if (id !== first) scene.expectStatus(id, 'done');
      const width = Math.min(4, scene.rig.provider.capabilities.width);
      const most = await bodiesAtOnce(scene, from);
      scene.must(most === width, `${most} at once afterwards, and the width is ${width}`);
    },
  },
  {
    number: 86,
    title: 'Cancelling all leaves no request after 250 ms, and what was begun is given up at the store',
    fault: 'slow-body',
    async run(scene) {
      const { capabilities, discard } = scene.rig.provider;
      const ids = manyFiles(scene, 12);
      await bodyBegun(scene);
      const begun = ids.filter((id) => scene.status(id) === 'uploading').length;
      scene.command('cancel', ...ids);
      await scene.pass(promptly);
      const then = scene.now();
      for (const id of ids) scene.expectStatus(id, 'cancelled');
      if (capabilities.abort) {
        const open = (await scene.requests()).filter(({ step, endedAt }) => endedAt === null && step !== 'discard');
        scene.must(open.length === 0, `${open.length} requests are still open`);
      }
      await scene.pass(3000);
      const late = (await scene.requests('presign', 'body', 'complete', 'confirm')).filter(({ at }) => at > then);
      scene.must(late.length === 0, `${late.length} requests came after that`);
      if (discard === undefined) return;
      const discarded = (await scene.requests('discard')).length;
      scene.must(discarded >= begun, `${begun} were begun, and ${discarded} given up at the store`);
      scene.must((await scene.objects()).length === 0, 'something is stored');
    },
  },
  {
    number: 86,
    title: 'Cancelled while paused, a file is given up at the store',
    fault: 'slow-body',
    unfit: needs('discard'),
    async run(scene) {
      const id = scene.addOne();
      await scene.until('some of it has been sent', () => scene.uploader.getProgress(id).sent > 0);
      scene.command('pause', id);
      await scene.pass(1000);
      scene.expectStatus(id, 'paused');
      scene.command('cancel', id);
      await scene.pass(1000);
      scene.expectStatus(id, 'cancelled');
      scene.must((await scene.requests('discard')).length === 1, 'the store was not told');
    },
  },
];
