import { Counter } from 'prom-client';
import type { ClientMetrics } from 'kafka-platform/client';

const NAME = 'app_done_total';
const SAY_EVERY_MS = 10_000;

interface TallyProps {
  readonly metrics: Pick<ClientMetrics, 'registry'>;
  readonly say: (line: string) => void;
}

/**
 * Counts what an application has done, by kind. The counts are served to Prometheus and periodically summarized in the
 * log.
 */
export class Tally<K extends string> {
  private readonly counter: Counter;
  private readonly unsaid = new Map<K, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly props: TallyProps) {
    const { registry } = props.metrics;
    // Left by a start that failed.
    registry.removeSingleMetric(NAME);
    this.counter = new Counter({
      name: NAME,
      help: 'What the application has done, by kind.',
      labelNames: ['kind'],
      registers: [registry],
    });
  }

  count(kind: K, times = 1): void {
    this.counter.inc({ kind }, times);
    this.unsaid.set(kind, (this.unsaid.get(kind) ?? 0) + times);
    this.timer ??= setTimeout(() => this.say(), SAY_EVERY_MS).unref();
  }

  /** Prints counts that have not been printed yet. */
  say(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.unsaid.size === 0) return;
    this.props.say([...this.unsaid].map(([kind, times]) => `${times} ${kind}`).join(', '));
    this.unsaid.clear();
  }
}
