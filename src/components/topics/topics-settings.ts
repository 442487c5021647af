import type { Bytes, Milliseconds } from '../../validation/units';
import type { ParsedTopic } from './props';
import type { ProvisioningProps } from './provisioning-props';

/** Broker settings that topics use as defaults. */
export interface BrokerDefaults {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly retentionMs: Milliseconds;
  readonly segmentBytes: Bytes;
  readonly socketRequestMax: Bytes;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
}

/** The settings that rules about topics read, with all defaults applied. */
export interface TopicsSettings {
  readonly topics: readonly ParsedTopic[];
  readonly provisioning: ProvisioningProps;
  readonly brokers: BrokerDefaults;
}
