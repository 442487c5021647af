import type { Decoder } from './protocol';

/** The answer about one partition. */
export interface PartitionAnswer {
  readonly topic: string;
  readonly partition: number;
  /** Kafka's error code; 0 if there is no error. */
  readonly code: number;
  readonly message: string | null;
}

/** Decodes answers about partitions, by topic. */
export const partitionAnswers = (body: Decoder): readonly PartitionAnswer[] =>
  body
    .array(() => {
      const topic = body.string();
      const partitions = body.array(() => {
        const answer = { partition: body.int32(), code: body.int16(), message: body.nullableString() };
        body.skipTags();
        return answer;
      });
      body.skipTags();
      return partitions.map((one) => ({ topic, ...one }));
    })
    .flat();
