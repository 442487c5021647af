import type { ClusterSettings } from '../cluster-settings';
import type { KafkaRelease } from '../../../kafka-settings/release';
import { takes } from '../../../kafka-settings/value';

/** The properties of a broker as it reads them. */
export interface PropertyValues {
  /** Whether `brokers.properties` contains it. */
  isGiven(name: string): boolean;
  /** The given text, or Kafka's default; undefined if there is none or Kafka refuses it. */
  text(name: string): string | undefined;
  /** The value as a whole number; undefined if it is none. */
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
