import type { ProviderCase } from '../provider-case.ts';
import { needs } from '../provider-case.ts';
import { arrivesOnce, failsAtOnce, failsWithin, longestPause } from './outcomes.ts';

const between = (value: number, least: number, most: number): boolean => value >= least && value <= most;
/** What a machine under load may add to a wait. */
const slack = 700;

/** What the store answers to a body. */
export const answerCases: readonly ProviderCase[] = [
  {
    number: 7,
    title: 'One answer of 500 is tried again',
    fault: '500-once',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) === 2, 'it was not sent exactly once more');
    },
  },
  {
    number: 8,
    title: 'When every answer is 500, the file fails after exactly the tries of the policy',
    fault: '500-always',
    async run(scene) {
      await failsWithin(scene, 'unavailable');
      const sent = await scene.sendings();
      scene.must(sent === scene.retry.attempts, `it was sent ${sent} times`);
    },
  },
  {
    number: 9,
    title: "A gateway's page is tried again, and nobody sees it",
    fault: '502-html',
    async run(scene) {
      const id = await arrivesOnce(scene);
      scene.must(!JSON.stringify(scene.item(id)).includes('<html'), 'the page is in the item');
    },
  },
  {
    number: 10,
    title: '`Retry-After: 2` is obeyed: the next try comes two to three seconds later',
    fault: '503-retry-after',
    async run(scene) {
      await arrivesOnce(scene);
      const pause = await longestPause(scene);
      scene.must(between(pause, 1990, 3000 + slack), `the next try came after ${pause} ms`);
    },
  },
  {
    number: 11,
    title: 'A `Retry-After` date is obeyed',
    fault: '503-retry-after-date',
    async run(scene) {
      await arrivesOnce(scene);
      const pause = await longestPause(scene);
      scene.must(between(pause, 1900, 4000 + slack), `the next try came after ${pause} ms`);
    },
  },
  {
    number: 12,
    title: 'A `Retry-After` of a day is cut short, and the wait is shown with its end',
    fault: '503-retry-after-long',
    async run(scene) {
      const id = scene.addOne();
      await scene.until('it waits', () => scene.status(id) === 'waiting');
      const item = scene.expectStatus(id, 'waiting');
      const left = (item?.until ?? 0) - scene.now();
      scene.must(between(left, 1, scene.retry.retryAfterCap + 1000), `the wait ends in ${left} ms`);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
    },
  },
  {
    number: 13,
    title: '429 makes the file wait as long as it was asked to, and no other file fails',
    fault: '429-retry-after',
    async run(scene) {
      const names = Array.from({ length: 8 }, (_, index) => `${index}.jpg`);
      const ids = scene.add(names.map((name) => scene.file(name)));
      await scene.ended(ids);
      for (const id of ids) scene.expectStatus(id, 'done');
      const waited = ids.filter((id) => scene.journey(id).includes('waiting:rate-limited'));
      scene.must(waited.length === 1, `${waited.length} files show that the store asked for patience`);
      const bodies = await scene.requests('body');
      const key = bodies[0]?.key ?? null;
      const [refused, again] = bodies.filter((body) => body.key === key);
      const pause = (again?.at ?? 0) - (refused?.endedAt ?? 0);
      scene.must(key === null || between(pause, 1990, 3000 + slack), `the next try came after ${pause} ms`);
    },
  },
  {
    number: 14,
    title: 'A signature that has expired is asked for anew, once, and the file arrives',
    fault: '403-expired',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.requests('presign')).length >= 2, 'no new address was asked for');
      scene.must((await scene.sendings()) === 2, 'it was not sent exactly once more');
    },
  },
  {
    number: 15,
    title: 'When a fresh signature is refused too, the file fails without a loop',
    fault: '403-always',
    async run(scene) {
      await failsWithin(scene, 'forbidden');
      scene.must((await scene.sendings()) <= 2, 'a refusal was met with more than one fresh signature');
    },
  },
  {
    number: 16,
    title: "A request whose time is too far off is told as what it is: the device's clock",
    fault: 'clock-skew',
    async run(scene) {
      await failsAtOnce(scene, 'clock-skew');
    },
  },
  {
    number: 17,
    title: 'A body the store finds too large fails at once, with a code of its own',
    fault: 'entity-too-large',
    async run(scene) {
      await failsAtOnce(scene, 'too-large-for-store');
    },
  },
  {
    number: 18,
    title: 'A bucket that is not there fails at once',
    fault: 'no-such-bucket',
    async run(scene) {
      await failsAtOnce(scene, 'store-refused', 'not-found');
    },
  },
  {
    number: 20,
    title: 'A lock that somebody holds is waited for',
    fault: 'locked-once',
    async run(scene) {
      await arrivesOnce(scene);
    },
  },
  {
    number: 21,
    title: 'A redirect is followed, or fails with a code, and never hangs',
    fault: 'redirect',
    async run(scene) {
      const id = scene.addOne();
      await scene.ended([id]);
      if (scene.status(id) !== 'done') scene.expectCode(id, 'store-refused', 'network', 'cors-or-network');
    },
  },
  {
    number: 36,
    title: 'An answer of 200 that is no JSON fails, unless asking finds the file, and its text is never shown',
    fault: 'bad-json',
    async run(scene) {
      const id = scene.addOne();
      await scene.ended([id]);
      const found = scene.status(id) === 'done' && (await scene.requests('verify')).length > 0;
      if (!found) scene.expectCode(id, 'bad-response');
      scene.must(!JSON.stringify(scene.item(id)).includes('<'), 'what the store said is in the item');
    },
  },
  {
    number: 37,
    title: 'An answer of 200 with an error inside fails',
    fault: 'error-in-200',
    async run(scene) {
      await failsWithin(scene, 'bad-response', 'store-refused', 'provider-failed', 'unavailable');
      scene.must((await scene.objects()).length === 0, 'there is an object after all');
    },
  },
  {
    number: 45,
    title: 'A sign-in page that answers for the store is found out by proof, and a retry sends again',
    fault: 'captive-portal',
    unfit: needs('confirm'),
    async run(scene) {
      const id = scene.addOne();
      await scene.ended([id]);
      const failed = scene.expectStatus(id, 'failed');
      scene.must(failed?.at === 'upload', `it failed at ${failed?.at}, so a retry would not send again`);
      scene.must((await scene.objects()).length === 0, 'something was stored');
      await scene.rig.heal();
      scene.command('retry', id);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.objects()).length === 1, 'the retry has not sent it');
    },
  },
  {
    number: 45,
    title: 'A file that vanishes after it was accepted is never done without being sent again',
    fault: 'confirm-not-there',
    unfit: needs('confirm'),
    async run(scene) {
      const id = scene.addOne();
      await scene.ended([id]);
      if (scene.status(id) === 'failed') scene.command('retry', id);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.sendings()) >= 2, 'it was not sent again');
    },
  },
  {
    number: 39,
    title: 'One failure of the proof is asked again alone, and no byte is sent again',
    fault: 'confirm-500-once',
    unfit: needs('confirm'),
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) === 1, 'bytes were sent again for want of a proof');
      scene.must((await scene.requests('confirm')).length >= 2, 'the proof was not asked for again');
    },
  },
  {
    number: 39,
    title: 'When no proof can be had, the file fails at that step, and a retry asks for proof alone',
    fault: 'confirm-always-500',
    unfit: needs('confirm'),
    async run(scene) {
      const id = scene.addOne();
      await scene.ended([id]);
      scene.must(scene.expectStatus(id, 'failed')?.at === 'confirm', 'it did not fail at confirm');
      await scene.rig.heal();
      scene.command('retry', id);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.sendings()) === 1, 'bytes were sent again');
    },
  },
  {
    number: 60,
    title: 'A body that arrived short is found out before the file counts as stored',
    fault: 'stored-short',
    async run(scene) {
      const id = scene.addOne();
      await scene.ended([id]);
      scene.expectStatus(id, 'failed');
      scene.must(scene.hostCalls === 0, 'the host was handed a record of it');
    },
  },
];
