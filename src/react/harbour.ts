import type { AnyUploader } from '../core/uploader.ts';

/** Keeps uploaders by scope, beyond the life of the component that first asked for one. */
export interface Harbour {
  /** The uploader of this scope, made at the first call. */
  berth(scope: string, make: () => AnyUploader): AnyUploader;
  /** Called at zero mounts: an idle uploader is dropped, a running one goes on and is dropped when it is done. */
  release(scope: string): void;
}

export function createHarbour(): Harbour {
  const berths = new Map<string, { uploader: AnyUploader; watched: boolean }>();
  return {
    berth(scope, make) {
      const known = berths.get(scope);
      if (known !== undefined) return known.uploader;
      const uploader = make();
      berths.set(scope, { uploader, watched: false });
      return uploader;
    },
    release(scope) {
      const berth = berths.get(scope);
      if (berth === undefined || berth.watched) return;
      berth.watched = true;
      const settle = async (): Promise<void> => {
        await berth.uploader.settled();
        berth.watched = false;
        if (berth.uploader.idle && berth.uploader.mounts === 0) berths.delete(scope);
      };
      void settle();
    },
  };
}
