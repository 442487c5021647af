import type { Pod } from '../../../src/kubernetes/objects';
import { poll } from '../../../src/kubernetes/poll';
import { METRICS_LABEL, flowsOf, partyLabels, partyPorts, type Party } from '../../../src/render/network-flows';
import { runtimePod } from '../runtime-pod';
import type { Scenario } from '../scenario';
import type { World } from '../world';

/** A network plugin takes some seconds to know a new pod. */
const ENFORCED_WITHIN_MS = 45_000;

type From = Party | 'stranger';

/** Pods that only stand for somebody, and so can be tried from. */
const IDLE = ['client', 'smoke-test', 'stranger'] as const;

/** Who is tried from in a container of its own that has Node. */
const OWN = { broker: 'guard', 'lag-exporter': 'lag-exporter' } as const;

/** One way from a pod to a port of another. */
interface Cell {
  readonly way: string;
  readonly wanted: boolean;
  readonly is: boolean;
}

/** Every cell of the table of flows, tried from pods that are what the table names. */
export const networkClosed: Scenario = {
  name: 'network policies enforced',
  run: async (world) => {
    await Promise.all(IDLE.map((from) => startIdle(world, from)));
    try {
      const cells = await poll(() => tryAll(world), {
        until: (all) => all.every(({ wanted, is }) => wanted === is),
        withinMs: ENFORCED_WITHIN_MS,
      });
      const wrong = cells.filter(({ wanted, is }) => wanted !== is);
      const text = wrong.map(({ way, is }) => `${way} is ${is ? 'open' : 'closed'}`);
      return {
        ok: wrong.length === 0,
        summary: text.length === 0 ? `${cells.length} ways as in the table` : text.join('; '),
      };
    } finally {
      await world.kubectl.run(['delete', 'pods', ...IDLE.map(idlePod), '--grace-period=1', '--wait=false']);
    }
  },
};

const idlePod = (from: From): string => `e2e-${from}`;

async function startIdle(world: World, from: (typeof IDLE)[number]): Promise<void> {
  const name = idlePod(from);
  const labels = from === 'stranger' ? {} : partyLabels(world.config, from);
  const pod = runtimePod(world, { name, labels, command: ['node', '-e', 'setInterval(() => undefined, 1e9)'] });
  await world.kubectl.run(['apply', '--filename', '-'], { input: JSON.stringify(pod) });
  await world.kubectl.run(['wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s']);
}

/** A port of a pod of a party. */
interface Place {
  readonly party: Party;
  readonly port: string;
  readonly address: string;
  readonly pod: string;
}

async function tryAll(world: World): Promise<readonly Cell[]> {
  const places = await allPlaces(world);
  const idle = IDLE.map((from) => tryFrom(world, { from, pod: idlePod(from), container: 'runtime' }, places));
  const own = (Object.keys(OWN) as (keyof typeof OWN)[]).map(async (from) => {
    const [pod] = await podsOf(world, from);
    const name = pod?.metadata.name ?? '';
    // A pod reaches itself whatever the policies say.
    const others = places.filter((place) => place.pod !== name);
    return tryFrom(world, { from, pod: name, container: OWN[from] }, others);
  });
  return (await Promise.all([...idle, ...own])).flat();
}

/** Every port of everything that listens. */
async function allPlaces(world: World): Promise<readonly Place[]> {
  const places = [...partyPorts(world.config)].map(async ([party, ports]) => {
    const pods = Object.keys(ports).length === 0 ? [] : await podsOf(world, party);
    return pods.flatMap(({ metadata, status }) =>
      Object.entries(ports).map(([port, number]) => ({
        party,
        port,
        address: `${status.podIP ?? ''}:${number}`,
        pod: metadata.name,
      })),
    );
  });
  return (await Promise.all(places)).flat();
}

const podsOf = ({ kubectl, config }: World, party: Party): Promise<readonly Pod[]> =>
  // Of clients, those that listen.
  kubectl.list<Pod>('pods', party === 'client' ? METRICS_LABEL : partyLabels(config, party));

interface Origin {
  readonly from: From;
  readonly pod: string;
  readonly container: string;
}

async function tryFrom(
  { kubectl, config }: World,
  { from, pod, container }: Origin,
  places: readonly Place[],
): Promise<readonly Cell[]> {
  const command = ['exec', pod, '--container', container, '--', 'node', '/app/reach.js'];
  const answer = await kubectl.run([...command, ...places.map(({ address }) => address)]);
  const reached = JSON.parse(answer) as Readonly<Record<string, boolean>>;
  const flows = flowsOf(config);
  return places.map(({ party, port, address }) => ({
    way: `${from} to the ${port} port of ${party}`,
    wanted: flows.some((flow) => flow.from === from && flow.to === party && flow.port === port),
    is: reached[address] === true,
  }));
}
