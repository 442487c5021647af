import { exposition, type Metric } from '../../monitoring/exposition';
import { clusterMetrics } from './metrics';
import type { ClusterSnapshot } from './snapshot';
import { messageOf } from '../../validation/message-of';

/** Scrapes at about the same time share one reading. */
const FRESH_MS = 1_000;

/** Less than the 10 s that Prometheus waits for a scrape. */
const WITHIN_MS = 8_000;

export interface ScraperProps {
  readonly read: () => Promise<ClusterSnapshot>;
  readonly say: (line: string) => void;
  /** Additional metrics, evaluated at each scrape. @default none */
  readonly more?: () => readonly Metric[];
  /** Time after its end during which a reading is reused. @default 1 s */
  readonly freshMs?: number;
  /** Time after which a reading counts as failed. @default 8 s */
  readonly withinMs?: number;
}

/** Reads the cluster at each scrape and reports the result of the reading. */
export class Scraper {
  private current: Promise<string> | undefined;
  private failures = 0;
  private lastSuccess = 0;
  private said = '';

  constructor(private readonly props: ScraperProps) {}

  /** Metrics in Prometheus' text format. If the cluster cannot be read, only the exporter's own metrics. */
  metrics(): Promise<string> {
    this.current ??= this.scrape().finally(() => {
      setTimeout(() => (this.current = undefined), this.props.freshMs ?? FRESH_MS).unref();
    });
    return this.current;
  }

  private async scrape(): Promise<string> {
    const started = performance.now();
    const snapshot = await this.reading();
    if (snapshot === undefined || snapshot.problems.length > 0) this.failures += 1;
    else this.lastSuccess = Date.now() / 1_000;
    const seconds = (performance.now() - started) / 1_000;
    return exposition([
      ...(snapshot === undefined ? [] : clusterMetrics(snapshot)),
      ...(this.props.more?.() ?? []),
      ...this.ownMetrics(seconds),
    ]);
  }

  private async reading(): Promise<ClusterSnapshot | undefined> {
    try {
      const snapshot = await within(this.props.read(), this.props.withinMs ?? WITHIN_MS);
      this.sayOnce(snapshot.problems.join('; '));
      return snapshot;
    } catch (error) {
      this.sayOnce(messageOf(error));
      return undefined;
    }
  }

  private sayOnce(problem: string): void {
    if (problem === this.said) return;
    this.said = problem;
    this.props.say(
      problem === ''
        ? 'readings of the cluster are complete again'
        : `the reading of the cluster is incomplete: ${problem}`,
    );
  }

  private ownMetrics(seconds: number): readonly Metric[] {
    const own = (name: string, help: string, value: number): Metric => ({
      name: `platform_lag_exporter_${name}`,
      help,
      samples: [{ labels: {}, value }],
    });
    return [
      own('scrape_duration_seconds', 'Duration of the last reading of the cluster', seconds),
      { ...own('scrape_failures_total', 'Readings that were incomplete', this.failures), type: 'counter' },
      own(
        'last_success_timestamp_seconds',
        'Time of the last complete reading; 0 when there was none',
        this.lastSuccess,
      ),
    ];
  }
}

/** A reading that exceeds the time limit continues, but its result is not used. */
function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`the cluster was not read within ${ms / 1_000} s`)), ms);
    void work.then(done, fail).finally(() => clearTimeout(timer));
  });
}
