import type { Pod } from '../../src/deploy/objects';
import { pollCluster } from '../../src/deploy/poll-cluster';
import { shell } from './shell';
import { describeCluster, nodePod, podsOf, setOf, type World } from './world';

type Signal = 'STOP' | 'CONT' | 'KILL';

/** Sends a signal to a broker's Java process. */
export const signalBroker = async (world: World, nodeId: number, signal: Signal): Promise<void> =>
  signalPod(await nodePod(world, nodeId), signal, '= java');

/** Kills the guard of a node. */
export const killGuard = (pod: Pod): Promise<void> => signalPod(pod, 'KILL', '= node');

/** Kills all processes of a pod. */
export const killPod = (pod: Pod): Promise<void> => signalPod(pod, 'KILL', '!= pause');

/** Stops all processes of a pod, as on a hanging node, or continues them. */
export const freezePod = (pod: Pod, signal: 'STOP' | 'CONT'): Promise<void> => signalPod(pod, signal, '!= pause');

/**
 * Sends a signal from the pod's node, because process 1 ignores signals from within the pod.
 * @param which comparison of the process name, for the shell's `test`
 */
async function signalPod({ metadata, spec }: Pod, signal: Signal, which: string): Promise<void> {
  const { uid } = metadata;
  // Names of control groups contain the pod's id with dashes or underscores, depending on the driver.
  const script = `
    found=1
    for process in /proc/[0-9]*; do
      [ "$(cat $process/comm 2>/dev/null)" ${which} ] || continue
      grep -qE '${uid}|${uid.replaceAll('-', '_')}' $process/cgroup 2>/dev/null || continue
      kill -${signal} "\${process#/proc/}" && found=0
    done
    exit $found`;
  await shell('docker', ['exec', spec.nodeName ?? '', 'sh', '-c', script]);
}

/**
 * The broker that leads most partitions and is not the active controller, so that its end affects only leaders. Right
 * after a cold start, the controller may lead all partitions.
 */
export async function busiestBroker(world: World): Promise<number> {
  const { brokers, activeController } = await describeCluster(world);
  const leading = brokers.filter(({ leads }) => leads > 0).sort((a, b) => b.leads - a.leads);
  const busiest = leading.find(({ id }) => id !== activeController) ?? leading[0];
  if (busiest === undefined) throw new Error('no broker leads a partition');
  return busiest.id;
}

type Role = Parameters<typeof setOf>[1];

/** Sets the number of nodes that have a role, without waiting. */
export const scale = (world: World, role: Role, replicas: number): Promise<string> =>
  world.kubectl.run(['scale', 'statefulset', setOf(world, role), `--replicas=${replicas}`]);

/** Stops all nodes that have a role. @throws if some are still there after as long as their guards may wait */
export async function stopAll(world: World, role: Role): Promise<void> {
  await scale(world, role, 0);
  const left = await pollCluster(() => podsOf(world, role), {
    until: (pods) => pods.length === 0,
    withinMs: world.config.guard.stopWaitMs,
  });
  if (left.length > 0) throw new Error(`still there: ${left.map(({ metadata }) => metadata.name).join(', ')}`);
}
