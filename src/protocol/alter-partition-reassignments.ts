import { explainKafkaError } from './kafka-errors';
import { partitionAnswers } from './partition-answers';
import { requireOk, type Request } from './request';

/** The partition is not being moved: it has arrived, or was cancelled before. */
const NO_REASSIGNMENT_IN_PROGRESS = 85;

/** A partition and the brokers that store it from now on. */
export interface Reassignment {
  readonly topic: string;
  readonly partition: number;
  /** Ids of brokers, the preferred leader first; null cancels a move that is under way. */
  readonly replicas: readonly number[] | null;
}

/** A partition whose reassignment the controller refused. */
export interface ReassignmentRefusal {
  readonly topic: string;
  readonly partition: number;
  /** Kafka's error code. */
  readonly code: number;
  /** The controller's message if there is one, with Kafka's name of the error. */
  readonly message: string;
}

/**
 * AlterPartitionReassignments v0: begins or cancels the move of partitions; it does not wait until they have moved. A
 * move that is cancelled after its end is no error. The controller also accepts brokers that are cordoned.
 * @param timeoutMs time limit of the controller
 * @returns partitions that the controller refused; the others are being moved
 */
export const alterPartitionReassignments = (
  all: readonly Reassignment[],
  timeoutMs: number,
): Request<readonly ReassignmentRefusal[]> => ({
  apiKey: 45,
  version: 0,
  encode: (body) => {
    body.int32(timeoutMs);
    body.array([...new Set(all.map(({ topic }) => topic))], (topic) => {
      const partitions = all.filter((one) => one.topic === topic);
      body.string(topic);
      body.array(partitions, ({ partition, replicas }) => {
        body.int32(partition);
        if (replicas === null) body.nullArray();
        else body.array(replicas, (id) => void body.int32(id));
        body.noTags();
      });
      body.noTags();
    });
    body.noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), body.nullableString());
    return partitionAnswers(body)
      .filter(({ code }) => code !== 0 && code !== NO_REASSIGNMENT_IN_PROGRESS)
      .map(({ message, ...one }) => ({ ...one, message: explainKafkaError(one.code, message) }));
  },
});
