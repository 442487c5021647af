import type { ClusterSettings } from '../cluster-settings';
import { SETTING_PAIRS, type SettingPair, type Side } from '../setting-pairs';
import { formatBytes, formatDuration } from '../../../validation/units';
import { findingIf, type Finding, type Rule } from '../../../validation/rule';

/** Rules against numbers of `brokers.properties` that contradict each other, derived values or this platform's clients. */
export const settingPairRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['brokers.version', 'brokers.properties', 'brokers.socketRequestMax', 'brokers.segmentBytes'],
    check: (config) => SETTING_PAIRS.flatMap((pair) => contradiction(pair, config)),
  },
];

function contradiction(pair: SettingPair, config: ClusterSettings): readonly Finding[] {
  const { times = 1, isStrict = false, otherwise } = pair;
  const [lesser, greater] = [pair.lesser(config), pair.greater(config)];
  const needed = lesser.value * times;
  // Defaults fit; another rule reports texts that are not numbers.
  if (!lesser.isGiven && !greater.isGiven) return [];
  const factor = times === 1 ? '' : ` x ${times}`;
  const [blamed, bound] = lesser.isGiven
    ? [lesser, `${isStrict ? 'less than' : 'at most'} ${Math.floor(greater.value / times)}`]
    : [greater, `${isStrict ? 'more than' : 'at least'} ${needed}`];
  return findingIf(isStrict ? needed >= greater.value : needed > greater.value, {
    path: ['brokers', 'properties', blamed.name],
    message: `${shown(lesser)}${factor} does not fit ${shown(greater)}: ${otherwise}`,
    allowed: `${bound}, by ${blamed === lesser ? greater.name : lesser.name}${factor}`,
    fix: `${blamed === lesser ? 'lower' : 'raise'} brokers.properties.${blamed.name}, or remove it: Kafka's default fits`,
  });
}

function shown({ name, value }: Side): string {
  if (!Number.isFinite(value)) return `${name} (no limit)`;
  if (/ms\)?$/.test(name)) return `${name} ${value} (${formatDuration(value)})`;
  return /bytes\)?$|size$|Bytes$|Max$/.test(name) ? `${name} ${value} (${formatBytes(value)})` : `${name} ${value}`;
}
