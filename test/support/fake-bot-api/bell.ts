/** Lets tests wait for something to come true: whoever changes anything rings. */
export interface Bell {
  ring(): void;
  /** What `look` finds, now or after a later ring; rejects with the complaint when it finds nothing in time. */
  until<T>(look: () => T | undefined, timeoutMs: number, complaint: () => string): Promise<T>;
}

export function createBell(): Bell {
  const watchers = new Set<() => void>();
  return {
    ring() {
      for (const watch of [...watchers]) watch();
    },
    until: (look, timeoutMs, complaint) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          watchers.delete(watch);
          settle();
        };
        const watch = (): void => {
          const found = look();
          // A moment later, when the call that brought it is among the calls.
          if (found !== undefined) end(() => setImmediate(resolve, found));
        };
        const timer = setTimeout(
          () => end(() => reject(new Error(`${complaint()} within ${timeoutMs} ms`))),
          timeoutMs,
        );
        watchers.add(watch);
        watch();
      }),
  };
}
