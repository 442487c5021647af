/** What shells report of a program that SIGPIPE has ended: 128 + 13. */
const ENDED_BY_SIGPIPE = 141;

/**
 * Ends this process without a message when nobody reads its output any more, as with `| head -1`: Node.js ignores SIGPIPE, and a failed
 * write would be an error with a stack. Programs that stop in order when they are told to are told so; others end at once.
 * @param work of the program: once it is settled, the process ends with the exit code of the work
 */
export function endWithClosedOutput(work: Promise<unknown>): void {
  let isDone = false;
  const finish = (): void => void (isDone = true);
  work.then(finish, finish);
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    // What has written its last line is settled by then.
    setImmediate(() => {
      if (!isDone) stop();
    });
  };
  process.stdout.on('error', onError);
  process.stderr.on('error', onError);
}

function stop(): void {
  process.exitCode ??= ENDED_BY_SIGPIPE;
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit();
}
