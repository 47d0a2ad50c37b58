/** Runs something that may never end; after that many milliseconds its signal is aborted and `late()` is thrown. */
export async function withDeadline<T>(
  milliseconds: number,
  late: () => Error,
  run: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clock = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = late();
      controller.abort(error);
      reject(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([run(controller.signal), clock]);
  } finally {
    clearTimeout(timer);
  }
}
