const PARENT_POLL_MS = 500;

/**
 * Resolves when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal.
 * @param followParent also when the parent is gone, as it is after a kill of `npm start`
 */
export function untilStopped(followParent = false): Promise<void> {
  return new Promise((done) => {
    const parent = process.ppid;
    const finish = (): void => {
      clearInterval(timer);
      done();
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, finish);
    // Keeps the process alive as well: nothing else may be left to wait for.
    const timer = setInterval(() => {
      if (followParent && process.ppid !== parent) finish();
    }, PARENT_POLL_MS);
  });
}
