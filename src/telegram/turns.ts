export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Gives turns one after another, in the order in which they are asked for; whoever takes longer than `patienceMs` holds
 * the next one up no more.
 */
export function createTurns(patienceMs: number): Turns {
  let free: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = free.then(work);
    free = free.then(
      () =>
        new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, patienceMs).unref();
          const end = () => {
            clearTimeout(timer);
            resolve();
          };
          result.then(end, end);
        }),
    );
    return result;
  };
}
