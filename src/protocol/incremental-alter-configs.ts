import type { KafkaConnection } from './connection';
import { refusalsIn, type Refusal } from './refusal';
import { ask, requireOk, type Request, type Timing } from './request';

const TOPIC = 2;
const SET = 0;
const DELETE = 1;

/** Settings to set and settings to remove on one topic, by Kafka's names. */
export interface TopicConfigChange {
  readonly topic: string;
  readonly set: Readonly<Record<string, string>>;
  /** Settings that return to the inherited value. @default none */
  readonly remove?: readonly string[];
}

interface AlterOptions extends Timing {
  /** Whether the request is only validated. */
  readonly validateOnly: boolean;
}

/**
 * IncrementalAlterConfigs v1: changes the named settings and no others. The alter request of kafkajs replaces all
 * settings of a topic and loses concurrent changes of other clients.
 */
export function incrementalAlterConfigs(
  connection: KafkaConnection,
  changes: readonly TopicConfigChange[],
  { validateOnly, ...timing }: AlterOptions,
): Promise<readonly Refusal[]> {
  const request: Request<readonly Refusal[]> = {
    apiKey: 44,
    version: 1,
    encode: (body) => {
      body.array(changes, ({ topic, set, remove = [] }) => {
        body.int8(TOPIC).string(topic);
        const operations = [
          ...Object.entries(set).map(([name, value]) => ({ name, operation: SET, value })),
          ...remove.map((name) => ({ name, operation: DELETE, value: null })),
        ];
        body.array(operations, ({ name, operation, value }) => {
          body.string(name).int8(operation).string(value).noTags();
        });
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
        return { code, topic, message };
      });
      if (answers.length === 0) requireOk(-1, 'the broker answered for no topic');
      return refusalsIn(answers);
    },
  };
  return ask(connection, request, timing);
}
