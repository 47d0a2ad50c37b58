import { needsTo, type ProviderCase } from '../provider-case.ts';
import { bodyBegun, manyFiles, promptly } from './moments.ts';

/** What else a person, or the component for them, asks for. */
export const commandCases: readonly ProviderCase[] = [
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
