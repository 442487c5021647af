import type { ClusterSettings } from '../cluster-settings';
import { securityPropertyNames } from '../security/listener-security';
import type { Rule } from '../../../validation/rule';

/** Properties that `security` derives, and that nobody may contradict. */
export const securityRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['security.mode', 'brokers.properties'],
    check: ({ security, brokers }) => {
      const derived = securityPropertyNames(security);
      return Object.keys(brokers.properties)
        .filter((name) => derived.has(name))
        .map((name) => ({
          path: ['brokers', 'properties', name],
          message: `${name} is derived from security.mode, and would contradict it`,
          allowed: 'properties that the platform does not derive',
          fix: `remove it, or set security.mode to 'none'`,
        }));
    },
  },
];
