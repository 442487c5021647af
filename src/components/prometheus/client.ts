const TIMEOUT_MS = 10_000;

/** A scrape target of Prometheus. */
export interface Target {
  readonly job: string;
  readonly url: string;
  readonly health: 'up' | 'down' | 'unknown';
  /** Empty if the last scrape succeeded. */
  readonly lastError: string;
}

/** An alert rule loaded by Prometheus. */
export interface AlertRule {
  readonly name: string;
  readonly state: 'inactive' | 'pending' | 'firing';
  readonly lastError?: string;
}

/** One series of a query result. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A client of Prometheus' HTTP API. Error responses are thrown. */
export interface PrometheusClient {
  readonly targets: () => Promise<readonly Target[]>;
  readonly alertRules: () => Promise<readonly AlertRule[]>;
  /** Runs an instant query that returns a vector. */
  readonly query: (expression: string) => Promise<readonly Series[]>;
}

/** Source: Prometheus' HTTP API, v1. @param url address without a path */
export function prometheusClient(url: string): PrometheusClient {
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${url}/api/v1/${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const answer = (await response.json()) as { status: string; error?: string; data: T };
    if (answer.status !== 'success') throw new Error(`Prometheus refuses ${path}: ${answer.error ?? ''}`);
    return answer.data;
  };
  return {
    targets: async () => {
      const { activeTargets } = await get<{ activeTargets: readonly RawTarget[] }>('targets?state=active');
      return activeTargets.map(({ labels, scrapeUrl, health, lastError }) => ({
        job: labels['job'] ?? '',
        url: scrapeUrl,
        health,
        lastError,
      }));
    },
    alertRules: async () => {
      const { groups } = await get<{ groups: readonly { rules: readonly AlertRule[] }[] }>('rules?type=alert');
      return groups.flatMap(({ rules }) => rules);
    },
    query: async (expression) => {
      const { result } = await get<{ result: readonly RawSeries[] }>(`query?query=${encodeURIComponent(expression)}`);
      return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    },
  };
}

interface RawTarget {
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapeUrl: string;
  readonly health: Target['health'];
  readonly lastError: string;
}

interface RawSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}
