import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { chooseLocalPorts, type LocalPorts } from '../../../src/local/ports';
import { holdFree, release } from '../../../src/local/free-ports';
import { LOOPBACK, PORTS_PER_BROKER } from '../../../src/components/kafka-cluster/local-layout';
import { servicePortNames } from '../../../src/platform/local-service-ports';

const NAMES = servicePortNames({ applications: {} });

const all = ({ brokers, services }: LocalPorts): readonly number[] => [
  ...brokers.flat(),
  ...NAMES.map((name) => services[name] ?? 0),
];

async function occupied<T>(port: number, work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer().listen(port, LOOPBACK);
  await once(server, 'listening');
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

/** First of as many free ports in a row as the brokers take. */
async function freeRange(brokers: number): Promise<number> {
  const count = brokers * PORTS_PER_BROKER + NAMES.length;
  for (;;) {
    const ports = await Promise.all((await holdFree(count)).map(release));
    const [basePort = 0] = ports;
    if (ports.at(-1) === basePort + count - 1) return basePort;
  }
}

describe('ports of a local platform', () => {
  it('are all different, and reused by the next start', async () => {
    const first = await chooseLocalPorts({ brokers: 3, basePort: undefined, kept: {} });
    expect(new Set(all(first)).size).toBe(3 * 4 + NAMES.length);
    const kept = await chooseLocalPorts({ brokers: 3, basePort: await freeRange(3), kept: {} });
    expect(await chooseLocalPorts({ brokers: 3, basePort: undefined, kept })).toEqual(kept);
  });

  it('of services do not change when other services are added or left out', async () => {
    const services = [...NAMES, 'email'];
    const first = await chooseLocalPorts({ brokers: 1, services, basePort: await freeRange(1), kept: {} });
    const more = { brokers: 1, services: [...NAMES, 'analytics', 'email'], basePort: undefined, kept: first };
    const second = await chooseLocalPorts(more);
    expect(second.services).toMatchObject(first.services);
    expect(Object.keys(second.services)).toEqual(more.services);
    expect(new Set(Object.values(second.services)).size).toBe(more.services.length);
    const third = await chooseLocalPorts({ ...more, services: NAMES, kept: second });
    expect(Object.keys(third.services)).toEqual(NAMES);
    expect(second.services).toMatchObject(third.services);
  });

  it('of services are chosen independently of those of brokers, and vice versa', async () => {
    // Other processes do not get these ports in the meantime.
    const first = await chooseLocalPorts({ brokers: 3, basePort: await freeRange(3), kept: {} });
    const again = (): Promise<LocalPorts> => chooseLocalPorts({ brokers: 3, basePort: undefined, kept: first });
    await occupied(first.services.prometheus, async () => {
      const { brokers, services } = await again();
      expect(brokers).toEqual(first.brokers);
      expect(services.prometheus).not.toBe(first.services.prometheus);
    });
    await occupied(first.brokers[1]?.[0] ?? 0, async () => {
      const { brokers, services } = await again();
      expect(services).toEqual(first.services);
      expect(brokers[1]).not.toEqual(first.brokers[1]);
    });
  });

  it('of services follow those of the brokers if they are configured', async () => {
    const basePort = await freeRange(1);
    const ports = await chooseLocalPorts({ brokers: 1, basePort, kept: {} });
    expect(all(ports)).toEqual(Array.from({ length: 4 + NAMES.length }, (_, index) => basePort + index));
  });

  it('are refused if a configured one is occupied, which is named', async () => {
    const basePort = await freeRange(1);
    await occupied(basePort + 8, async (port) => {
      const refused = chooseLocalPorts({ brokers: 1, basePort, kept: {} });
      await expect(refused).rejects.toThrow(`another process already listens on ${LOOPBACK}:${port}`);
    });
  });
});
