import { exposition, type Metric } from './exposition';
import { clusterMetrics } from './metrics';
import type { ClusterSnapshot } from './snapshot';

/** Two that scrape at about the same time share one reading. */
const FRESH_MS = 1_000;

/** Below the 10 s that Prometheus waits for a scrape. */
const WITHIN_MS = 8_000;

export interface ScraperProps {
  readonly read: () => Promise<ClusterSnapshot>;
  readonly say: (line: string) => void;
  /** How long a reading counts after its end. @default 1 s */
  readonly freshMs?: number;
  /** After which a reading counts as failed. @default 8 s */
  readonly withinMs?: number;
}

/** Reads the cluster when it is scraped, and tells how the reading went. */
export class Scraper {
  private current: Promise<string> | undefined;
  private failures = 0;
  private lastSuccess = 0;
  private said = '';

  constructor(private readonly props: ScraperProps) {}

  /** Metrics as text. Without a cluster they are only those of the exporter itself. */
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
    return exposition([...(snapshot === undefined ? [] : clusterMetrics(snapshot)), ...this.ownMetrics(seconds)]);
  }

  private async reading(): Promise<ClusterSnapshot | undefined> {
    try {
      const snapshot = await within(this.props.read(), this.props.withinMs ?? WITHIN_MS);
      this.sayOnce(snapshot.problems.join('; '));
      return snapshot;
    } catch (error) {
      this.sayOnce(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private sayOnce(problem: string): void {
    if (problem === this.said) return;
    this.said = problem;
    this.props.say(problem === '' ? 'everything can be read again' : `not everything can be read: ${problem}`);
  }

  private ownMetrics(seconds: number): readonly Metric[] {
    const own = (name: string, help: string, value: number): Metric => ({
      name: `platform_lag_exporter_${name}`,
      help,
      samples: [{ labels: {}, value }],
    });
    return [
      own('scrape_duration_seconds', 'Time that the reading took', seconds),
      { ...own('scrape_failures_total', 'Readings from which anything was missing', this.failures), type: 'counter' },
      own('last_success_timestamp_seconds', 'When everything was read; 0 when never', this.lastSuccess),
    ];
  }
}

/** A reading that takes longer goes on, and nobody waits for it. */
function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`the cluster was not read within ${ms / 1_000} s`)), ms);
    void work.then(done, fail).finally(() => clearTimeout(timer));
  });
}
