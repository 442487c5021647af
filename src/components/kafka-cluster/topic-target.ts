import type { KafkaConnection } from '../../protocol/connection';
import type { KafkaClusterConfig } from './config';
import { commonProperties } from './broker-properties';
import type { TopicTarget } from '../topics/read-plan';

/** The topics of a configuration, with what its brokers are configured with, and the cluster that they are held against. */
export const topicTarget = (config: KafkaClusterConfig, connection: KafkaConnection): TopicTarget => ({
  connection,
  topics: config.topics,
  brokerProperties: commonProperties(config),
});
