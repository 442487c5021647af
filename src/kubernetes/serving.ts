import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { selectorLabels, type Component } from '../render/labels';
import type { Kubectl } from './kubectl';
import type { Pod, Workload } from './objects';
import { podObstacles } from './obstacles';
import { Patience } from './patience';
import { poll } from './poll';

/** A registry waits for its brokers, and starts anew when it met none. */
const WITHIN_MS = 15 * 60_000;

/** What serves beside the brokers. */
export const SERVING: readonly Component[] = ['registry', 'ui', 'prometheus', 'lag-exporter'];

interface ServingProps {
  readonly components: readonly Component[];
  readonly note: (detail: string) => void;
}

/** Waits until components run their newest templates and are ready. @throws {UserError} when one will not be */
export async function untilServing(
  kubectl: Kubectl,
  config: Platform,
  { components, note }: ServingProps,
): Promise<void> {
  const patience = new Patience();
  const late = await poll(
    async () => {
      const found = await Promise.all(components.map((component) => lateIn(kubectl, config, component)));
      patience.check(found.flatMap(({ obstacles }) => obstacles));
      return found.flatMap(({ names }) => names);
    },
    {
      until: (names) => {
        note(names.length === 0 ? '' : `until ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} ready`);
        return names.length === 0;
      },
      withinMs: WITHIN_MS,
    },
  );
  if (late.length === 0) return;
  throw new UserError(
    `Not ready after ${WITHIN_MS / 60_000} minutes: ${late.join(', ')}.`,
    `see kubectl -n ${config.namespace} describe pods, and their logs`,
  );
}

async function lateIn(kubectl: Kubectl, config: Platform, component: Component) {
  const labels = selectorLabels(config, component);
  const [workloads, pods] = await Promise.all([
    kubectl.list<Workload>('deployments,statefulsets', labels),
    kubectl.list<Pod>('pods', labels),
  ]);
  return {
    names: workloads.filter((workload) => !isServing(workload)).map(({ metadata }) => metadata.name),
    obstacles: pods.flatMap(podObstacles),
  };
}

/** Whether every replica runs the newest template and is ready. */
const isServing = ({ metadata, spec, status }: Workload): boolean =>
  status.observedGeneration === metadata.generation &&
  status.readyReplicas === spec.replicas &&
  status.updatedReplicas === spec.replicas &&
  status.replicas === spec.replicas;
