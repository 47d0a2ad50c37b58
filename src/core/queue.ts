export interface LaneOptions {
  /** Tasks at once. */
  width: number;
  /** Tasks of more bytes than this never take the last slot, so that small files get past large ones. */
  largeFrom?: number;
}

export interface TaskOptions {
  /** Leaves the line, or gives its slot back, when aborted. */
  signal: AbortSignal;
  bytes?: number;
  /** Called when the slot is granted, before the task begins. */
  onGrant?: () => void;
  /** Keeps the slot of an aborted task until it has really ended, for work that cannot be stopped. */
  holdUntilSettled?: boolean;
}

/** A line of tasks with so many slots. First come, first served, but for the reserve that large ones leave. */
export interface Lane {
  run<R>(task: () => Promise<R>, options: TaskOptions): Promise<R>;
  /** The store asked for patience: half as many at once, then one more for every full round that goes well. */
  slowDown(): void;
  readonly width: number;
  readonly running: number;
  readonly waiting: number;
}

interface Entry {
  large: boolean;
  start(): void;
}

export function createLane({ width: full, largeFrom = Infinity }: LaneOptions): Lane {
  const line: Entry[] = [];
  let width = full;
  let running = 0;
  let runningLarge = 0;
  let goodInARow = 0;

  const fits = (entry: Entry): boolean => !entry.large || width === 1 || runningLarge < width - 1;

  function pump(): void {
    while (running < width) {
      const index = line.findIndex(fits);
      if (index < 0) return;
      line.splice(index, 1)[0]?.start();
    }
  }

  function giveBack(large: boolean, well: boolean): void {
    running -= 1;
    if (large) runningLarge -= 1;
    goodInARow = well ? goodInARow + 1 : 0;
    if (width < full && goodInARow >= width) {
      width += 1;
      goodInARow = 0;
    }
    pump();
  }

  function run<R>(task: () => Promise<R>, options: TaskOptions): Promise<R> {
    const { signal, bytes = 0, onGrant, holdUntilSettled = false } = options;
    const large = bytes > largeFrom;
    return new Promise<R>((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      let holding = false;
      const release = (well: boolean): void => {
        if (!holding) return;
        holding = false;
        giveBack(large, well);
      };
      const stop = (): void => {
        const index = line.indexOf(entry);
        if (index >= 0) line.splice(index, 1);
        // what cannot be stopped comes to its own end, and its late result is still somebody's to clean up
        else if (holdUntilSettled) return;
        release(false);
        reject(signal.reason as Error);
      };
      const entry: Entry = {
        large,
        start() {
          running += 1;
          if (large) runningLarge += 1;
          holding = true;
          onGrant?.();
          begin(task)
            .finally(() => signal.removeEventListener('abort', stop))
            .then(
              (result) => {
                release(true);
                resolve(result);
              },
              (error: Error) => {
                release(false);
                reject(error);
              },
            );
        },
      };
      signal.addEventListener('abort', stop, { once: true });
      line.push(entry);
      pump();
    });
  }

  return {
    run,
    slowDown() {
      width = Math.max(1, Math.floor(width / 2));
      goodInARow = 0;
    },
    get width() {
      return width;
    },
    get running() {
      return running;
    },
    get waiting() {
      return line.length;
    },
  };
}

/** So that a task that throws before its first await is a rejection like any other. */
async function begin<R>(task: () => Promise<R>): Promise<R> {
  return task();
}
