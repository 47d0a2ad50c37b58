// image/worker.d.ts
/** False where this file was imported by anything but a worker; it then does nothing. */
export declare const serves: boolean;
