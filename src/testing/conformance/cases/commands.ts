import { needs, needsTo, type ProviderCase } from '../provider-case.ts';
import type { Scene } from '../scene.ts';
import { bodiesAtOnce } from './outcomes.ts';

const manyFiles = (scene: Scene, count: number): string[] =>
  scene.add(Array.from({ length: count }, (_, index) => scene.file(`${index}.jpg`)));

/** A body of this file, or of any, has begun. */
const bodyBegun = (scene: Scene): Promise<void> =>
  scene.until('a body has begun', async () => (await scene.requests('body')).length > 0);

/** How soon a cancelled connection has to be closed. */
const promptly = 250;

/** What a person asks for, at every moment of the journey. */
export const commandCases: readonly ProviderCase[] = [
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
  {
    number: 87,
    title: 'With abortOnUnmount, what is on its way is cancelled when its last user leaves',
    fault: 'slow-body',
    options: { abortOnUnmount: true },
    async run(scene) {
      const leave = scene.uploader.mount();
      const id = scene.addOne();
      await bodyBegun(scene);
      leave();
      await scene.pass(promptly);
      scene.expectStatus(id, 'cancelled');
    },
  },
  {
    number: 88,
    title: 'Without it, the file goes on with nobody there, and who comes back sees it',
    fault: null,
    async run(scene) {
      const leave = scene.uploader.mount();
      const id = scene.addOne();
      await bodyBegun(scene);
      leave();
      await scene.ended([id]);
      const leaveAgain = scene.uploader.mount();
      scene.expectStatus(id, 'done');
      leaveAgain();
    },
  },
  {
    number: 89,
    title: 'Mounting twice, as StrictMode does, asks, sends and saves once',
    fault: null,
    options: { abortOnUnmount: true },
    async run(scene) {
      scene.uploader.mount()();
      const leave = scene.uploader.mount();
      const id = scene.addOne();
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.sendings()) === 1 && scene.hostCalls === 1, 'something happened twice');
      leave();
    },
  },
  {
    number: 91,
    title: 'A newer picture takes the place of one on its way: only the newer is saved',
    fault: 'slow-body',
    options: { single: true },
    async run(scene) {
      const saved: string[] = [];
      scene.host = ({ name }) => void saved.push(name);
      const old = scene.addOne('old.jpg');
      await bodyBegun(scene);
      const [newer = ''] = scene.add([scene.file('new.jpg')]);
      scene.must(scene.status(old) === 'gone', `the old one is ${scene.status(old)}`);
      await scene.ended([newer]);
      scene.expectStatus(newer, 'done');
      await scene.pass(2000);
      scene.must(saved.join() === 'new.jpg', `saved: ${saved.join()}`);
    },
  },
  {
    number: 92,
    title: 'Retrying one that failed sends that one alone, and the whole is then complete',
    fault: '500-always',
    async run(scene) {
      const failed = scene.addOne('failed.jpg');
      await scene.ended([failed]);
      await scene.rig.heal();
      const good = scene.addOne('good.jpg');
      await scene.ended([good]);
      const before = (await scene.requests('body')).length;
      scene.command('retry', failed);
      await scene.ended();
      scene.expectStatus(failed, 'done');
      scene.expectStatus(good, 'done');
      const after = (await scene.requests('body')).slice(before);
      scene.must(new Set(after.map(({ key }) => key)).size === 1, 'more than one file was sent by the retry');
      scene.must(scene.uploader.getTotals().fraction === 1, 'the whole is not complete');
    },
  },
  {
    number: 93,
    title: 'Retrying what is done does nothing',
    fault: null,
    async run(scene) {
      const id = scene.addOne();
      await scene.ended([id]);
      const before = (await scene.requests()).length;
      scene.command('retry', id);
      await scene.pass(1000);
      scene.expectStatus(id, 'done');
      scene.must((await scene.requests()).length === before, 'something was sent');
    },
  },
  {
    number: 94,
    title: 'Reordered on the way, files end in the order the person gave them',
    fault: null,
    async run(scene) {
      const ids = manyFiles(scene, 4);
      await bodyBegun(scene);
      const wanted = [...ids].toReversed();
      scene.uploader.reorder(wanted);
      await scene.ended(ids);
      const { records } = await scene.uploader.settled();
      const saved = (records as { id: string }[]).map(({ id }) => id);
      scene.must(saved.join() === wanted.join(), 'the final order is another');
    },
  },
  {
    number: 95,
    title: 'Started twice, as by Enter and a click, a file is sent and saved once',
    fault: null,
    options: { autoUpload: false },
    async run(scene) {
      const id = scene.addOne();
      await scene.until('it is ready', () => scene.status(id) === 'ready');
      scene.command('start', id);
      scene.command('start', id);
      await scene.ended([id]);
      scene.command('start', id);
      await scene.pass(500);
      scene.expectStatus(id, 'done');
      scene.must((await scene.sendings()) === 1 && scene.hostCalls === 1, 'it was sent or saved more than once');
    },
  },
  {
    number: 97,
    title: 'Paused and resumed, a file goes on where it was: no finished part is sent again',
    fault: 'slow-body',
    unfit: needsTo('resume'),
    async run(scene) {
      const id = scene.addOne();
      await scene.until('half of it is sent', () => scene.uploader.getProgress(id).fraction >= 0.4);
      const sent = scene.uploader.getProgress(id).sent;
      scene.command('pause', id);
      await scene.pass(3000);
      scene.expectStatus(id, 'paused');
      const finished = (await scene.requests('body')).filter(({ endedAt }) => endedAt !== null).length;
      scene.command('resume', id);
      await scene.until('it goes on', () => scene.status(id) === 'uploading');
      scene.must(scene.uploader.getProgress(id).sent >= Math.min(sent, 1), 'it began from nothing');
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      const parts = (await scene.requests('body')).map(({ part }) => part);
      const again = parts.filter((part, index) => part !== undefined && parts.indexOf(part) < index);
      // the one that was half-way when the person paused has to go again
      scene.must(again.length <= 1 && finished > 0, `parts sent again: ${again.join()}`);
    },
  },
  {
    number: 97,
    title: 'Paused for a minute, nothing moves; resumed, the file arrives',
    fault: 'slow-body',
    unfit: needsTo('abort'),
    async run(scene) {
      const id = scene.addOne();
      await bodyBegun(scene);
      scene.command('pause', id);
      await scene.pass(promptly);
      const open = (await scene.requests('body')).filter(({ endedAt }) => endedAt === null);
      scene.must(open.length === 0, 'bytes still move');
      const before = (await scene.requests()).length;
      await scene.pass(scene.rig.advance === undefined ? 1000 : 60_000);
      scene.expectStatus(id, 'paused');
      scene.must((await scene.requests()).length === before, 'something was sent while paused');
      scene.command('resume', id);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.objects()).length === 1, 'there is not exactly one object');
    },
  },
  {
    number: 97,
    title: 'Paused where nothing can be aborted, the transfer is taken up again, and no byte is sent twice',
    fault: 'slow-body',
    unfit: ({ capabilities }) => (capabilities.abort ? 'the provider can abort' : null),
    async run(scene) {
      const id = scene.addOne();
      await bodyBegun(scene);
      scene.command('pause', id);
      await scene.pass(1000);
      scene.expectStatus(id, 'paused');
      scene.command('resume', id);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.sendings()) === 1, 'bytes that were on their way were sent again');
    },
  },
];
