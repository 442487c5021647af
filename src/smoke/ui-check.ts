import { failed, passed, skipped, type Check } from './check';
import { settled } from './settled';

const TIMEOUT_MS = 10_000;

/** As Kafka UI's API tells of a cluster. Source: kafbat's OpenAPI document, 1.5. */
interface UiCluster {
  readonly name: string;
  readonly status: string;
  readonly lastError?: { readonly message?: string };
  /** True of a program that takes the UI's place where its image cannot be had, and serves no metrics. */
  readonly standIn?: boolean;
}

/** Kafka UI reaches the cluster. */
export const uiCheck: Check = {
  name: 'ui',
  run: ({ config, services, settleMs }) => {
    const { ui } = services;
    if (ui === undefined) return Promise.resolve(skipped('no UI here'));
    return settled(settleMs, async () => {
      const clusters = await uiClusters(ui);
      const cluster = clusters.find(({ name }) => name === config.name);
      if (cluster === undefined) return failed(`the UI does not know the cluster '${config.name}'`, clusters);
      const told = cluster.lastError?.message ?? 'no reason given';
      return cluster.status === 'online'
        ? passed(`the UI${cluster.standIn ? ' (a stand-in)' : ''} says that ${config.name} is online`, cluster)
        : failed(`the UI says that ${config.name} is ${cluster.status}: ${told}`, cluster);
    });
  },
};

/** Whether what answers for the UI is none. */
export const isStandIn = async (ui: string): Promise<boolean> =>
  (await uiClusters(ui)).some(({ standIn }) => standIn === true);

async function uiClusters(ui: string): Promise<readonly UiCluster[]> {
  const url = `${ui}/api/clusters`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the UI answers ${response.status} at ${url}`);
  return (await response.json()) as readonly UiCluster[];
}
