/** What takes the body of an answer whose head is made, and ends it. */
export interface OpenAnswer {
  readonly end: (body: string | Buffer) => unknown;
}

/** Ends answers, those of one turn of the event loop together. */
export interface AnswerQueue {
  end(answer: OpenAnswer, body: string | Buffer): void;
}

/**
 * Requests that came together are all looked at before the first of their answers is written, still in the same turn.
 * A write of many bytes pushes code and data of looking at requests out of the processor's caches: it does so once for all
 * of them, not once for each.
 */
export function createAnswerQueue(): AnswerQueue {
  let waiting: { readonly answer: OpenAnswer; readonly body: string | Buffer }[] = [];
  const endAll = (): void => {
    const ended = waiting;
    waiting = [];
    for (const { answer, body } of ended) answer.end(body);
  };
  return {
    end(answer, body) {
      if (waiting.push({ answer, body }) === 1) setImmediate(endAll);
    },
  };
}
