import { smokeTopic } from '../../src/smoke/topic';
import { LISTENER_NAMES } from '../../src/components/kafka-cluster/listener-props';
import { topicSchema } from '../../src/components/topics/props';
import { gibibytes, mebibytes } from '../../src/validation/units';
import { oneOf } from './one-of';
import type { Dice } from '../support/dice';
import { withChange, type Path } from './fields';
import { validValue } from './values';

/** Changes that belong together, so that relations can hold, and their name in a report. */
export interface Shape {
  readonly name: string;
  readonly changes: (dice: Dice) => readonly (readonly [Path, unknown])[];
}

const POOL: Path = ['brokers', 'nodePools', 0];

/** The number of brokers and the replication factor. */
const clusterSize: Shape = {
  name: 'size of the cluster',
  changes: (dice) => {
    const count = oneOf(dice, [1, 3, 3, 5, 7, 9]);
    const replication = count === 1 ? 1 : Math.min(count, oneOf(dice, [2, 3, 3, 4, 5]));
    const inSync = Math.max(1, dice.between(1, replication - 1));
    const internal = Math.min(count, oneOf(dice, [3, 3, 5]));
    return [
      [[...POOL, 'replicas'], count],
      [['brokers', 'replicationFactor'], replication],
      [['brokers', 'minInsyncReplicas'], inSync],
      [['brokers', 'internalTopics'], { replicationFactor: internal, minInsyncReplicas: Math.max(1, internal - 1) }],
    ];
  },
};

const memory: Shape = {
  name: 'memory of brokers',
  changes: (dice) => {
    const heap = Math.floor(gibibytes(1) * 2 ** dice.between(-1, 5));
    return [
      [[...POOL, 'heap'], heap],
      [[...POOL, 'memory'], heap * dice.between(2, 4)],
      [[...POOL, 'storage', 'size'], gibibytes(oneOf(dice, [10, 500, 4_000, 60_000]))],
    ];
  },
};

const ports: Shape = {
  name: 'ports',
  changes: (dice) => {
    const first = oneOf(dice, [1024, dice.between(1024, 65_000), 65_530]);
    return [
      [['brokers', 'listeners'], LISTENER_NAMES.map((name, index) => ({ name, port: first + index }))],
      [['guard', 'port'], first + 3],
      [['monitoring', 'brokerPort'], first + 4],
      [['monitoring', 'clientPort'], first + 5],
    ];
  },
};

const applications: Path = ['applications'];

const services: Shape = {
  name: 'what stands beside the brokers',
  changes: (dice) => [
    [applications, {}],
    [['registry'], { provider: oneOf(dice, ['apicurio', 'confluent', 'none']), replicas: dice.between(1, 9) }],
    [['ui', 'enabled'], dice.next() < 0.5],
    [['monitoring', 'mode'], oneOf(dice, ['prometheus', 'operator', 'none'])],
    [['monitoring', 'lagExporter', 'provider'], oneOf(dice, ['platform', 'kafka-exporter'])],
    [['monitoring', 'dashboards'], dice.next() < 0.5],
  ],
};

/** A list of topics, on disks that are large enough for most lists. */
const ownTopics: Shape = {
  name: 'own topics',
  changes: (dice) => [
    [applications, {}],
    [[...POOL, 'storage', 'size'], gibibytes(oneOf(dice, [1_000, 60_000]))],
    [['trafficShare'], oneOf(dice, [1, 0.01, 1e-9])],
    [['topics'], [smokeTopic, ...Array.from({ length: dice.between(0, 12) }, () => ownTopic(dice))]],
  ],
};

function ownTopic(dice: Dice): unknown {
  const drawn = validValue(topicSchema, dice) as Record<string, unknown>;
  const policy = oneOf(dice, ['delete', 'delete', 'delete', 'compact', 'compact,delete']);
  const segmentBytes = oneOf(dice, [undefined, mebibytes(1), mebibytes(64), gibibytes(1), 2 ** 31 - 1]);
  // Unrelated random values would hardly ever satisfy the relations.
  return [
    ['cleanupPolicy', policy],
    ['keyed', policy === 'delete' ? drawn['keyed'] : true],
    ['copiesOf', undefined],
    ['replicationFactor', undefined],
    ['minInsyncReplicas', undefined],
    ['partitions', oneOf(dice, [1, 3, dice.between(1, 50)])],
    ['segmentBytes', segmentBytes],
    ['expectedIngress', oneOf(dice, [1, 1024, 10_000])],
    ['expectedSize', policy === 'delete' ? undefined : mebibytes(1)],
    ['retentionBytes', oneOf(dice, [undefined, undefined, gibibytes(2)])],
    ...(policy === 'compact' ? [['retentionMs', undefined] as const] : []),
  ].reduce<unknown>((topic, [key, value]) => withChange(topic, [key as string], value), drawn);
}

export const SHAPES: readonly Shape[] = [clusterSize, memory, ports, services, ownTopics];
