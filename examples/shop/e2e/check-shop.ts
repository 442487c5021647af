import { bootstrapAddress } from '../../../src/components/kafka-cluster/kubernetes-layout';
import { registryUrl } from '../../../src/components/schema-registry/model';
import { jsonLine } from '../../../src/deploy/json-line';
import type { Pod } from '../../../src/deploy/objects';
import { poll } from '../../../src/waiting/poll';
import { CLIENT_LABEL } from '../../../src/kubernetes/labels';
import { applications } from '../applications';
import type { Report } from '../checker/check-logs';
import { runtimePod } from '../../../tools/e2e/runtime-pod';
import type { World } from '../../../tools/e2e/world';

const NAME = 'shop-check';
/** Longer than the program waits for the applications. */
const WITHIN_MS = 6 * 60_000;

/**
 * Waits until the shop's applications have caught up, and checks the logs. No events may be written in the meantime.
 */
export async function checkShopInCluster(world: World): Promise<Report> {
  const { kubectl, config } = world;
  const remove = () => kubectl.run(['delete', 'pod', NAME, '--ignore-not-found', '--grace-period=1']);
  await remove();
  const pod = runtimePod(world, {
    name: NAME,
    labels: CLIENT_LABEL,
    image: applications.email.image,
    command: ['node', '/app/check.js'],
    env: {
      KAFKA_BOOTSTRAP_SERVERS: bootstrapAddress(config),
      SCHEMA_REGISTRY_URL: registryUrl(config) ?? '',
    },
  });
  await kubectl.run(['apply', '--filename', '-'], { input: JSON.stringify(pod) });
  const ended = await poll(() => kubectl.find<Pod>('pod', NAME), {
    until: (found) => found?.status.phase === 'Succeeded' || found?.status.phase === 'Failed',
    withinMs: WITHIN_MS,
  });
  const log = await kubectl.run(['logs', NAME]);
  const report = jsonLine(log) as Report | undefined;
  if (report === undefined)
    throw new Error(`the shop (${ended?.status.phase ?? 'gone'}) could not be checked:\n${log.slice(-2_000)}`);
  await remove();
  return report;
}
