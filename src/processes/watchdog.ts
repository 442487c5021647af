import { spawn } from 'node:child_process';

/**
 * Stops the watched processes if the supervisor ends, even by SIGKILL: its pipe then closes. Runs in its own session, so
 * that closing the terminal does not kill it.
 */
const SCRIPT = `
watched=' '
while read -r action pid; do
  case $action in
    watch) watched="$watched$pid " ;;
    forget) watched="\${watched/ $pid / }" ;;
  esac
done
[ "$watched" != ' ' ] || exit 0
kill -TERM $watched 2> /dev/null
for ((i = 0; i < 48; i++)); do
  sleep 0.25
  kill -0 $watched 2> /dev/null || exit 0
done
kill -KILL $watched 2> /dev/null
`;

export interface Watchdog {
  watch(pid: number): void;
  forget(pid: number): void;
  /** Ends the watchdog, which stops the processes that it still watches. */
  close(): void;
}

export function startWatchdog(): Watchdog {
  const child = spawn('bash', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.unref();
  const { stdin } = child;
  // The pipe must not keep this process alive, nor end it if the watchdog was killed.
  (stdin as unknown as { unref?: () => void }).unref?.();
  stdin.on('error', () => undefined);
  return {
    watch: (pid) => void stdin.write(`watch ${pid}\n`),
    forget: (pid) => void stdin.write(`forget ${pid}\n`),
    close: () => void stdin.end(),
  };
}
