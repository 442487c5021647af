import { isSameValue } from '../../kafka-settings/kafka-value';
import { KAFKA_RELEASES } from '../../kafka-settings/releases';

/** Whether two values of a topic setting mean the same to the brokers. The setting is given by Kafka's name. */
export function isSameSetting(setting: string, a: string, b: string): boolean {
  const definition = Object.values(KAFKA_RELEASES).findLast(({ topic }) => Object.hasOwn(topic, setting))?.topic[
    setting
  ];
  return isSameValue(definition?.type ?? 'string', a, b);
}
