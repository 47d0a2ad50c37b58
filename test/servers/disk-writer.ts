import process from 'node:process';
import { disk } from '../../src/server/storage/disk.ts';

/** One of several processes on one folder: writes, promotes and erases the same few keys until it is told to stop. */
const storage = disk({ folder: process.env['FOLDER'] ?? '' });
const letter = process.env['LETTER'] ?? 'x';
const size = 200_000;
console.log('ready');

for (let round = 0; round < Number(process.env['ROUNDS']); round += 1) {
  const key = `k${round % 3}`;
  const { etag } = await storage.write(key, new Blob([letter.repeat(size)]).stream(), { type: 'text/plain', size });
  await storage.promote(key, `final-${letter}-${round}`, { etag, type: 'text/plain' });
  if (round % 5 === 4) await storage.erase(key);
}
