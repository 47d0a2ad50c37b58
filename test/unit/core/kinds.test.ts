import { expect, test } from 'vitest';
import { createUploader } from '../../../src/core/create-uploader.ts';
import { isUploadError } from '../../../src/core/errors.ts';
import { defineKinds, kindOf } from '../../../src/core/kinds.ts';
import { memory } from '../../../src/providers/memory.ts';

const kinds = defineKinds({
  photo: { accept: 'image/*', maxSize: '5 MB', maxFiles: 3 },
  paper: { accept: 'application/pdf' },
});

const refusals = (uploader: { getItem(id: string): unknown }, ids: readonly string[]): string[] =>
  ids.flatMap((id) => {
    const item = uploader.getItem(id) as { status: string; problems?: { code: string }[] };
    return item.status === 'rejected' ? [item.problems?.[0]?.code ?? ''] : [];
  });

test('kinds are handed back as they were written, to be read on both sides', () => {
  expect(kinds.photo.maxSize).toBe('5 MB');
  expect(JSON.parse(JSON.stringify(kinds))).toEqual(kinds);
});

test('a limit that cannot be read throws at once, and names the kind', () => {
  const broken = { photo: { maxSize: '5 parsecs' } } as unknown as { photo: object };
  expect(() => defineKinds(broken)).toThrow('defineKinds: kind "photo": "5 parsecs"');
});

test.each(['__proto__', 'constructor', 'toString'])('%s is no kind', (name) => {
  expect(kindOf(kinds, name)).toBeUndefined();
});

test('a kind that is not there is told with those that are', () => {
  let thrown: unknown;
  try {
    createUploader({ provider: memory({ kinds }), kind: 'foto' as 'photo' });
  } catch (error) {
    thrown = error;
  }
  expect(isUploadError(thrown, 'unknown-kind')).toBe(true);
  expect((thrown as Error).message).toContain('"foto" is none of photo, paper');
  expect((thrown as Error).message).toContain('photo, paper');
  expect((thrown as Error).message).toContain('defineKinds');
});

test('the rules of a kind hold without a prop, and a prop only narrows them', () => {
  const provider = memory({ kinds });
  const pdf = new File(['x'], 'a.pdf', { type: 'application/pdf' });
  const png = new File(['x'], 'a.png', { type: 'image/png' });
  const jpg = new File(['x'], 'a.jpg', { type: 'image/jpeg' });
  const plain = createUploader({ provider, kind: 'photo', autoUpload: false });
  expect(refusals(plain, plain.add([pdf, png, jpg]))).toEqual(['wrong-type']);
  const narrowed = createUploader({ provider, kind: 'photo', accept: 'image/png,application/pdf', autoUpload: false });
  expect(refusals(narrowed, narrowed.add([pdf, png, jpg]))).toEqual(['wrong-type', 'wrong-type']);
});

test('places count what is there, what was saved before, and nothing that was refused', () => {
  const uploader = createUploader({ provider: memory({ kinds }), kind: 'photo', taken: 1, autoUpload: false });
  const png = (name: string, size = 10): File => new File([new Uint8Array(size)], name, { type: 'image/png' });
  const first = uploader.add([png('a.png'), png('empty.png', 0), png('b.png'), png('c.png')]);
  expect(refusals(uploader, first)).toEqual(['empty', 'too-many']);
  uploader.cancel(first[0]);
  expect(refusals(uploader, uploader.add([png('d.png')]))).toEqual([]);
});
