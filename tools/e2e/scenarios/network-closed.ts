import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programsOutput } from '../../../scripts/runtime-image';
import type { Component } from '../../../src/components/component';
import type { Pod } from '../../../src/deploy/objects';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { flowsBetween } from '../../../src/components/derived';
import { componentsOf } from '../../../src/platform/components';
import { E2E_IMAGE } from '../image';
import { runtimePod } from '../runtime-pod';
import type { Scenario } from '../scenario';
import type { World } from '../world';

/** A network plugin takes some seconds to know a new pod. */
const ENFORCED_WITHIN_MS = 45_000;

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
      const cells = await pollCluster(() => tryAll(world), {
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

const idlePod = (from: string): string => `e2e-${from}`;

async function startIdle(world: World, from: (typeof IDLE)[number]): Promise<void> {
  const name = idlePod(from);
  const labels = componentsOf(world.config).find((component) => component.name === from)?.podLabels ?? {};
  const pod = runtimePod(world, { name, labels, command: ['node', '-e', 'setInterval(() => undefined, 1e9)'] });
  await world.kubectl.run(['apply', '--filename', '-'], { input: JSON.stringify(pod) });
  await world.kubectl.run(['wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s']);
}

/** A port of a pod of a component. */
interface Place {
  readonly component: string;
  readonly port: string;
  readonly address: string;
  readonly pod: string;
}

async function tryAll(world: World): Promise<readonly Cell[]> {
  const places = await allPlaces(world);
  const idle = IDLE.map((from) => tryFrom(world, { from, pod: idlePod(from), container: 'runtime' }, places));
  const own = (Object.keys(OWN) as (keyof typeof OWN)[]).map(async (from) => {
    const component = componentsOf(world.config).find(({ name }) => name === from);
    const [pod] = component === undefined ? [] : await podsOf(world, component);
    const name = pod?.metadata.name ?? '';
    // A pod reaches itself whatever the policies say.
    const others = places.filter((place) => place.pod !== name);
    return tryFrom(world, { from, pod: name, container: OWN[from] }, others);
  });
  return (await Promise.all([...idle, ...own])).flat();
}

/** Every port of everything that listens. */
async function allPlaces(world: World): Promise<readonly Place[]> {
  const places = componentsOf(world.config).map(async (component) => {
    const { name, ports } = component;
    const pods = Object.keys(ports).length === 0 ? [] : await podsOf(world, component);
    return pods.flatMap((pod) =>
      Object.entries(ports)
        .filter(([port]) => declares(pod, port))
        .map(([port, number]) => ({
          component: name,
          port,
          address: `${pod.status.podIP ?? ''}:${number}`,
          pod: pod.metadata.name,
        })),
    );
  });
  return (await Promise.all(places)).flat();
}

interface Container {
  readonly ports?: readonly { readonly name: string }[];
}

interface PodWithPorts extends Pod {
  readonly spec: Pod['spec'] & {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
}

/** Whether a pod has the port: a controller has no port for clients. */
const declares = ({ spec }: PodWithPorts, port: string): boolean =>
  [...spec.containers, ...(spec.initContainers ?? [])].some(({ ports = [] }) =>
    ports.some(({ name }) => name === port),
  );

/** Of clients, those that listen. */
const podsOf = ({ kubectl }: World, { podLabels, metrics }: Component): Promise<readonly PodWithPorts[]> =>
  kubectl.list<PodWithPorts>('pods', metrics?.[0]?.podLabels ?? podLabels);

interface Origin {
  readonly from: string;
  readonly pod: string;
  readonly container: string;
}

async function tryFrom(
  { kubectl, config }: World,
  { from, pod, container }: Origin,
  places: readonly Place[],
): Promise<readonly Cell[]> {
  // No image of the platform has the program: its text is what Node is given to run.
  const command = ['exec', '--stdin', pod, '--container', container, '--', 'node', '-'];
  const input = readFileSync(join(programsOutput(E2E_IMAGE), 'reach.js'), 'utf8');
  const answer = await kubectl.run([...command, ...places.map(({ address }) => address)], { input });
  const reached = JSON.parse(answer) as Readonly<Record<string, boolean>>;
  const flows = flowsBetween(componentsOf(config));
  return places.map(({ component, port, address }) => ({
    way: `${from} to the ${port} port of ${component}`,
    wanted: flows.some((flow) => flow.from.name === from && flow.to.name === component && flow.port === port),
    is: reached[address] === true,
  }));
}
