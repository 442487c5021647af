import { brokerRules } from './brokers';
import { diskRules } from './disks';
import { imageRules } from './images';
import { portRules } from './ports';
import { provisioningRules } from './provisioning';
import { quorumRules } from './quorum';
import { replicationRules } from './replication';
import { registryRules } from './registry';
import type { Rule } from './rule';
import { sampleRules } from './samples';
import { topicRules } from './topics';

/** Every relation between settings; all are checked, and all that is broken is reported at once. */
export const rules: readonly Rule[] = [
  ...quorumRules,
  ...replicationRules,
  ...brokerRules,
  ...portRules,
  ...imageRules,
  ...registryRules,
  ...topicRules,
  ...sampleRules,
  ...provisioningRules,
  ...diskRules,
];
