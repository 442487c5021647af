import type { Pod } from '../../../src/kubernetes/objects';
import { poll } from '../../../src/kubernetes/poll';
import { CLIENT_LABEL, brokerPorts, isAllowed, type BrokerPort, type Party } from '../../../src/render/network-flows';
import { runtimePod } from '../runtime-pod';
import type { Scenario } from '../scenario';
import { brokerPods, podName, type World } from '../world';

/** A network plugin takes some seconds to know a new pod. */
const ENFORCED_WITHIN_MS = 45_000;

type From = Party | 'stranger';

interface Cell {
  readonly from: From;
  readonly port: BrokerPort;
  readonly wanted: boolean;
  readonly is: boolean;
}

/** Every cell of the table of flows, tried from pods that are what the table names. */
export const networkClosed: Scenario = {
  name: 'network policies enforced',
  run: async (world) => {
    await Promise.all([startIdle(world, 'client', CLIENT_LABEL), startIdle(world, 'stranger', {})]);
    try {
      const cells = await poll(() => tryAll(world), {
        until: (all) => all.every(({ wanted, is }) => wanted === is),
        withinMs: ENFORCED_WITHIN_MS,
      });
      const wrong = cells.filter(({ wanted, is }) => wanted !== is);
      const text = wrong.map(({ from, port, is }) => `${from} ${is ? 'reaches' : 'does not reach'} the ${port} port`);
      return {
        ok: wrong.length === 0,
        summary: text.length === 0 ? `${cells.length} ways as in the table` : text.join('; '),
      };
    } finally {
      await world.kubectl.run([
        'delete',
        'pods',
        idlePod('client'),
        idlePod('stranger'),
        '--grace-period=1',
        '--wait=false',
      ]);
    }
  },
};

const idlePod = (from: From): string => `e2e-${from}`;

async function startIdle(world: World, from: From, labels: Readonly<Record<string, string>>): Promise<void> {
  const name = idlePod(from);
  const pod = runtimePod(world, { name, labels, command: ['node', '-e', 'setInterval(() => undefined, 1e9)'] });
  await world.kubectl.run(['apply', '--filename', '-'], { input: JSON.stringify(pod) });
  await world.kubectl.run(['wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s']);
}

async function tryAll(world: World): Promise<readonly Cell[]> {
  const brokers = await brokerPods(world);
  // A broker reaches itself whatever the policies say.
  const others = brokers.filter(({ metadata }) => metadata.name !== podName(world, 0));
  const rows = await Promise.all([
    tryFrom(world, { from: 'client', pod: idlePod('client'), targets: brokers }),
    tryFrom(world, { from: 'stranger', pod: idlePod('stranger'), targets: brokers }),
    tryFrom(world, { from: 'broker', pod: podName(world, 0), container: 'guard', targets: others }),
  ]);
  return rows.flat();
}

interface Attempt {
  readonly from: From;
  readonly pod: string;
  readonly container?: string;
  readonly targets: readonly Pod[];
}

async function tryFrom(
  { kubectl, config }: World,
  { from, pod, container = 'runtime', targets }: Attempt,
): Promise<readonly Cell[]> {
  const ports = Object.entries(brokerPorts(config)) as [BrokerPort, number][];
  const places = targets.flatMap(({ status }) =>
    ports.map(([port, number]) => ({ port, place: `${status.podIP ?? ''}:${number}` })),
  );
  const command = [
    'exec',
    pod,
    '--container',
    container,
    '--',
    'node',
    '/app/reach.js',
    ...places.map(({ place }) => place),
  ];
  const reached = JSON.parse(await kubectl.run(command)) as Readonly<Record<string, boolean>>;
  return places.map(({ port, place }) => ({ from, port, wanted: isAllowed(from, port), is: reached[place] === true }));
}
