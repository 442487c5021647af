import type { ChangeOptions } from './create-topics';
import { refusalsIn, type Refusal } from './refusal';
import type { Request } from './request';

/** A topic and its new number of partitions. */
export interface Growth {
  readonly topic: string;
  readonly partitions: number;
}

/** CreatePartitions v3, with the reasons of rejections. The brokers place the replicas. */
export function createPartitions(
  topics: readonly Growth[],
  { validateOnly, timeoutMs }: ChangeOptions,
): Request<readonly Refusal[]> {
  return {
    apiKey: 37,
    version: 3,
    encode: (body) => {
      body.array(topics, ({ topic, partitions }) => {
        body.string(topic).int32(partitions).nullArray().noTags();
      });
      body.int32(timeoutMs).boolean(validateOnly).noTags();
    },
    decode: (body) => {
      body.int32();
      const answers = body.array(() => {
        const topic = body.string();
        const code = body.int16();
        const message = body.nullableString();
        body.skipTags();
        return { topic, code, message };
      });
      return refusalsIn(answers);
    },
  };
}
