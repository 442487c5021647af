import type { ClusterSettings } from '../cluster-settings';
import { knownRelease } from '../../../kafka-settings/known-release';
import { propertyName } from '../properties/property-name';
import type { SettingDefinition } from '../../../kafka-settings/release';
import { allowedWords, isInexact, takes, type SettingValue } from '../../../kafka-settings/value';
import type { Finding, Rule } from '../../../validation/rule';

/** Rules that check `brokers.properties` against Kafka's definitions. */
export const brokerPropertyRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['brokers.version', 'brokers.properties'],
    check: ({ brokers }) => Object.keys(brokers.properties).flatMap((name) => checkProperty(name, brokers)),
  },
];

type Brokers = Pick<ClusterSettings['brokers'], 'version' | 'properties'>;

function checkProperty(name: string, { version, properties }: Brokers): readonly Finding[] {
  const release = knownRelease(version);
  const value = properties[name];
  if (release === undefined || value === undefined) return [];
  const path = ['brokers', 'properties', name];
  const found = propertyName(name, properties, release);
  if (found.kind === 'refused') {
    const { message, fix } = found;
    return [{ path, message, allowed: `properties of Kafka ${version} that the platform does not derive`, fix }];
  }
  const definition = found.kind === 'defined' ? found.definition : ANY_TEXT;
  if (isReference(value, properties)) return [];
  if (isInexact(value) && definition.type !== 'double') {
    return [
      {
        path,
        message: 'JavaScript cannot hold this whole number exactly: brokers would read another one',
        allowed: allowedWords(definition),
        fix: `write its digits in quotes, or with an n behind them (a bigint)`,
      },
    ];
  }
  if (takes(definition, String(value))) return [];
  const usual = definition.default === undefined ? '' : `; Kafka's default is ${definition.default}`;
  return [
    {
      path,
      message: `brokers would not start: ${name} takes no such value`,
      allowed: allowedWords(definition),
      fix: `set brokers.properties.${name} to ${allowedWords(definition)}, or remove it${usual}`,
    },
  ];
}

const ANY_TEXT: SettingDefinition = { type: 'string', importance: 'low' };

/** Whether a configuration provider resolves the value when the broker starts: `${file:/path:key}`. */
const isReference = (value: SettingValue, properties: Brokers['properties']): boolean =>
  Object.hasOwn(properties, 'config.providers') && /\$\{[^}]+:[^}]+\}/.test(String(value));
