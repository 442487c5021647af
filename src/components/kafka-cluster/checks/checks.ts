import type { Check } from '../../../smoke/check';
import type { KafkaClusterConfig } from '../config';
import { brokersCheck, catalogueCheck, quorumCheck } from './cluster-checks';
import { internalTopicsCheck } from './internal-topics-check';
import { ledgerCheck } from './ledger-check';
import { minIsrCheck } from './min-isr-check';

/** What the smoke test checks of the brokers, in its order: the last one stops some of them. */
export const kafkaClusterChecks: readonly Check<KafkaClusterConfig>[] = [
  brokersCheck,
  quorumCheck,
  internalTopicsCheck,
  catalogueCheck,
  ledgerCheck,
  minIsrCheck,
];
