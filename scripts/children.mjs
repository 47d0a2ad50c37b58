import process from 'node:process';

/** Whether a child process still runs. */
export const running = (child) => child.exitCode === null && child.signalCode === null;
const ended = (child) => (running(child) ? new Promise((resolve) => child.once('exit', resolve)) : Promise.resolve());

/** Asks every child to stop, insists after three seconds, and resolves when all are gone. */
export async function stop(children) {
  for (const child of children) if (running(child)) child.kill('SIGTERM');
  const insist = setTimeout(() => {
    for (const child of children) if (running(child)) child.kill('SIGKILL');
  }, 3000);
  await Promise.all(children.map(ended));
  clearTimeout(insist);
}

/**
 * Runs until one child ends or the person stops us, then stops the others. Resolves to the child's exit code, or to
 * null where the person asked.
 */
export async function untilOneEnds(children) {
  const code = await new Promise((resolve) => {
    for (const child of children) {
      if (!running(child)) resolve(child.exitCode ?? 1);
      child.once('exit', (status) => resolve(status ?? 1));
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(null));
  });
  await stop(children);
  return code;
}
