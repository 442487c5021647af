import { PORTS_PER_BROKER } from '../../components/kafka-cluster/local-layout';
import { NODES_READ, nodesOf } from '../../components/kafka-cluster/nodes';
import { servicePortNames } from '../local-service-ports';
import { findingIf, type Rule } from '../../validation/rule';
import type { ParsedPlatform } from '../schema';

export const localPortRules: readonly Rule<ParsedPlatform>[] = [
  {
    reads: [...NODES_READ, 'local.basePort', 'applications'],
    check: ({ brokers, local, applications }) => {
      const { length: nodes } = nodesOf(brokers);
      const last = (local.basePort ?? 0) + nodes * PORTS_PER_BROKER + servicePortNames({ applications }).length - 1;
      return findingIf(last > 65_535, {
        path: ['local', 'basePort'],
        message: `${nodes} brokers and the other local services need the ports up to ${last}`,
        allowed: `at most ${65_535 - last + (local.basePort ?? 0)}`,
        fix: 'lower local.basePort, or leave it out to have free ports chosen',
      });
    },
  },
];
