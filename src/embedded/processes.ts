import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** A process, told from a later one with the same id by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As `ps` prints it. */
  readonly started: string;
}

const POLL_MS = 100;

export const identify = (pid: number): ProcessIdentity => ({ pid, started: startTime(pid) });

export const isRunning = ({ pid, started }: ProcessIdentity): boolean => startTime(pid) === started && started !== '';

/** Sends a signal; a process that has ended meanwhile is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until a process has ended. @returns whether it has, within the time */
export async function ended(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** Empty when there is no such process, or only what its parent has not collected yet. */
function startTime(pid: number): string {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [, state = 'Z', started = ''] = /^\s*(\S+)\s+(.*?)\s*$/.exec(stdout) ?? [];
  return state.startsWith('Z') ? '' : started;
}
