import { conditionOf, type Pod } from './objects';

/** Reasons of a waiting container that no waiting mends. */
const HOPELESS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/** Restarts that do not count yet: a peer's name may come late. */
const RESTARTS_FORGIVEN = 2;

/** What has run for so long since its last end does not end again and again, whatever it waits for. */
const RUNS_MS = 2 * 60_000;

/** Why a pod will not run, in words; nothing while it may. */
export function podObstacles(pod: Pod): readonly string[] {
  const { name } = pod.metadata;
  const scheduled = conditionOf(pod, 'PodScheduled');
  const unschedulable =
    scheduled?.reason === 'Unschedulable' ? [`${name} cannot be scheduled: ${scheduled.message ?? ''}`] : [];
  const containers = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
  return [
    ...unschedulable,
    ...containers.flatMap((container) => {
      const { waiting } = container.state;
      if (waiting?.reason !== undefined && HOPELESS.has(waiting.reason)) {
        return [`${name} (${container.name}): ${waiting.reason}: ${waiting.message ?? ''}`];
      }
      const ended = container.state.terminated ?? container.lastState?.terminated;
      const runs = waiting === undefined && Date.now() - Date.parse(ended?.finishedAt ?? '') > RUNS_MS;
      const loops = container.restartCount > RESTARTS_FORGIVEN && !container.ready && !runs;
      if (!loops || ended === undefined) return [];
      return [`${name} (${container.name}) ends again and again: ${lastLines(ended.message)}`];
    }),
  ];
}

const LINES = 5;

const lastLines = (message = 'it left no message'): string => message.trim().split('\n').slice(-LINES).join('\n    ');
