import type { UploadRecord } from '../../../core/record.ts';
import type { ProviderCase } from '../provider-case.ts';
import type { Scene } from '../scene.ts';

/** Names that have broken something, somewhere. None is in a key, and each file arrives. */
const hostileNames = [
  '../../etc/passwd.jpg',
  '..\\..\\boot.jpg',
  '/absolute.jpg',
  'C:\\photos\\cat.jpg',
  'nul\u0000byte.jpg',
  'line\r\nbreak.jpg',
  `${'a'.repeat(300)}.jpg`,
  '😀🏖️.jpg',
  'Caf\u0065\u0301.jpg',
  'photo\u202Egpj.exe.jpg',
  '\u2066isolated\u2069.jpg',
  `+ & # ? % ; ' ".jpg`,
  '%2F%2e%2e.jpg',
  'trailing. ',
  'CON.png',
  '文件.png',
  '.hidden',
  'no-extension',
  'shell.php.jpg',
  'раураl.jpg',
];

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A file that only says how large it is: nobody has five terabytes at hand. */
class Claims extends File {
  override readonly size: number;
  constructor(name: string, size: number) {
    super(['x'], name, { type: 'image/jpeg' });
    this.size = size;
  }
}

async function allDone(scene: Scene, files: readonly Blob[]): Promise<UploadRecord[]> {
  const ids = scene.add(files);
  await scene.ended(ids);
  const records = ids.flatMap((id) => scene.expectStatus(id, 'done')?.record ?? []);
  const objects = await scene.objects();
  scene.must(objects.length === files.length, `${files.length} files made ${objects.length} objects`);
  return records;
}

/** What people pick. */
export const fileCases: readonly ProviderCase[] = [
  {
    number: 54,
    title: 'An empty file is refused at once, and nothing is asked of the store',
    fault: null,
    async run(scene) {
      const id = scene.add([scene.file('empty.jpg', 0)])[0] ?? '';
      const item = scene.expectStatus(id, 'rejected');
      scene.must(item?.problems[0]?.code === 'empty', `it is refused for ${item?.problems[0]?.code}`);
      scene.must(scene.uploader.getProgress(id).fraction === 0, 'its progress is not 0');
      scene.must((await scene.requests()).length === 0, 'something was sent');
    },
  },
  {
    number: 54,
    title: 'An empty file that the rules allow arrives',
    fault: null,
    options: { minSize: 0 },
    async run(scene) {
      const [record] = await allDone(scene, [scene.file('empty.jpg', 0)]);
      scene.must(record?.size === 0, `the record says ${record?.size} bytes`);
    },
  },
  {
    number: 55,
    title: 'Two files of the same name, size and type become two objects and two records',
    fault: null,
    async run(scene) {
      const other = new File([new Uint8Array(scene.size).fill(7)], 'beach.jpg', { type: 'image/jpeg' });
      const [one, two] = await allDone(scene, [scene.file('beach.jpg'), other]);
      scene.must(one !== undefined && one.id !== two?.id && one.key !== two?.key, 'they share an id or a key');
    },
  },
  {
    number: 56,
    title: 'The same file twice is refused where the host asked for that, and named',
    fault: null,
    options: { duplicates: 'reject' },
    async run(scene) {
      const [first = '', second = ''] = scene.add([scene.file('beach.jpg'), scene.file('beach.jpg')]);
      await scene.ended();
      const codes = [first, second].map((id) => {
        const item = scene.item(id);
        return item?.status === 'failed' ? item.error.code : item?.status;
      });
      scene.must(codes.includes('done') && codes.includes('duplicate'), `they ended as ${codes.join(' and ')}`);
      scene.must((await scene.objects()).length === 1, 'the twin was stored');
    },
  },
  {
    number: 63,
    title: 'A file above the limit is refused before anything is asked',
    fault: null,
    options: { maxSize: '5 GB' },
    async run(scene) {
      const [id = ''] = scene.add([new Claims('huge.jpg', 5e12)]);
      const item = scene.expectStatus(id, 'rejected');
      scene.must(item?.problems[0]?.code === 'too-large', `it is refused for ${item?.problems[0]?.code}`);
      scene.must((await scene.requests()).length === 0, 'something was sent');
    },
  },
  {
    number: 74,
    title: 'Hostile names are harmless: every file arrives, no key is made of a name, and each name is safe to show',
    fault: null,
    async run(scene) {
      const files = hostileNames.map((name) => scene.file(name, 600));
      const records = await allDone(scene, files);
      for (const { key, name } of records) {
        const wrong = /\.\.|\\|\p{Cc}|\s|passwd|php/u.exec(key);
        scene.must(wrong === null, `the key ${JSON.stringify(key)} holds ${JSON.stringify(wrong?.[0])}`);
        scene.must(!/[/\\]|\p{Cc}/u.test(name), `the name ${JSON.stringify(name)} is not safe to show`);
        scene.must(name !== '' && bytesOf(name) <= 255, `the name has ${bytesOf(name)} bytes`);
        scene.must(name === name.normalize('NFC'), `the name ${name} is not composed`);
      }
      const names = records.map(({ name }) => name);
      scene.must(names.includes('文件.png') && names.includes('😀🏖️.jpg'), 'a name of other letters was spoilt');
    },
  },
  {
    number: 75,
    title: 'Lone surrogates in a name survive a trip through JSON',
    fault: null,
    async run(scene) {
      const [record] = await allDone(scene, [scene.file('half\ud83d.jpg')]);
      const name = record?.name ?? '';
      const back = new TextDecoder().decode(new TextEncoder().encode(JSON.stringify(record)));
      scene.must((JSON.parse(back) as UploadRecord).name === name, `the name became another: ${JSON.stringify(name)}`);
    },
  },
  {
    number: 76,
    title: 'A date of 1970, of no number or of tomorrow breaks nothing',
    fault: null,
    async run(scene) {
      const dated = (lastModified: number): File =>
        new File([new Uint8Array(600).fill(lastModified % 251)], 'beach.jpg', { type: 'image/jpeg', lastModified });
      await allDone(scene, [dated(0), dated(Number.NaN), dated(scene.now() + 86_400_000)]);
    },
  },
  {
    number: 77,
    title: 'A Blob without a name arrives under a sensible one',
    fault: null,
    async run(scene) {
      const [record] = await allDone(scene, [new Blob(['a drawing'], { type: 'image/png' })]);
      scene.must((record?.name ?? '') !== '', 'it has no name');
    },
  },
];
