import { ClientMetrics } from '../../src/client/metrics/client-metrics';
import type { RunningSample, SampleContext } from '../../src/service/sample';
import { named, parseSeries } from './series';
import { until } from './until';

const CLOSE_MS = 10_000;

/** A sample in this process, with metrics and a log of its own. */
export interface SampleRun {
  readonly sample: RunningSample;
  readonly lines: readonly string[];
  /** What it has done of a kind. */
  readonly done: (kind: string) => Promise<number>;
  readonly close: () => Promise<unknown>;
}

interface RunProps extends Pick<SampleContext, 'bootstrap' | 'registry'> {
  readonly start: (context: SampleContext) => Promise<RunningSample>;
}

/** Resolves when it is ready. */
export async function runSample({ start, bootstrap, registry }: RunProps): Promise<SampleRun> {
  const metrics = new ClientMetrics();
  const lines: string[] = [];
  const sample = await start({ bootstrap, registry, metrics, instance: 'test-0', say: (line) => lines.push(line) });
  sample.ended.catch((error: unknown) => lines.push(String(error)));
  await until(() => sample.isReady, { otherwise: () => lines.join('\n') });
  return {
    sample,
    lines,
    done: async (kind) => parseSeries(await metrics.text()).get(named('app_sample_done_total', { kind })) ?? 0,
    close: () => sample.close(CLOSE_MS),
  };
}
