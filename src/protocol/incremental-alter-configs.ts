import type { KafkaConnection, ServerConnection } from './connection';
import { RESOURCES } from './describe-configs';
import { refusalsIn, type Refusal } from './refusal';
import { ask, askServer, requireOk, type Request, type Timing } from './request';

const SET = 0;
const DELETE = 1;

/** Name of the resource that stands for all brokers. */
const ALL_BROKERS = '';

/** Settings to set and settings to remove, by Kafka's names. */
export interface ConfigChange {
  readonly set: Readonly<Record<string, string>>;
  /** Settings that return to the inherited value. @default none */
  readonly remove?: readonly string[];
}

/** Changes of the settings of one topic. */
export interface TopicConfigChange extends ConfigChange {
  readonly topic: string;
}

/** Changes of the settings that one broker has of its own. */
export interface BrokerConfigChange extends ConfigChange {
  /** `node.id`. */
  readonly id: number;
}

interface AlterOptions extends Timing {
  /** Whether the request is only validated. */
  readonly validateOnly: boolean;
}

/**
 * IncrementalAlterConfigs v1: changes the named settings and no others. The alter request of kafkajs replaces all
 * settings of a topic and loses concurrent changes of other clients.
 */
export const incrementalAlterConfigs = (
  connection: KafkaConnection,
  changes: readonly TopicConfigChange[],
  { validateOnly, ...timing }: AlterOptions,
): Promise<readonly Refusal[]> => ask(connection, alter('topic', changes, validateOnly), timing);

/** The same for the values that all running brokers have in common. */
export const alterClusterConfig = (
  connection: KafkaConnection,
  change: ConfigChange,
  { validateOnly, ...timing }: AlterOptions,
): Promise<readonly Refusal[]> =>
  ask(connection, alter('broker', [{ topic: ALL_BROKERS, ...change }], validateOnly), timing);

/**
 * The same for the values that one broker has of its own.
 * @param server the broker itself, as other brokers refuse it, or the active controller if the broker does not run
 */
export const alterBrokerConfig = (
  server: ServerConnection,
  { id, ...change }: BrokerConfigChange,
  { validateOnly, ...timing }: AlterOptions,
): Promise<readonly Refusal[]> =>
  askServer(server, alter('broker', [{ topic: String(id), ...change }], validateOnly), timing);

function alter(
  resource: keyof typeof RESOURCES,
  changes: readonly TopicConfigChange[],
  validateOnly: boolean,
): Request<readonly Refusal[]> {
  return {
    apiKey: 44,
    version: 1,
    encode: (body) => {
      body.array(changes, ({ topic, set, remove = [] }) => {
        body.int8(RESOURCES[resource]).string(topic);
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
      if (answers.length === 0) requireOk(-1, 'the broker answered for no resource');
      return refusalsIn(answers);
    },
  };
}
