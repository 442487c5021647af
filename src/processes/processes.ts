import { poll } from '../waiting/poll';
import { spawnSync } from 'node:child_process';

/** A process; its start time distinguishes it from a later process with the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time as printed by `ps`. */
  readonly started: string;
}

const POLL_MS = 100;

export const identify = (pid: number): ProcessIdentity => ({ pid, started: startTime(pid) });

export const isRunning = ({ pid, started }: ProcessIdentity): boolean => startTime(pid) === started && started !== '';

/** Sends a signal. It is not an error if the process has ended. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until a process has ended. @returns whether it ended within the time limit */
export const ended = (identity: ProcessIdentity, withinMs: number): Promise<boolean> =>
  poll(() => !isRunning(identity), { until: Boolean, withinMs, everyMs: POLL_MS });

/** Empty if the process does not exist or is a zombie. */
function startTime(pid: number): string {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [, state = 'Z', started = ''] = /^\s*(\S+)\s+(.*?)\s*$/.exec(stdout) ?? [];
  return state.startsWith('Z') ? '' : started;
}
