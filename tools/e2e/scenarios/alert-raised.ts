import { forwarded } from '../../../src/deploy/port-forward';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { PROMETHEUS } from '../../../src/components/prometheus/names';
import { componentsOf } from '../../../src/platform/components';
import { prometheusClient, type AlertRule } from '../../../src/components/prometheus/client';
import { busiestBroker, signalBroker } from '../faults';
import type { Scenario } from '../scenario';
import { untilWhole, type World } from '../world';

const ALERT = 'KafkaBrokerDown';
const WITHIN_MS = 90_000;

/** A broker that no longer answers: Prometheus sees it, and its alert waits to fire. */
export const alertRaised: Scenario = {
  name: 'a frozen broker raises its alert',
  run: async (world) => {
    await untilWhole(world);
    const nodeId = await busiestBroker(world);
    // Prometheus sees later than the others that every broker answers again.
    const before = await pollCluster(() => alertOf(world), {
      until: (one) => one?.state === 'inactive',
      withinMs: WITHIN_MS,
    });
    await signalBroker(world, nodeId, 'STOP');
    const started = Date.now();
    try {
      const alert = await pollCluster(() => alertOf(world), {
        until: (one) => one?.state !== 'inactive',
        withinMs: WITHIN_MS,
      });
      const durationMs = Date.now() - started;
      const state = alert?.state ?? 'not there';
      const ok = before?.state === 'inactive' && (state === 'pending' || state === 'firing');
      return { ok, summary: `broker ${nodeId}: ${ALERT} was ${before?.state ?? 'not there'}, is ${state}`, durationMs };
    } finally {
      await signalBroker(world, nodeId, 'CONT');
    }
  },
};

async function alertOf({ kubectl, config }: World): Promise<AlertRule | undefined> {
  const page = componentsOf(config).find(({ name }) => name === PROMETHEUS)?.web;
  if (page === undefined) throw new Error('there is no Prometheus here');
  return forwarded(kubectl, page, async (url) =>
    (await prometheusClient(url).alertRules()).find(({ name }) => name === ALERT),
  );
}
