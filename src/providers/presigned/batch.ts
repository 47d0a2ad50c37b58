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

/**
 * `run` answers a whole batch, in the order of the questions; its signal is aborted once every caller has left.
 * One caller that leaves never harms the others.
 */
export function createBatcher<Question, Answer>(
  run: (questions: readonly Question[], signal: AbortSignal) => Promise<readonly (Answer | Error)[]>,
  most: number,
): Batcher<Question, Answer> {
  let waiting: Asked<Question, Answer>[] = [];

  async function flush(): Promise<void> {
    const batch = waiting.splice(0, most).filter(({ signal }) => !signal.aborted);
    if (waiting.length > 0) void flush();
    if (batch.length === 0) return;
    const stopper = new AbortController();
    const leave = (): void => {
      if (batch.every(({ signal }) => signal.aborted)) stopper.abort('cancel');
    };
    for (const { signal } of batch) signal.addEventListener('abort', leave, { once: true });
    try {
      const answers = await run(
        batch.map(({ question }) => question),
        stopper.signal,
      );
      batch.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer instanceof Error) reject(answer);
        else resolve(answer as Answer);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      for (const { signal } of batch) signal.removeEventListener('abort', leave);
    }
  }

  return {
    ask(question, signal) {
      return new Promise<Answer>((resolve, reject) => {
        waiting.push({ question, signal, resolve, reject });
        if (waiting.length === 1) queueMicrotask(() => void flush());
      });
    },
  };
}
