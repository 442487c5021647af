import { createServer } from 'node:net';
import { UserError } from '../console/user-error';
import { LOOPBACK, PORTS_PER_BROKER } from '../render/local-layout';

/** Client, controller and replication port of one broker. */
export type BrokerPorts = readonly [number, number, number];

interface PortsProps {
  readonly brokers: number;
  /** First of the configured ports; free ones are chosen when it is left out. */
  readonly basePort: number | undefined;
  /** Ports of the last start, taken again while they are free. */
  readonly kept: readonly BrokerPorts[] | undefined;
}

/** @throws {UserError} naming every configured port that is occupied */
export async function choosePorts({ brokers, basePort, kept }: PortsProps): Promise<readonly BrokerPorts[]> {
  if (basePort !== undefined) return configuredPorts(brokers, basePort);
  if (kept?.length === brokers && (await occupied(kept.flat())).length === 0) return kept;
  return grouped(await freePorts(brokers * PORTS_PER_BROKER));
}

async function configuredPorts(brokers: number, basePort: number): Promise<readonly BrokerPorts[]> {
  const wanted = Array.from({ length: brokers * PORTS_PER_BROKER }, (_, index) => basePort + index);
  const taken = await occupied(wanted);
  if (taken.length > 0) {
    throw new UserError(
      `local.basePort = ${basePort}: another process already listens on ${LOOPBACK}:${taken.join(', ')}.\n` +
        `  allowed: a port that begins ${wanted.length} free ones in a row`,
      'stop that process, set local.basePort to another port, or leave it out to have free ports chosen',
    );
  }
  return grouped(wanted);
}

function grouped(ports: readonly number[]): readonly BrokerPorts[] {
  const result: BrokerPorts[] = [];
  for (let index = 0; index + PORTS_PER_BROKER <= ports.length; index += PORTS_PER_BROKER) {
    const [client, controller, replication] = ports.slice(index, index + PORTS_PER_BROKER);
    if (client !== undefined && controller !== undefined && replication !== undefined) {
      result.push([client, controller, replication]);
    }
  }
  return result;
}

async function occupied(ports: readonly number[]): Promise<readonly number[]> {
  const free = await Promise.all(ports.map((port) => listen(port).then(release, () => undefined)));
  return ports.filter((_, index) => free[index] === undefined);
}

/** All are held until all are chosen, so that none is given twice. */
async function freePorts(count: number): Promise<readonly number[]> {
  const held = await Promise.all(Array.from({ length: count }, () => listen(0)));
  return Promise.all(held.map(release));
}

interface Held {
  readonly port: number;
  readonly close: () => Promise<void>;
}

async function release({ port, close }: Held): Promise<number> {
  await close();
  return port;
}

function listen(port: number): Promise<Held> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      done({ port: actual, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });
}
