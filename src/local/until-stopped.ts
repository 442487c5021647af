import { spawnSync } from 'node:child_process';

const PARENT_POLL_MS = 500;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does some work that is told when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal. Until it has
 * ended, also with an error, signals do not end this process, and the wait keeps it alive.
 * @param followParent whether the end of the starting process counts too, such as a killed `npm start`
 */
export async function untilStopped<Result>(
  work: (stopped: Promise<void>) => Promise<Result>,
  followParent = false,
): Promise<Result> {
  const parent = followParent ? starter() : undefined;
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((done) => (stop = done));
  for (const name of SIGNALS) process.on(name, stop);
  const timer = setInterval(() => {
    if (parent !== undefined && !exists(parent)) stop();
  }, PARENT_POLL_MS);
  try {
    return await work(stopped);
  } finally {
    clearInterval(timer);
    for (const name of SIGNALS) process.off(name, stop);
  }
}

/** The parent process, or the grandparent if the parent is the shell of an npm script, which outlives a killed npm. */
function starter(): number {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(process.ppid)], { encoding: 'utf8' });
  const [, grandparent = '0', command = ''] = /^\s*(\d+)\s+(\S+)/.exec(stdout) ?? [];
  const isShell = /(^|\/)(sh|dash|bash)$/.test(command);
  return isShell && Number(grandparent) > 1 ? Number(grandparent) : process.ppid;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
