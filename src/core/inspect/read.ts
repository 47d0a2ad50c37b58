import { UploadError } from '../errors.ts';
import { type Inspection, inspect, inspectedBytes } from '../inspect.ts';

/** No header is longer: what comes later (the second frame of a long GIF) is not worth reading a whole film for. */
const longestHeader = 4 * 1024 * 1024;

/** Inspects a file, reading as little of it as its format allows. Rejects with `file-unreadable` when it is gone. */
export async function inspectFile(file: Blob, signal?: AbortSignal): Promise<Inspection> {
  const end = Math.min(file.size, longestHeader);
  let size = Math.min(end, inspectedBytes);
  for (;;) {
    signal?.throwIfAborted();
    const found = inspect(await firstBytes(file, size));
    if (found.needed === null || found.needed > end) return found;
    // at least twice as much, so that a long walk takes few steps
    size = Math.min(end, Math.max(found.needed + 1024, size * 2));
  }
}

async function firstBytes(file: Blob, size: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, size).arrayBuffer());
  } catch (cause) {
    throw new UploadError('file-unreadable', undefined, { at: 'prepare', cause, message: 'the file cannot be read' });
  }
}
