import type { Rule } from '../../../validation/rule';
import type { TopicsSettings } from '../topics-settings';
import { provisioningRules } from './provisioning';
import { retentionRules } from './retention';
import { topicRules } from './topics';

/** All rules about topics, and about their relation to the brokers' defaults. */
export const topicsRules: readonly Rule<TopicsSettings>[] = [...topicRules, ...retentionRules, ...provisioningRules];
