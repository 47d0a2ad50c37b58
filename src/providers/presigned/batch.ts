import { type Clock, inertPorts } from '../../core/ports.ts';

/** Gathers calls of one moment into one request, and hands each caller its own answer. */
export interface Batcher<Question, Answer> {
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
}

interface Asked<Question, Answer> {
  question: Question;
  signal: AbortSignal;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** In a stream of calls, how long the next request waits for company (ms). A first call never waits. */
const gathering = 50;

/**
 * `run` answers a batch of at most `most`, in the order of the questions; its signal is aborted once every caller
 * has left. One caller that leaves never harms the others.
 */
export function createBatcher<Question, Answer>(
  run: (questions: readonly Question[], signal: AbortSignal) => Promise<readonly (Answer | Error)[]>,
  most: number,
  clock: Pick<Clock, 'now' | 'after'> = inertPorts.clock,
): Batcher<Question, Answer> {
  let waiting: Asked<Question, Answer>[] = [];
  let last = -Infinity;

  function schedule(): void {
    const quiet = clock.now() - last > 2 * gathering;
    if (quiet) queueMicrotask(flush);
    else clock.after(gathering, flush);
  }

  function flush(): void {
    const asked = waiting;
    waiting = [];
    last = clock.now();
    for (let start = 0; start < asked.length; start += most) {
      const batch = asked.slice(start, start + most).filter(({ signal }) => !signal.aborted);
      if (batch.length > 0) void answer(batch);
    }
  }

  async function answer(batch: readonly Asked<Question, Answer>[]): Promise<void> {
    const stopper = new AbortController();
    const leave = (): void => {
      if (batch.every(({ signal }) => signal.aborted)) stopper.abort('cancel');
    };
    for (const { signal } of batch) signal.addEventListener('abort', leave, { once: true });
    try {
      const questions = batch.map(({ question }) => question);
      const answers = await run(questions, stopper.signal);
      batch.forEach(({ resolve, reject }, index) => {
        const said = answers[index];
        if (said instanceof Error) reject(said);
        else resolve(said as Answer);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      for (const { signal } of batch) signal.removeEventListener('abort', leave);
    }
  }

  return {
    ask: (question, signal) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.push({ question, signal, resolve, reject });
        if (waiting.length === 1) schedule();
      }),
  };
}
