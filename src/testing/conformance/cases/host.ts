import { refuse } from '../../../core/errors.ts';
import type { ProviderCase } from '../provider-case.ts';
import { arrivesOnce } from './outcomes.ts';

/** The host's own code, and what it is handed. */
export const hostCases: readonly ProviderCase[] = [
  {
    number: 130,
    title: 'A host whose database is down is asked again, and no byte is sent again',
    fault: null,
    async run(scene) {
      let failures = 2;
      scene.host = () => {
        failures -= 1;
        if (failures >= 0) throw new Error('the database is down');
      };
      const id = scene.addOne();
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must(scene.hostCalls === 3, `the host was called ${scene.hostCalls} times`);
      scene.must((await scene.sendings()) === 1, 'bytes were sent again');
    },
  },
  {
    number: 133,
    title: "A refusal of the host is shown in the host's words, and a retry asks the host alone",
    fault: null,
    async run(scene) {
      scene.host = () => {
        throw refuse('This name is taken.');
      };
      const id = scene.addOne();
      await scene.ended([id]);
      const failed = scene.expectStatus(id, 'failed');
      scene.must(failed?.at === 'record' && failed.error.code === 'refused', 'it did not fail as a refusal');
      scene.must(JSON.stringify(failed?.error.details).includes('This name is taken.'), 'the words are lost');
      scene.must(scene.hostCalls === 1, `a final answer was asked for ${scene.hostCalls} times`);
      scene.must((await scene.objects()).length === 1, 'the object is gone');
      scene.host = () => undefined;
      scene.command('retry', id);
      await scene.ended([id]);
      scene.expectStatus(id, 'done');
      scene.must((await scene.sendings()) === 1, 'bytes were sent again');
    },
  },
  {
    number: 143,
    title: 'A host that throws for one file harms no other',
    fault: null,
    async run(scene) {
      scene.host = ({ name }) => {
        if (name === 'b.jpg') throw refuse('Not this one.');
      };
      const [a = '', b = '', c = ''] = scene.add(['a.jpg', 'b.jpg', 'c.jpg'].map((name) => scene.file(name)));
      await scene.ended();
      scene.expectStatus(a, 'done');
      scene.expectCode(b, 'refused');
      scene.expectStatus(c, 'done');
    },
  },
  {
    number: 143,
    title: 'A host that never resolves runs into its limit, and the file fails at that step',
    fault: null,
    async run(scene) {
      scene.host = () => new Promise(() => undefined);
      const id = scene.addOne();
      await scene.ended([id]);
      scene.expectCode(id, 'record-timeout');
      scene.must((await scene.objects()).length === 1, 'the object is gone');
      scene.must((await scene.sendings()) === 1, 'bytes were sent again');
    },
  },
  {
    number: 144,
    title: 'The saved address is a lasting one, never one that is signed',
    fault: null,
    async run(scene) {
      const id = await arrivesOnce(scene);
      const record = scene.expectStatus(id, 'done')?.record as { url: string | null; key: string } | undefined;
      const signed = /[?&](x-amz-|signature|expires|token|sig=)/i;
      scene.must(!signed.test(record?.url ?? ''), 'the address is signed');
      const text = JSON.stringify(record);
      scene.must(!(scene.rig.secrets ?? []).some((secret) => text.includes(secret)), 'a secret is in the record');
      scene.must((await scene.objects()).includes(record?.key ?? ''), 'the key names no object');
    },
  },
];
