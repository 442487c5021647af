import { ClientMetrics } from '../../../../src/client/metrics/client-metrics';
import type { RunningApplication, ApplicationContext } from '../../src/process/application';
import { named, parseSeries } from '../../../../test/support/series';
import { until } from '../../../../test/support/until';

const CLOSE_MS = 10_000;

/** An application in this process, with its own metrics and log. */
export interface ApplicationRun {
  readonly application: RunningApplication;
  readonly lines: readonly string[];
  /** Number of its results of a kind. */
  readonly done: (kind: string) => Promise<number>;
  readonly close: () => Promise<unknown>;
}

interface RunProps extends Pick<ApplicationContext, 'connection' | 'registry'> {
  readonly start: (context: ApplicationContext) => Promise<RunningApplication>;
}

/** Resolves when the application is ready. */
export async function runApplicationHere({ start, connection, registry }: RunProps): Promise<ApplicationRun> {
  const metrics = new ClientMetrics();
  const lines: string[] = [];
  const application = await start({
    connection,
    registry,
    metrics,
    instance: 'test-0',
    say: (line) => lines.push(line),
  });
  application.ended.catch((error: unknown) => lines.push(String(error)));
  await until(() => application.isReady, { otherwise: () => lines.join('\n') });
  return {
    application,
    lines,
    done: async (kind) => parseSeries(await metrics.text()).get(named('app_done_total', { kind })) ?? 0,
    close: () => application.close(CLOSE_MS),
  };
}
