import { ask, requireOk } from './request';

const TOPIC = 2;
const SET = 0;

/** Settings to be set on one topic, by Kafka's names. */
export interface TopicConfigChange {
  readonly topic: string;
  readonly set: Readonly<Record<string, string>>;
}

/** What the broker said to a topic's change, when it refused. */
export interface Refusal {
  readonly topic: string;
  readonly message: string;
}

interface AlterOptions {
  /** Check only. */
  readonly validateOnly: boolean;
}

/**
 * IncrementalAlterConfigs v1: sets what is named and leaves everything else, unlike the alter request of kafkajs, which
 * replaces all settings of a topic and so loses those that another writer has just made.
 */
export function incrementalAlterConfigs(
  bootstrap: readonly string[],
  changes: readonly TopicConfigChange[],
  { validateOnly }: AlterOptions,
): Promise<readonly Refusal[]> {
  return ask(bootstrap, {
    apiKey: 44,
    version: 1,
    encode: (body) => {
      body.array(changes, ({ topic, set }) => {
        body.int8(TOPIC).string(topic);
        body.array(Object.entries(set), ([name, value]) => void body.string(name).int8(SET).string(value).noTags());
        body.noTags();
      });
      body.boolean(validateOnly).noTags();
    },
    decode: (body) => {
      body.int32();
      const answers = body.array(() => {
        const code = body.int16();
        const message = body.nullableString();
        body.int8();
        const topic = body.string();
        body.skipTags();
        return { code, topic, message: message ?? `Kafka's error code ${code}` };
      });
      if (answers.length === 0) requireOk(-1, 'the broker answered for no topic');
      return answers.filter(({ code }) => code !== 0).map(({ topic, message }) => ({ topic, message }));
    },
  });
}
