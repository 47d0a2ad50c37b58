import { needs, type ProviderCase } from '../provider-case.ts';
import type { Scene } from '../scene.ts';
import { arrivesOnce, failsWithin } from './outcomes.ts';

const waits = (scene: Scene, id: string, reason: string): number =>
  scene.journey(id).filter((status) => status === `waiting:${reason}`).length;

/** The line between the page and the store. */
export const networkCases: readonly ProviderCase[] = [
  {
    number: 1,
    title: 'A connection reset in mid-body is tried again, and the file is stored once and whole',
    fault: 'reset-mid-body',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) >= 2, 'nothing was sent again, so the fault has not been met');
    },
  },
  {
    number: 2,
    title: 'Three resets in a row are outlasted, with a wait before each new try',
    fault: 'reset-three-times',
    async run(scene) {
      const id = await arrivesOnce(scene);
      const least = scene.rig.resends === true ? 1 : 3;
      scene.must(waits(scene, id, 'retry') >= least, `it waited ${waits(scene, id, 'retry')} times, not ${least}`);
    },
  },
  {
    number: 3,
    title: 'When every try is reset, the file fails as the policy says, and may be tried again by hand',
    fault: 'reset-always',
    async run(scene) {
      const began = scene.now();
      const id = await failsWithin(scene, 'network');
      const item = scene.expectStatus(id, 'failed');
      scene.must(item?.error.retryable === true, 'the error does not say that trying again may help');
      const { attempts, cap } = scene.retry;
      scene.must((await scene.sendings()) >= attempts, 'it gave up before the policy did');
      const budget = attempts * (cap + scene.limits.stall + scene.limits.control);
      scene.must(scene.now() - began < budget, `it took ${scene.now() - began} ms`);
    },
  },
  {
    number: 4,
    title: 'A store that stops reading is left at the time limit, tried again, and in the end the file fails',
    fault: 'stall',
    async run(scene) {
      const { progress, abort } = scene.rig.provider.capabilities;
      const began = scene.now();
      const id = await failsWithin(scene, ...(progress ? ['stalled'] : ['timeout', 'stalled']));
      scene.must((await scene.sendings()) === scene.retry.attempts, 'it was not sent as often as the policy says');
      const least = scene.limits.stall * (progress ? scene.retry.attempts : 1);
      scene.must(scene.now() - began >= least, 'it gave up before the limit');
      scene.must(scene.item(id)?.status === 'failed', 'the file hangs');
      if (!abort) return;
      const open = (await scene.requests()).filter(({ endedAt }) => endedAt === null);
      scene.must(open.length === 0, 'a connection that was given up stays open');
    },
  },
  {
    number: 5,
    title: 'When all is sent and no answer comes, the store is asked before anything is sent again',
    fault: 'no-answer',
    unfit: needs('verify'),
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) === 1, 'bytes that had arrived were sent again');
      scene.must((await scene.requests('verify')).length > 0, 'nobody asked whether the object is there');
    },
  },
  {
    number: 5,
    title: 'When asking shows that nothing has arrived, the file is sent again',
    fault: 'no-answer-not-stored',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) === 2, 'it was not sent exactly once more');
    },
  },
  {
    number: 6,
    title: 'A slow but steady body runs into no limit',
    fault: 'slow-body',
    async run(scene) {
      const began = scene.now();
      const id = await arrivesOnce(scene);
      scene.must(scene.now() - began > scene.limits.stall, 'the body was not slow, so nothing was proven');
      scene.must(waits(scene, id, 'retry') === 0, 'it was interrupted');
      scene.must((await scene.sendings()) === 1, 'it was sent more than once');
    },
  },
  ...(['name-not-found', 'tls-broken', 'cors-blocked', 'preflight-refused'] as const).map(
    (fault, index): ProviderCase => ({
      number: [22, 23, 24, 25][index] ?? 0,
      title: [
        'A store whose name is not found ends in a network error',
        'A store whose certificate nobody trusts ends in a network error, without a loop',
        'An answer that CORS hides ends in an error that hints at CORS, within the tries of the policy',
        'A preflight that refuses the content type ends as a hidden answer does',
      ][index] as string,
      fault,
      async run(scene) {
        await failsWithin(scene, 'network', 'cors-or-network');
      },
    }),
  ),
  {
    number: 27,
    title: "A request that the page's own policy forbids ends in an error that mentions CSP",
    fault: 'csp-blocked',
    async run(scene) {
      const id = await failsWithin(scene, 'network', 'cors-or-network');
      const message = scene.expectStatus(id, 'failed')?.error.message ?? '';
      scene.must(/CSP|Content Security Policy/i.test(message), `the message does not mention CSP: ${message}`);
    },
  },
  {
    number: 28,
    title: 'Offline before the start, the file waits, asks nothing of the store, and starts by itself',
    fault: null,
    async run(scene) {
      scene.online.turn(false);
      const id = scene.addOne();
      await scene.pass(3000);
      scene.must(scene.journey(id).at(-1) === 'waiting:offline', `it is ${scene.journey(id).at(-1)}`);
      scene.must((await scene.requests()).length === 0, 'something was sent while offline');
      scene.online.turn(true);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
    },
  },
  {
    number: 29,
    title: 'A connection lost in mid-body for eight seconds costs no click, and finished parts are kept',
    fault: 'connection-lost',
    async run(scene) {
      const id = scene.addOne();
      await scene.until('the body has begun', async () => (await scene.requests('body')).length > 0);
      scene.online.turn(false);
      await scene.until('it waits for the network', () => scene.journey(id).includes('waiting:offline'));
      const whole = (await scene.requests('body')).filter(({ part }) => part === 1).length;
      await scene.pass(scene.rig.advance === undefined ? 800 : 8000);
      await scene.rig.heal();
      scene.online.turn(true);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.objects()).length === 1, 'there is not exactly one object');
      scene.must(whole <= 2, 'a finished part was sent again');
    },
  },
  {
    number: 30,
    title: 'When the browser says online and every request fails, the file ends with an error, not in a loop',
    fault: 'unreachable',
    async run(scene) {
      await failsWithin(scene, 'network', 'cors-or-network');
      scene.must((await scene.objects()).length === 0, 'something was stored');
    },
  },
  {
    number: 31,
    title: 'A file cancelled while offline stays cancelled when the network is back',
    fault: null,
    async run(scene) {
      scene.online.turn(false);
      const id = scene.addOne();
      await scene.pass(200);
      scene.command('cancel', id);
      scene.online.turn(true);
      await scene.pass(2000);
      scene.expectStatus(id, 'cancelled');
      scene.must((await scene.requests('presign', 'body', 'confirm')).length === 0, 'something was sent after all');
    },
  },
  {
    number: 32,
    title: 'When the network changes under a transfer, the file is sent again',
    fault: 'reset-mid-body',
    async run(scene) {
      const id = scene.addOne();
      await scene.until('the body has begun', async () => (await scene.requests('body')).length > 0);
      // another network: the browser tells of a change, and was never offline
      scene.online.turn(true);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must(!scene.journey(id).includes('waiting:offline'), 'it believed to be offline');
    },
  },
  ...(['lost-reply', 'truncated-reply'] as const).map((fault, index): ProviderCase => ({
    number: [33, 35][index] ?? 0,
    title: [
      'A reply lost after the file was stored leaves one object, and the file is done',
      'An answer that ends early counts as lost: one object, and the file is done',
    ][index] as string,
    fault,
    async run(scene) {
      await arrivesOnce(scene);
      if (scene.rig.provider.verify === undefined || scene.rig.resends === true) return;
      scene.must((await scene.sendings()) === 1, 'bytes that had arrived were sent again');
    },
  })),
  {
    number: 34,
    title: 'A body that the browser sends twice by itself makes one object and one record',
    fault: 'sent-twice',
    async run(scene) {
      await arrivesOnce(scene);
      scene.must((await scene.sendings()) >= 2, 'the body was not sent twice, so nothing was proven');
      scene.must(scene.hostCalls === 1, `the host was called ${scene.hostCalls} times`);
    },
  },
];
