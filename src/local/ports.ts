import { UserError } from '../validation/user-error';
import { LOOPBACK, PORTS_PER_BROKER, type BrokerPorts } from '../components/kafka-cluster/local-layout';
import { holdFree, holdIfFree, release, type HeldPort } from './free-ports';
import { servicePortNames, type ServicePorts } from '../platform/local-service-ports';

/** Ports of a local platform. */
export interface LocalPorts {
  /** Ports of each broker, in the order of the nodes. */
  readonly brokers: readonly BrokerPorts[];
  readonly services: ServicePorts;
}

interface PortsProps {
  readonly brokers: number;
  /** Names of the other ports, in order. @default those of a platform without applications */
  readonly services?: readonly string[];
  /** First configured port; free ports are chosen if it is undefined. */
  readonly basePort: number | undefined;
  /** Ports of the last start, reused if they are free. */
  readonly kept: Partial<LocalPorts>;
}

/** Chooses the ports for a start. @throws {UserError} with every configured port that is occupied */
export async function chooseLocalPorts({
  brokers,
  services = servicePortNames({ applications: {} }),
  basePort,
  kept,
}: PortsProps): Promise<LocalPorts> {
  const count = brokers * PORTS_PER_BROKER;
  if (basePort !== undefined)
    return laidOut(await configuredPorts(basePort, count + services.length), { count, services });
  // Each port is held until all are chosen, so that none is assigned twice.
  const held = [
    ...((await holdAgain(kept.brokers?.flat(), count)) ?? (await holdFree(count))),
    ...(await holdServices(services, kept.services)),
  ];
  return laidOut(await Promise.all(held.map(release)), { count, services });
}

async function configuredPorts(basePort: number, count: number): Promise<readonly number[]> {
  const wanted = Array.from({ length: count }, (_, index) => basePort + index);
  const held = await Promise.all(wanted.map(holdIfFree));
  await Promise.all(held.filter((one) => one !== undefined).map(release));
  const taken = wanted.filter((_, index) => held[index] === undefined);
  if (taken.length > 0) {
    throw new UserError(
      `local.basePort = ${basePort}: another process already listens on ${LOOPBACK}:${taken.join(', ')}.\n` +
        `  allowed: a port that begins ${count} free ones in a row`,
      'stop that process, set local.basePort to another port, or leave it out to have free ports chosen',
    );
  }
  return wanted;
}

interface Order {
  /** Number of broker ports, which come first. */
  readonly count: number;
  readonly services: readonly string[];
}

function laidOut(ports: readonly number[], { count, services: names }: Order): LocalPorts {
  const brokers: BrokerPorts[] = [];
  for (let index = 0; index < count; index += PORTS_PER_BROKER) {
    brokers.push(ports.slice(index, index + PORTS_PER_BROKER) as unknown as BrokerPorts);
  }
  const services = Object.fromEntries(names.map((name, index) => [name, ports[count + index]]));
  return { brokers, services: services as unknown as ServicePorts };
}

/** Holds all ports or none; undefined unless there are `count` ports and all are free. */
async function holdAgain(
  ports: readonly number[] | undefined,
  count: number,
): Promise<readonly HeldPort[] | undefined> {
  if (ports?.length !== count) return undefined;
  const held = (await Promise.all(ports.map(holdIfFree))).filter((one) => one !== undefined);
  if (held.length === count) return held;
  await Promise.all(held.map(release));
  return undefined;
}

/** Reuses the kept ports if all of them are free; other services get free ports. */
async function holdServices(names: readonly string[], kept: Partial<ServicePorts> = {}): Promise<readonly HeldPort[]> {
  const known = names.filter((name) => kept[name] !== undefined);
  const again = await holdAgain(
    known.map((name) => kept[name] ?? 0),
    known.length,
  );
  const free = await holdFree(names.length - (again?.length ?? 0));
  if (again === undefined) return free;
  const held = new Map(known.map((name, index) => [name, again[index]]));
  const others = [...free];
  return names.flatMap((name) => held.get(name) ?? others.shift() ?? []);
}
