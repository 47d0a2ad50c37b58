import { needsTo, type ProviderCase } from '../provider-case.ts';
import type { Scene } from '../scene.ts';
import { arrivesOnce, failsAtOnce, failsWithin } from './outcomes.ts';

/** How often each part was sent. */
async function sentParts(scene: Scene): Promise<Map<number, number>> {
  const times = new Map<number, number>();
  for (const { part } of await scene.requests('body')) {
    if (part !== undefined) times.set(part, (times.get(part) ?? 0) + 1);
  }
  return times;
}

/** A file that goes in parts: its beginning, its parts, its completion. */
export const multipartCases: readonly ProviderCase[] = [
  {
    number: 7,
    title: 'One answer of 500 to a part sends that part again, and no other',
    fault: 'part-500-once',
    async run(scene) {
      await arrivesOnce(scene);
      const times = await sentParts(scene);
      const again = [...times].filter(([, count]) => count > 1).map(([part]) => part);
      scene.must(again.join() === '2' && times.get(2) === 2, `sent again: ${again.join()}`);
    },
  },
  {
    number: 26,
    title: 'An ETag that CORS hides fails at once and never hangs',
    fault: 'etag-hidden',
    async run(scene) {
      await failsAtOnce(scene, 'etag-not-exposed');
    },
  },
  {
    number: 38,
    title: 'A completion of 200 with an error inside never counts as success',
    fault: 'complete-200-error',
    async run(scene) {
      await failsWithin(scene, 'unavailable', 'store-refused', 'not-uploaded');
      scene.must((await scene.objects()).length === 0, 'there is an object after all');
      scene.must((await scene.requests('complete')).length >= 2, 'completing was not tried again');
    },
  },
  {
    number: 38,
    title: 'A completion that fails so once is asked again, and no part is sent again',
    fault: 'complete-200-error-once',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) === 1, 'a part was sent again');
    },
  },
  {
    number: 39,
    title: 'One failure of the completion is asked again, and no part is sent again',
    fault: 'complete-500-once',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) === 1, 'a part was sent again');
      scene.must((await scene.requests('complete')).length === 2, 'it was not completed exactly once more');
    },
  },
  {
    number: 40,
    title: 'When the reply to the completion is lost, the object is found by asking, and no part is sent again',
    fault: 'complete-lost-reply',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) === 1, 'a part was sent again');
    },
  },
  {
    number: 41,
    title: 'A part that is not what was promised is sent again alone',
    fault: 'part-mismatch-once',
    async run(scene) {
      await arrivesOnce(scene);
      const again = [...(await sentParts(scene))].filter(([, count]) => count > 1).map(([part]) => part);
      scene.must(again.join() === '2', `sent again: ${again.join()}`);
    },
  },
  {
    number: 42,
    title: 'Going on with a file of 1,500 parts sends none of the finished ones again',
    fault: 'many-parts',
    unfit: needsTo('resume'),
    async run(scene) {
      const id = scene.addOne();
      await scene.until('more than one page of parts is there', async () => (await sentParts(scene)).size > 1100);
      scene.command('pause', id);
      await scene.pass(1000);
      const before = await sentParts(scene);
      scene.command('resume', id);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      const again = [...(await sentParts(scene))].filter(([part, count]) => count > (before.get(part) ?? 1));
      // a part that was half-way when the person paused may go again
      scene.must(again.length <= 8, `${again.length} parts were sent again`);
    },
  },
  {
    number: 43,
    title: 'When the store has forgotten the upload, a new one begins and the file arrives',
    fault: 'upload-id-expired',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.requests('presign')).length >= 2, 'no new upload was begun');
    },
  },
  {
    number: 44,
    title: 'Parts of another size than those of today are not counted, and the object is whole',
    fault: 'part-size-changed',
    unfit: needsTo('resume'),
    async run(scene) {
      const id = scene.addOne();
      await scene.until('one part is there', async () =>
        (await scene.requests('body')).some(({ part, endedAt }) => part === 1 && endedAt !== null),
      );
      scene.command('pause', id);
      await scene.pass(1000);
      scene.command('resume', id);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
    },
  },
];
