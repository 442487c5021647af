import { KAFKA_CLUSTER } from '../components/kafka-cluster/names';
import { componentLabels } from '../kubernetes/labels';
import type { Platform } from '../platform/load';
import type { Kubectl } from './kubectl';
import type { ControllerRevision, Pod, Volumes } from './objects';

/** Names of the ConfigMaps that brokers mount, and those that they would mount after a return to a former template. */
export async function mountedByBrokers(kubectl: Kubectl, config: Pick<Platform, 'name'>): Promise<ReadonlySet<string>> {
  const labels = componentLabels(config, KAFKA_CLUSTER);
  const [pods, revisions] = await Promise.all([
    kubectl.list<Pod>('pods', labels),
    kubectl.list<ControllerRevision>('controllerrevisions.apps', labels),
  ]);
  return mountedConfigMaps(pods, revisions);
}

/** Names of the ConfigMaps in the volumes of pods and of templates. */
export const mountedConfigMaps = (
  pods: readonly Pod[],
  revisions: readonly ControllerRevision[],
): ReadonlySet<string> =>
  new Set([...pods.map(({ spec }) => spec), ...revisions.map(({ data }) => data.spec.template.spec)].flatMap(namesIn));

const namesIn = ({ volumes = [] }: Volumes): readonly string[] =>
  volumes
    .flatMap(({ configMap, projected }) => [configMap, ...(projected?.sources ?? []).map((one) => one.configMap)])
    .flatMap((one) => one?.name ?? []);
