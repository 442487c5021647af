import type { ConsumedRecord } from '../client/consumer/record';
import { readPartition } from '../client/log/read-partition';
import { UserError } from '../console/user-error';
import { METADATA } from '../wire/metadata';
import { ask } from '../wire/request';
import type { TopicName } from '../topics/catalogue';
import { matches } from './filters';
import { letterOf, type Letter } from './letter';
import { markerOf } from './marker';
import type { Selection } from './parse-options';

/** What a partition of dead letters holds. */
export interface Survey {
  readonly partition: number;
  /** Those that are meant, in the order of the log. */
  readonly letters: readonly Letter[];
  /** When letters were replayed, by offset, in milliseconds since 1970. */
  readonly replayed: ReadonlyMap<bigint, number>;
}

interface SurveyProps extends Selection {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
}

/**
 * Looks at the dead letters that are meant, partition by partition, and changes nothing. A replay that was killed holds
 * back what it left open, for half a minute or so: that is waited for.
 * @throws {UserError} when the cluster does not have the topic
 */
export async function survey(props: SurveyProps): Promise<readonly Survey[]> {
  const { bootstrap, chain, filters } = props;
  const count = await partitionsOf(bootstrap, chain.deadLetterTopic);
  const all = Array.from({ length: count }, (_, partition) => partition);
  const meant = all.filter((partition) => filters.partition === undefined || partition === filters.partition);
  return Promise.all(meant.map((partition) => surveyOf(props, partition)));
}

/** @throws {UserError} when the cluster does not have it */
export async function partitionsOf(bootstrap: readonly string[], topic: TopicName): Promise<number> {
  const topics = await ask(bootstrap, METADATA);
  const found = topics.find(({ name }) => name === topic);
  if (found !== undefined) return found.partitions.length;
  throw new UserError(
    `The cluster has no topic ${topic}.`,
    'npm run topics -- plan shows what is missing, apply makes it',
  );
}

async function surveyOf({ bootstrap, chain, filters }: SurveyProps, partition: number): Promise<Survey> {
  const letters: Letter[] = [];
  const replayed = new Map<bigint, number>();
  const onRecord = (record: ConsumedRecord): void => {
    const marker = markerOf(record);
    for (const offset of marker?.offsets ?? []) replayed.set(offset, record.timestamp);
    if (marker !== undefined) return;
    const letter = letterOf(record);
    if (matches(letter, filters)) letters.push(letter);
  };
  await readPartition({ bootstrap, topic: chain.deadLetterTopic, partition, onRecord });
  return { partition, letters, replayed };
}
