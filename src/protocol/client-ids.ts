/**
 * Client ids of the platform's own programs, which appear in the brokers' quotas, metrics and request logs.
 * Applications use their own names.
 */
export const CLIENT_IDS = {
  brokers: 'kafka-platform-brokers',
  deadLetters: 'kafka-platform-dead-letters',
  clusterConfig: 'kafka-platform-cluster-config',
  deploy: 'kafka-platform-deploy',
  describe: 'kafka-platform-describe',
  features: 'kafka-platform-features',
  guard: 'kafka-platform-guard',
  lagExporter: 'kafka-platform-lag-exporter',
  smoke: 'kafka-platform-smoke',
  start: 'kafka-platform-start',
  statusPage: 'kafka-platform-status-page',
  topics: 'kafka-platform-topics',
  users: 'kafka-platform-users',
} as const;
