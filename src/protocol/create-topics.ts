import { refusalsIn, type Refusal, type TopicAnswer } from './refusal';
import type { Request } from './request';

const TOPIC_ALREADY_EXISTS = 36;

/** A topic to create. */
export interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Settings by Kafka's names. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Options of every request that changes topics. */
export interface ChangeOptions {
  /** Whether the request is only validated. */
  readonly validateOnly: boolean;
  /** Time limit of the controller in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * CreateTopics v7, with the reasons of rejections, which kafkajs drops. A topic that another client created in the
 * meantime is not an error.
 */
export const createTopics = (topics: readonly NewTopic[], options: ChangeOptions): Request<readonly Refusal[]> =>
  request(topics, options, (answers) => refusalsIn(answers, [TOPIC_ALREADY_EXISTS]));

/** The topics that already exist according to the controller. It validates their creation without creating any. */
export const existingTopics = (topics: readonly NewTopic[], timeoutMs: number): Request<readonly string[]> =>
  request(topics, { validateOnly: true, timeoutMs }, (answers) =>
    answers.filter(({ code }) => code === TOPIC_ALREADY_EXISTS).map(({ topic }) => topic),
  );

function request<T>(
  topics: readonly NewTopic[],
  { validateOnly, timeoutMs }: ChangeOptions,
  read: (answers: readonly TopicAnswer[]) => T,
): Request<T> {
  return {
    apiKey: 19,
    version: 7,
    encode: (body) => {
      body.array(topics, ({ topic, partitions, replicationFactor, settings }) => {
        body.string(topic).int32(partitions).int16(replicationFactor);
        body.array([], () => undefined);
        body.array(Object.entries(settings), ([name, value]) => void body.string(name).string(value).noTags());
        body.noTags();
      });
      body.int32(timeoutMs).boolean(validateOnly).noTags();
    },
    decode: (body) => {
      body.int32();
      const answers = body.array(() => {
        const topic = body.string();
        body.uuid();
        const code = body.int16();
        const message = body.nullableString();
        body.int32();
        body.int16();
        body.array(() => {
          body.string();
          body.nullableString();
          body.boolean();
          body.int8();
          body.boolean();
          body.skipTags();
        });
        body.skipTags();
        return { topic, code, message };
      });
      return read(answers);
    },
  };
}
