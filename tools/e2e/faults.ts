import type { Pod } from '../../src/deploy/objects';
import { shell } from './shell';
import { brokerSet, brokerPod, describeCluster, type World } from './world';

type Signal = 'STOP' | 'CONT' | 'KILL';

/** Sends a signal to a broker's Java process. */
export const signalBroker = async (world: World, nodeId: number, signal: Signal): Promise<void> =>
  signalPod(await brokerPod(world, nodeId), signal, '= java');

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

/** Sets the number of brokers without waiting. */
export const scaleBrokers = (world: World, replicas: number): Promise<string> =>
  world.kubectl.run(['scale', 'statefulset', brokerSet(world), `--replicas=${replicas}`]);
