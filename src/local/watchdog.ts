import { spawn } from 'node:child_process';

/**
 * Stops the brokers when the process that watches them is gone, even by SIGKILL: its pipe then ends. Runs in a session
 * of its own, so that what kills the terminal does not kill it.
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
  /** Ends it; what it still watches is stopped. */
  close(): void;
}

export function startWatchdog(): Watchdog {
  const child = spawn('bash', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.unref();
  const { stdin } = child;
  // The pipe must not keep this process alive, nor end it when the watchdog itself was killed.
  (stdin as unknown as { unref?: () => void }).unref?.();
  stdin.on('error', () => undefined);
  return {
    watch: (pid) => void stdin.write(`watch ${pid}\n`),
    forget: (pid) => void stdin.write(`forget ${pid}\n`),
    close: () => void stdin.end(),
  };
}
