import { spawnSync } from 'node:child_process';

const PARENT_POLL_MS = 500;

/**
 * Resolves when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal.
 * @param followParent also when the process that it was started from is gone, as after a kill of `npm start`
 */
export function untilStopped(followParent = false): Promise<void> {
  return new Promise((done) => {
    const parent = followParent ? starter() : undefined;
    const finish = (): void => {
      clearInterval(timer);
      done();
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, finish);
    // Keeps the process alive as well: nothing else may be left to wait for.
    const timer = setInterval(() => {
      if (parent !== undefined && !exists(parent)) finish();
    }, PARENT_POLL_MS);
  });
}

/** The parent, or its parent where that is only the shell through which npm runs scripts; it outlives a killed npm. */
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
