import { shell } from './shell';
import { brokerPod, describeCluster, type World } from './world';

/** Sends a signal to a broker's Java process from its node; from within its pod, process 1 would not get it. */
export async function signalBroker(world: World, nodeId: number, signal: 'STOP' | 'KILL'): Promise<void> {
  const pod = await brokerPod(world, nodeId);
  const { uid } = pod.metadata;
  // Control groups name the pod with dashes or with underscores, by their driver.
  const script = `
    for process in /proc/[0-9]*; do
      [ "$(cat $process/comm 2>/dev/null)" = java ] || continue
      grep -qE '${uid}|${uid.replaceAll('-', '_')}' $process/cgroup || continue
      kill -${signal} "\${process#/proc/}" && exit 0
    done
    exit 1`;
  await shell('docker', ['exec', pod.spec.nodeName ?? '', 'sh', '-c', script]);
}

/** The broker that leads most partitions and is not the active controller: its end costs leaders and nothing else. */
export async function busiestBroker(world: World): Promise<number> {
  const { brokers, activeController } = await describeCluster(world);
  const [busiest] = brokers.filter(({ id }) => id !== activeController).sort((a, b) => b.leads - a.leads);
  if (busiest === undefined || busiest.leads === 0) throw new Error('no broker but the controller leads a partition');
  return busiest.id;
}
