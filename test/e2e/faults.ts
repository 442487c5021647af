import type { Pod } from '../../src/kubernetes/objects';
import { brokerNames } from '../../src/render/names';
import { shell } from './shell';
import { brokerPod, describeCluster, type World } from './world';

type Signal = 'STOP' | 'CONT' | 'KILL';

/** Sends a signal to a broker's Java process. */
export const signalBroker = async (world: World, nodeId: number, signal: Signal): Promise<void> =>
  signalPod(await brokerPod(world, nodeId), signal, '= java');

/** Kills everything that a pod runs. */
export const killPod = (pod: Pod): Promise<void> => signalPod(pod, 'KILL', '!= pause');

/** Stops everything that a pod runs, as a node does that hangs, or lets it go on. */
export const freezePod = (pod: Pod, signal: 'STOP' | 'CONT'): Promise<void> => signalPod(pod, signal, '!= pause');

/**
 * Sends a signal from the pod's node: from within the pod, process 1 would not get it.
 * @param which how the shell's `test` compares a process' name
 */
async function signalPod({ metadata, spec }: Pod, signal: Signal, which: string): Promise<void> {
  const { uid } = metadata;
  // Control groups name the pod with dashes or with underscores, by their driver.
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
 * The broker that leads most partitions and is not the active controller: its end costs leaders and nothing else. Just
 * after a cold start the controller may lead them all.
 */
export async function busiestBroker(world: World): Promise<number> {
  const { brokers, activeController } = await describeCluster(world);
  const leading = brokers.filter(({ leads }) => leads > 0).sort((a, b) => b.leads - a.leads);
  const busiest = leading.find(({ id }) => id !== activeController) ?? leading[0];
  if (busiest === undefined) throw new Error('no broker leads a partition');
  return busiest.id;
}

/** Says how many brokers there are to be, and does not wait for them. */
export const scaleBrokers = ({ kubectl, config }: World, replicas: number): Promise<string> =>
  kubectl.run(['scale', 'statefulset', brokerNames(config).statefulSet, `--replicas=${replicas}`]);
