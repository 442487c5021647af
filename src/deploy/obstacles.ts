import { conditionOf, type ContainerStatus, type Pod } from './objects';

/** Waiting reasons of a container that do not resolve by waiting. */
const HOPELESS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/** A StatefulSet creates the claim together with the pod, and the scheduler may see the pod first. */
const CLAIM_COMES = /persistentvolumeclaim "[^"]*" not found/;

/** Number of restarts that are ignored: the DNS name of a peer may become available late. */
const RESTARTS_FORGIVEN = 2;

/** A container that has run for this time, before its last end or since, is not in a restart loop. */
const RUNS_MS = 2 * 60_000;

/** Why a pod will not run. */
export interface Obstacle {
  /** Description of the obstacle. */
  readonly text: string;
  /** The container whose log contains the reason. */
  readonly ended?: EndedContainer;
}

export interface EndedContainer {
  readonly pod: string;
  readonly container: string;
  /** Whether the container was restarted, so that the log is that of the previous instance. */
  readonly isPrevious: boolean;
  /** The termination message that the kubelet kept. */
  readonly message: string | undefined;
}

/** Restart counts at the start of a wait, by pod and container. */
export type Restarts = ReadonlyMap<string, number>;

export const restartsOf = (pods: readonly Pod[]): Restarts =>
  new Map(
    pods.flatMap((pod) =>
      containersOf(pod).map((container) => [restartKey(pod, container), container.restartCount] as const),
    ),
  );

const restartKey = ({ metadata }: Pod, { name }: ContainerStatus): string => `${metadata.uid} ${name}`;

const containersOf = ({ status }: Pod): readonly ContainerStatus[] => [
  ...(status.initContainerStatuses ?? []),
  ...(status.containerStatuses ?? []),
];

/**
 * Why a pod will not run; empty as long as it may.
 * @param before restart counts before the configuration that is being waited for; these restarts do not count
 */
export function podObstacles(pod: Pod, before: Restarts = new Map()): readonly Obstacle[] {
  const { name } = pod.metadata;
  const scheduled = conditionOf(pod, 'PodScheduled');
  const unschedulable =
    scheduled?.reason === 'Unschedulable' && !CLAIM_COMES.test(scheduled.message ?? '')
      ? [{ text: `${name} cannot be scheduled: ${scheduled.message ?? ''}` }]
      : [];
  return [...unschedulable, ...containersOf(pod).flatMap((container) => containerObstacles(pod, container, before))];
}

function containerObstacles(pod: Pod, container: ContainerStatus, before: Restarts): readonly Obstacle[] {
  const place = `${pod.metadata.name} (${container.name})`;
  const { waiting, terminated } = container.state;
  if (waiting?.reason !== undefined && HOPELESS.has(waiting.reason)) {
    return [{ text: `${place}: ${waiting.reason}: ${waiting.message ?? ''}` }];
  }
  const ended = terminated ?? container.lastState?.terminated;
  if (ended === undefined || !isLooping(container, before.get(restartKey(pod, container)) ?? 0)) return [];
  return [
    {
      text: `${place} ends repeatedly`,
      ended: {
        pod: pod.metadata.name,
        container: container.name,
        isPrevious: terminated === undefined,
        message: ended.message,
      },
    },
  ];
}

/** Earlier restarts count as soon as there is another one: the container still fails. */
function isLooping({ ready, restartCount, state, lastState }: ContainerStatus, before: number): boolean {
  if (ready || restartCount <= RESTARTS_FORGIVEN || restartCount === before) return false;
  const { startedAt, finishedAt } = state.terminated ?? lastState?.terminated ?? {};
  const finished = Date.parse(finishedAt ?? '');
  const hasRun = finished - Date.parse(startedAt ?? '') > RUNS_MS;
  const runs = state.waiting === undefined && Date.now() - finished > RUNS_MS;
  return !hasRun && !runs;
}
