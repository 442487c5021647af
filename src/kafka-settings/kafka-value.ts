import type { SettingDefinition } from './release';

type KafkaType = SettingDefinition['type'];

/**
 * Whether two texts mean the same value of a setting to Kafka. Brokers report the parsed value in their own notation
 * (`1.0` for `1`), not the configured text.
 */
export function isSameValue(type: KafkaType, a: string, b: string): boolean {
  return a === b || canonical(type, a) === canonical(type, b);
}

/** A text that cannot be parsed as the setting's type is compared as it is. */
function canonical(type: KafkaType, text: string): string {
  const trimmed = text.trim();
  switch (type) {
    case 'short':
    case 'int':
    case 'long':
      return /^[+-]?\d+$/.test(trimmed) ? BigInt(trimmed.replace(/^\+/, '')).toString() : trimmed;
    case 'double':
      return trimmed === '' || Number.isNaN(Number(trimmed)) ? trimmed : String(Number(trimmed));
    case 'boolean':
      return trimmed.toLowerCase();
    case 'list':
      return [...new Set(trimmed.split(',').map((item) => item.trim()))].sort().join(',');
    case 'class':
    case 'password':
    case 'string':
      return trimmed;
  }
}
