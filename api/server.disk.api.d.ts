// server/storage/disk.d.ts
import type { Multipart, Storage } from '../storage.ts';
export interface DiskOptions {
    /** Made when it is missing. On a local disk: network file systems are not supported. */
    folder: string;
    visibility?: 'private' | 'public';
    prefix?: string;
    /** From this size on in parts: 64 MiB in parts of 16 MiB by default. */
    multipart?: Pick<Multipart, 'from' | 'partSize'>;
}
/**
 * Bytes in a folder of this machine. Several processes may share it without a lock: bytes go to a file of their
 * own, and one atomic rename publishes the metadata file that names it.
 */
export declare function disk(options: DiskOptions): Storage;

// server/storage.d.ts: see server.api.d.ts
