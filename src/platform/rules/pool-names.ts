import { eachPool } from '../../components/kafka-cluster/rules/each-pool';
import { PROMETHEUS } from '../../components/prometheus/names';
import { findingIf, type Rule } from '../../validation/rule';
import type { ParsedPlatform } from '../schema';

export const poolNameRules: readonly Rule<ParsedPlatform>[] = [
  {
    reads: ['name', 'brokers.nodePools.*.name'],
    check: ({ name: platform, brokers }) =>
      eachPool(brokers, (path, { name }) =>
        findingIf(name === PROMETHEUS, {
          path: [...path, 'name'],
          message: `the StatefulSet ${platform}-${name} is that of Prometheus`,
          allowed: 'a name that no other component has',
          fix: `give ${path.join('.')} another name`,
        }),
      ),
  },
];
