import { eachPool } from '../../components/kafka-cluster/rules/each-pool';
import type { ParsedPlatform } from '../schema';
import type { Scheduling } from '../../kubernetes/scheduling-props';
import { findingIf, type Finding, type Path, type Rule } from '../../validation/rule';

export const schedulingRules: readonly Rule<ParsedPlatform>[] = [
  {
    reads: ['brokers.nodePools.*.scheduling'],
    check: ({ brokers }) =>
      eachPool(brokers, (path, { scheduling }) => tolerationProblems([...path, 'scheduling'], scheduling)),
  },
  { reads: ['scheduling'], check: ({ scheduling }) => tolerationProblems(['scheduling'], scheduling) },
];

/** Tolerations that the API server would reject. */
function tolerationProblems(path: Path, { tolerations }: Scheduling): readonly Finding[] {
  return tolerations.flatMap(({ key, operator, value, effect, tolerationSeconds }, index) => {
    const at = [...path, 'tolerations', index];
    return [
      ...findingIf(key === undefined && operator !== 'Exists', {
        path: [...at, 'operator'],
        message: 'without a key, a toleration matches every taint, whatever its value',
        allowed: 'Exists, or a key',
        fix: `set ${[...at, 'operator'].join('.')} to Exists, or name a key`,
      }),
      ...findingIf(operator === 'Exists' && value !== undefined && value !== '', {
        path: [...at, 'value'],
        message: 'the operator Exists ignores values',
        allowed: 'no value, or the operator Equal',
        fix: `remove ${[...at, 'value'].join('.')}, or set the operator to Equal`,
      }),
      ...findingIf(tolerationSeconds !== undefined && effect !== 'NoExecute', {
        path: [...at, 'tolerationSeconds'],
        message: 'only taints with the effect NoExecute evict running pods',
        allowed: 'no tolerationSeconds, or the effect NoExecute',
        fix: `remove ${[...at, 'tolerationSeconds'].join('.')}, or set the effect to NoExecute`,
      }),
    ];
  });
}
