import { DERIVED_PROPERTIES, isDerivedProperty } from '../derived-properties';
import { bytes, formatBytes, mebibytes, type Bytes } from '../units';
import { PORTS_PER_BROKER } from '../../render/local-layout';
import { SERVICE_PORTS } from '../../render/service-ports';
import { findingIf, type Finding, type Rule } from './rule';

/** Metaspace, code cache, thread stacks, direct buffers: measured 300 MiB resident at a heap of 384 MiB. */
const LEAST_OVERHEAD = mebibytes(256);
const OVERHEAD_SHARE_OF_HEAP = 0.25;

/** Settings of clients, and of Kafka before 4.0, that are often mistaken for broker properties. */
const NOT_BROKER_PROPERTIES: Readonly<Record<string, string>> = {
  acks: 'a setting of producers',
  'enable.idempotence': 'a setting of producers',
  'linger.ms': 'a setting of producers',
  'batch.size': 'a setting of producers',
  'group.id': 'a setting of consumers',
  'auto.offset.reset': 'a setting of consumers',
  'bootstrap.servers': 'a setting of clients',
  'broker.id': 'replaced by node.id',
  'zookeeper.connect': 'gone since Kafka 4.0',
  'inter.broker.protocol.version': 'gone since Kafka 4.0',
  'log.message.format.version': 'gone since Kafka 4.0',
};

/** Older releases can wedge the quorum on a cold boot (KAFKA-20247). */
const OLDEST_RELEASE = [4, 3] as const;

export const brokerRules: readonly Rule[] = [
  {
    reads: ['brokers.heap', 'brokers.memory'],
    check: ({ brokers }) => {
      const needed = leastMemory(brokers.heap);
      return findingIf(brokers.memory < needed, {
        path: ['brokers', 'memory'],
        message:
          `a heap of ${formatBytes(brokers.heap)} and ${formatBytes(needed - brokers.heap)} for the rest of the JVM ` +
          `need ${formatBytes(needed)}; with ${formatBytes(brokers.memory)} the broker would be killed for memory`,
        allowed: `at least ${formatBytes(needed)} for this heap`,
        fix: `raise brokers.memory to ${formatBytes(needed)} or lower brokers.heap`,
      });
    },
  },
  {
    reads: ['brokers.version'],
    check: ({ brokers }) =>
      findingIf(isOlder(brokers.version, OLDEST_RELEASE), {
        path: ['brokers', 'version'],
        message: 'this release can wedge its quorum when all brokers boot at once (KAFKA-20247)',
        allowed: `${OLDEST_RELEASE.join('.')}.0 or newer`,
        fix: 'set brokers.version to 4.3.1',
      }),
  },
  {
    reads: ['brokers.version', 'brokers.metadataVersion'],
    check: ({ brokers }) => {
      const [major = 0, minor = 0] = brokers.metadataVersion.split(/[.-]/).map(Number);
      return findingIf(isOlder(brokers.version, [major, minor]), {
        path: ['brokers', 'metadataVersion'],
        message: `Kafka ${brokers.version} does not know this feature level`,
        allowed: `a level of ${brokers.version.replace(/\.\d+$/, '')} or older`,
        fix: 'upgrade brokers.version on all brokers first, then raise brokers.metadataVersion',
      });
    },
  },
  {
    reads: ['brokers.image', 'brokers.version'],
    check: ({ brokers }) => {
      const tag = /:(\d+\.\d+\.\d+)[^/]*$/.exec(brokers.image ?? '')?.[1];
      return findingIf(tag !== undefined && tag !== brokers.version, {
        path: ['brokers', 'image'],
        message: `the image says ${tag ?? ''} and brokers.version says ${brokers.version}`,
        allowed: `an image of Kafka ${brokers.version}`,
        fix: 'leave brokers.image out to follow brokers.version, or make them agree',
      });
    },
  },
  {
    reads: ['brokers.properties'],
    check: ({ brokers }) => Object.keys(brokers.properties).flatMap(checkProperty),
  },
  {
    reads: ['brokers.count', 'local.basePort'],
    check: ({ brokers, local }) => {
      const last = (local.basePort ?? 0) + brokers.count * PORTS_PER_BROKER + SERVICE_PORTS.length - 1;
      return findingIf(last > 65_535, {
        path: ['local', 'basePort'],
        message: `${brokers.count} brokers and what stands around them take the ports up to ${last}`,
        allowed: `at most ${65_535 - last + (local.basePort ?? 0)}`,
        fix: 'lower local.basePort, or leave it out to have free ports chosen',
      });
    },
  },
];

/** The least memory of a pod whose JVM has this heap. */
export function leastMemory(heap: Bytes): Bytes {
  return bytes(heap + Math.max(LEAST_OVERHEAD, heap * OVERHEAD_SHARE_OF_HEAP));
}

function checkProperty(name: string): readonly Finding[] {
  const path = ['brokers', 'properties', name];
  const notOurs = NOT_BROKER_PROPERTIES[name];
  if (notOurs !== undefined) {
    return [
      {
        path,
        message: `${name} is no broker property: ${notOurs}`,
        allowed: 'properties of Kafka 4 brokers',
        fix: `remove brokers.properties.${name}`,
      },
    ];
  }
  if (!isDerivedProperty(name)) return [];
  return [
    {
      path,
      message: `${name} is derived and would contradict it`,
      allowed: 'properties that the platform does not derive',
      fix: `remove it; what decides it is ${DERIVED_PROPERTIES[name]}`,
    },
  ];
}

function isOlder(release: string, [major, minor]: readonly [number, number]): boolean {
  const [itsMajor = 0, itsMinor = 0] = release.split('.').map(Number);
  return itsMajor < major || (itsMajor === major && itsMinor < minor);
}
