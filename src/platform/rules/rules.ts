import type { Rule } from '../../validation/rule';
import { componentRules } from '../components';
import type { ParsedPlatform } from '../schema';
import { localPortRules } from './local-ports';
import { poolNameRules } from './pool-names';
import { schedulingRules } from './scheduling';
import { userNameRules } from './user-names';

/** All relations between settings. All of them are checked, and all violations are reported at once. */
export const rules: readonly Rule<ParsedPlatform>[] = [
  ...componentRules,
  ...localPortRules,
  ...poolNameRules,
  ...schedulingRules,
  ...userNameRules,
];
