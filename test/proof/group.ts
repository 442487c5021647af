import type { Kafka } from 'kafkajs';
import { groupOffsets } from '../../src/client/group-offsets';
import { patiently } from '../../src/client/patiently';
import { withAdmin } from '../../src/client/quiet-kafka';
import type { Positions } from '../../src/smoke/reader';

/** A consumer group and one topic of it. */
export interface Group {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topic: string;
}

/** Has a group that does not run begin there, past what other runs have left in the topic. */
export const begin = ({ kafka, groupId, topic }: Group, from: Positions): Promise<void> =>
  patiently(() =>
    withAdmin(kafka, (admin) =>
      admin.setOffsets({
        groupId,
        topic,
        partitions: [...from].map(([partition, offset]) => ({ partition, offset: String(offset) })),
      }),
    ),
  );

/** Where the group would go on. @throws when the coordinator does not answer */
export const committed = ({ kafka, groupId, topic }: Group): Promise<Positions> =>
  withAdmin(kafka, (admin) => groupOffsets(admin, { groupId, topic }));

/** Partitions of which the group has not committed the very end. */
export const countBehind = (positions: Positions, ends: Positions): number =>
  [...ends].filter(([partition, end]) => positions.get(partition) !== end).length;
