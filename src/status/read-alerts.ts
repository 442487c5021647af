import { z } from 'zod';
import type { AlertStatus } from './status';

const answerSchema = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        state: z.enum(['pending', 'firing', 'inactive']),
        activeAt: z.string(),
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()).default({}),
      }),
    ),
  }),
});

/**
 * Pending and firing alerts of Prometheus, firing ones first. @throws if the response is not one of Prometheus. Source:
 * https://prometheus.io/docs/prometheus/latest/querying/api/#alerts
 */
export async function readAlerts(url: string, timeoutMs: number): Promise<readonly AlertStatus[]> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/api/v1/alerts`, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`Prometheus answers with ${response.status}`);
  const { success, data: answer } = answerSchema.safeParse(await response.json());
  if (!success) throw new Error(`this is not what Prometheus answers: ${url}`);
  return answer.data.alerts
    .flatMap(({ state, activeAt, labels, annotations }) =>
      state === 'inactive'
        ? []
        : [
            {
              name: labels['alertname'] ?? 'an alert without a name',
              state,
              severity: labels['severity'],
              summary: annotations['summary'] ?? annotations['description'] ?? '',
              since: Date.parse(activeAt),
            },
          ],
    )
    .sort((a, b) => a.state.localeCompare(b.state) || a.since - b.since);
}
