import type { Check } from '../../../smoke/check';
import type { KafkaClusterConfig } from '../config';
import { brokersCheck, catalogueCheck, quorumCheck } from './cluster-checks';
import { internalTopicsCheck } from './internal-topics-check';
import { ledgerCheck } from './ledger-check';
import { minIsrCheck } from './min-isr-check';

/** The smoke test's checks of the brokers, in order: the last one stops brokers. */
export const kafkaClusterChecks: readonly Check<KafkaClusterConfig>[] = [
  brokersCheck,
  quorumCheck,
  internalTopicsCheck,
  catalogueCheck,
  ledgerCheck,
  minIsrCheck,
];
