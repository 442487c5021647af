import { UserError } from '../validation/user-error';
import { LOOPBACK, PORTS_PER_BROKER, type BrokerPorts } from '../components/kafka-cluster/local-layout';
import { holdFree, holdIfFree, release, type HeldPort } from './free-ports';
import { servicePortNames, type ServicePorts } from '../platform/local-service-ports';

/** Ports of a local platform. */
export interface LocalPorts {
  /** In the order of the nodes. */
  readonly brokers: readonly BrokerPorts[];
  readonly services: ServicePorts;
}

interface PortsProps {
  readonly brokers: number;
  /** Names of what runs beside them, in the order of their ports. @default those of a platform without applications */
  readonly services?: readonly string[];
  /** First of the configured ports; free ones are chosen when it is left out. */
  readonly basePort: number | undefined;
  /** Ports of the last start, taken again while they are free. */
  readonly kept: Partial<LocalPorts>;
}

/** @throws {UserError} naming every configured port that is occupied */
export async function chooseLocalPorts({
  brokers,
  services = servicePortNames({ applications: {} }),
  basePort,
  kept,
}: PortsProps): Promise<LocalPorts> {
  const count = brokers * PORTS_PER_BROKER;
  if (basePort !== undefined)
    return laidOut(await configuredPorts(basePort, count + services.length), { count, services });
  // All are held until all are chosen, so that none is given twice.
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
  /** Of the brokers' ports, which come first. */
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

/** Nothing, and holds nothing, unless all of as many as are needed are free. */
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

/** Those that had ports keep them while all of these are free; others get free ones. */
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
