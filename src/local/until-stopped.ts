import { spawnSync } from 'node:child_process';

const PARENT_POLL_MS = 500;

/**
 * Resolves when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal.
 * @param followParent whether to resolve also when the starting process ends, such as a killed `npm start`
 */
export function untilStopped(followParent = false): Promise<void> {
  return new Promise((done) => {
    const parent = followParent ? starter() : undefined;
    const finish = (): void => {
      clearInterval(timer);
      done();
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, finish);
    // The timer also keeps the process alive: nothing else may be pending.
    const timer = setInterval(() => {
      if (parent !== undefined && !exists(parent)) finish();
    }, PARENT_POLL_MS);
  });
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
