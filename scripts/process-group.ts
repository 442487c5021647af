import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { untilStopped } from '../src/local/until-stopped';
import { signal } from '../src/processes/processes';

/**
 * Runs a program with all processes that it starts as one group, which is killed when it takes too long, or when this process is asked
 * to stop: the children of a killed program would go on, and take the machine from what runs next.
 * @returns whether it ended with exit code 0
 */
export const passesAsGroup = (command: string, args: readonly string[], withinMs: number): Promise<boolean> =>
  untilStopped(async (stopped) => {
    const child = spawn(command, args, { stdio: 'inherit', detached: true });
    const kill = (): void => {
      if (child.pid !== undefined) signal(-child.pid, 'SIGKILL');
    };
    void stopped.then(() => {
      kill();
      process.exit(1);
    });
    const timer = setTimeout(kill, withinMs);
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      return code === 0;
    } finally {
      clearTimeout(timer);
    }
  });
