import type { Rule } from '../../../validation/rule';
import type { ClusterSettings } from '../cluster-settings';
import { brokerPropertyRules } from './broker-properties';
import { brokerRules } from './brokers';
import { diskRules } from './disks';
import { mapRules } from './maps';
import { nodePoolRules } from './node-pools';
import { portRules } from './ports';
import { propertyRelationRules } from './property-relations';
import { quorumRules } from './quorum';
import { releaseRules } from './release';
import { replicationRules } from './replication';
import { securityRules } from './security';
import { settingPairRules } from './setting-pairs';
import { zoneRules } from './zones';

/** All rules for the settings of the cluster, and for its topics and disks. */
export const kafkaClusterRules: readonly Rule<ClusterSettings>[] = [
  ...nodePoolRules,
  ...quorumRules,
  ...zoneRules,
  ...replicationRules,
  ...releaseRules,
  ...brokerRules,
  ...settingPairRules,
  ...brokerPropertyRules,
  ...propertyRelationRules,
  ...securityRules,
  ...portRules,
  ...diskRules,
  ...mapRules,
];
