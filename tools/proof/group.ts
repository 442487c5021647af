import type { Kafka } from 'kafkajs';
import { groupOffsets } from '../../src/client/group-offsets';
import { withRetries } from '../../src/client/with-retries';
import { withAdmin } from '../../src/client/kafka-client';
import type { Positions } from '../../src/smoke/reader';

/** A consumer group and one of its topics. */
export interface Group {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topic: string;
}

/** Sets the start offsets of a group that is not running, after the records of earlier runs. */
export const begin = ({ kafka, groupId, topic }: Group, from: Positions): Promise<void> =>
  withRetries(() =>
    withAdmin(kafka, (admin) =>
      admin.setOffsets({
        groupId,
        topic,
        partitions: [...from].map(([partition, offset]) => ({ partition, offset: String(offset) })),
      }),
    ),
  );

/** The committed offsets of the group. @throws if the coordinator does not answer */
export const committed = ({ kafka, groupId, topic }: Group): Promise<Positions> =>
  withAdmin(kafka, (admin) => groupOffsets(admin, { groupId, topic }));

/** Number of partitions whose end the group has not committed. */
export const countBehind = (positions: Positions, ends: Positions): number =>
  [...ends].filter(([partition, end]) => positions.get(partition) !== end).length;
