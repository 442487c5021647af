import { KAFKA_CLUSTER } from '../components/kafka-cluster/names';
import { componentLabels } from '../kubernetes/labels';
import type { Platform } from '../platform/load';
import type { Kubectl } from './kubectl';
import { conditionOf, isTrue, type ControllerRevision, type Pod, type StatefulSet } from './objects';
import { ownedBy, revisionOf } from './revision';

/** Pods of a StatefulSet whose newest template has not reached all of them. */
export interface HalfRoll {
  readonly newest: readonly Pod[];
  readonly former: readonly Pod[];
}

/** @returns undefined if all pods have one template */
export function halfRollOf(set: StatefulSet, pods: readonly Pod[]): HalfRoll | undefined {
  const { currentRevision, updateRevision } = set.status;
  if (currentRevision === updateRevision) return undefined;
  const own = ownedBy(set, pods);
  const newest = own.filter((pod) => revisionOf(pod) === updateRevision);
  const former = own.filter((pod) => !newest.includes(pod));
  return newest.length > 0 && former.length > 0 ? { newest, former } : undefined;
}

/** A text for each set of brokers that was left half rolled, with what to do. */
export async function halfRolls(kubectl: Kubectl, config: Platform): Promise<readonly string[]> {
  const [sets, pods] = await Promise.all([
    kubectl.list<StatefulSet>('statefulsets', componentLabels(config, KAFKA_CLUSTER)),
    kubectl.list<Pod>('pods', componentLabels(config, KAFKA_CLUSTER)),
  ]);
  const texts = sets.map(async (set) => {
    const half = halfRollOf(set, pods);
    return half === undefined ? [] : [await halfRollText(kubectl, config, { set, ...half })];
  });
  return (await Promise.all(texts)).flat();
}

interface HalfRolledSet extends HalfRoll {
  readonly set: StatefulSet;
}

const halfRollText = async (kubectl: Kubectl, config: Platform, { set, newest, former }: HalfRolledSet) =>
  [
    `${set.metadata.name} is half rolled: ${named(newest)} with its newest template, ${named(former)} with a former one`,
    '  This deploy goes on with the template of its manifests. Delete no pods: a deleted pod comes back with the newest template.',
    `  To return to the former template instead, deploy the manifests of before, or: ${await undoCommand(kubectl, config, set)}`,
  ].join('\n');

const named = (pods: readonly Pod[]): string =>
  pods.map((pod) => `${pod.metadata.name}${isTrue(conditionOf(pod, 'Ready')) ? '' : ' (not ready)'}`).join(', ');

/**
 * What to do when pods of a set's newest template do not start. @returns undefined if the set has no former template to
 * return to
 */
export async function remedyOf(kubectl: Kubectl, config: Platform, set: StatefulSet): Promise<string | undefined> {
  const { currentRevision, updateRevision } = set.status;
  if (currentRevision === updateRevision) return undefined;
  return [
    'correct the configuration and deploy again, or return to the former template:',
    await undoCommand(kubectl, config, set),
    'the other brokers keep their files; delete none of their pods, which would come back with the new template',
  ].join('\n      ');
}

/** Names the revision: after two templates that do not work, the one before the newest works no better. */
async function undoCommand(kubectl: Kubectl, config: Platform, { metadata, status }: StatefulSet): Promise<string> {
  const name = status.currentRevision;
  const current =
    name === undefined ? undefined : await kubectl.find<ControllerRevision>('controllerrevisions.apps', name);
  const revision = current === undefined ? '' : ` --to-revision=${current.revision}`;
  return `kubectl -n ${config.namespace} rollout undo statefulset/${metadata.name}${revision}`;
}
