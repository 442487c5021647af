import { formatDuration, minutes, type Milliseconds } from '../../../validation/units';

const SAY_EVERY_MS = minutes(1);

interface HeldUpLogProps {
  readonly say: (line: string) => void;
  /** Time after which the node stops all the same. */
  readonly limitMs: Milliseconds;
  /** Command that ends the wait. */
  readonly passCommand: string;
}

/** Tells why a stop is held up: at each change of the reason, and every minute with the way out. */
export class HeldUpLog {
  private reason: string | undefined;
  private remindedAt = -Infinity;

  constructor(private readonly props: HeldUpLogProps) {}

  /** @param waitedMs for how long the stop has been held up */
  note(reason: string, waitedMs: number): void {
    const isReminder = waitedMs - this.remindedAt >= SAY_EVERY_MS;
    if (reason === this.reason && !isReminder) return;
    this.reason = reason;
    const { say, limitMs, passCommand } = this.props;
    const line = `waits for ${formatDuration(waitedMs)} of at most ${formatDuration(limitMs)}: ${reason}`;
    if (isReminder) this.remindedAt = waitedMs;
    say(isReminder ? `${line}; to stop it all the same: ${passCommand}` : line);
  }
}
