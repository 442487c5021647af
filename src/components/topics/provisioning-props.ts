import { z } from 'zod';
import { topicSettingNames } from './topic-setting-names';

const topicNames = () => z.array(z.string().min(1).meta({ allowed: 'the name of a topic' })).default([]);

/** Potentially unsafe changes that the provisioning of topics is allowed to make. */
export const provisioningSchema = z.strictObject({
  /** Keyed topics whose partitions may be increased, although later records of a key then go to another partition. */
  allowPartitionGrowth: topicNames(),
  /** Topics to delete with all of their records. They must not be in the catalogue. */
  delete: topicNames(),
  /** Topics that may lose records when a setting that is not in the catalogue returns to the brokers' value. */
  allowDataLoss: topicNames(),
  /** Kafka's names of settings that are managed elsewhere, for all topics; see `ignoreSettings` of a topic. */
  ignoreSettings: topicSettingNames().default([]),
});

/** With every default applied. */
export type ProvisioningProps = z.output<typeof provisioningSchema>;
