import type { ClusterSettings } from '../cluster-settings';
import type { KafkaRelease } from '../../../kafka-settings/release';
import { takes } from '../../../kafka-settings/value';

/** The properties of a broker as it would read them. */
export interface PropertyValues {
  /** Whether `brokers.properties` names it. */
  isGiven(name: string): boolean;
  /** The text that it has, given or by Kafka's default; undefined when it has none, or one that Kafka refuses. */
  text(name: string): string | undefined;
  /** The whole number that it has; undefined when it has none. */
  number(name: string): bigint | undefined;
}

/** Values of `brokers.properties` over Kafka's defaults. */
export function propertyValues({ brokers }: Pick<ClusterSettings, 'brokers'>, release: KafkaRelease): PropertyValues {
  const isGiven = (name: string): boolean => Object.hasOwn(brokers.properties, name);
  const text = (name: string): string | undefined => {
    const definition = release.broker[name];
    const value = isGiven(name) ? brokers.properties[name] : definition?.default;
    if (definition === undefined || value === undefined) return undefined;
    return takes(definition, String(value)) ? String(value).trim() : undefined;
  };
  const number = (name: string): bigint | undefined => {
    const value = text(name);
    return value !== undefined && /^[+-]?\d+$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
  };
  return { isGiven, text, number };
}
