import { explainKafkaError } from './kafka-errors';
import { partitionAnswers } from './partition-answers';
import { requireOk, type Request } from './request';

const PREFERRED = 0;

/** The preferred replica is already the leader. */
const ELECTION_NOT_NEEDED = 84;

/** A partition whose preferred replica could not be elected, and the reason. */
export interface ElectionRefusal {
  readonly topic: string;
  readonly partition: number;
  /** The broker's message if there is one, with Kafka's name of the error. */
  readonly message: string;
}

/**
 * ElectLeaders v2: elects the preferred replica of every partition, as the controller does by itself every five
 * minutes.
 * @param timeoutMs time limit of the controller
 * @returns partitions for which the election failed
 */
export const electPreferredLeaders = (timeoutMs: number): Request<readonly ElectionRefusal[]> => ({
  apiKey: 43,
  version: 2,
  encode: (body) => {
    body.int8(PREFERRED).nullArray().int32(timeoutMs).noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), null);
    return partitionAnswers(body)
      .filter(({ code }) => code !== 0 && code !== ELECTION_NOT_NEEDED)
      .map(({ topic, partition, code, message }) => ({ topic, partition, message: explainKafkaError(code, message) }));
  },
});
