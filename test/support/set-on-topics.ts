import type { KafkaConnection } from '../../src/protocol/connection';
import { describeTopics } from '../../src/protocol/describe-topic-configs';
import { incrementalAlterConfigs, type TopicConfigChange } from '../../src/protocol/incremental-alter-configs';
import { ask } from '../../src/protocol/request';
import { connectionTo } from './connection-to';
import { until } from './until';

type Change = Omit<TopicConfigChange, 'remove'>;

/** Sets settings of topics, and waits until every broker has them: brokers learn about a change one after the other. */
export async function setOnTopics(connection: KafkaConnection, changes: readonly Change[]): Promise<void> {
  const refusals = await incrementalAlterConfigs(connection, changes, { validateOnly: false });
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
  for (const server of connection.bootstrapServers)
    await until(async () => {
      const described = await ask(connectionTo(server), describeTopics(changes.map(({ topic }) => topic)));
      return changes.every(({ topic, set }) => {
        const settings = described.find((one) => one.topic === topic)?.settings ?? {};
        return Object.entries(set).every(([name, value]) => settings[name]?.value === value);
      });
    });
}
