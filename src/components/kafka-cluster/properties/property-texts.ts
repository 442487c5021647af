import { LISTENERS } from '../layout';

/** A text that Kafka's definitions do not restrict, but its code parses. */
export interface PropertyText {
  readonly name: string;
  readonly takes: (text: string) => boolean;
  readonly allowed: string;
}

const NAMES = Object.values(LISTENERS);
const elements = (text: string): readonly string[] => (text === '' ? [] : text.split(',').map((one) => one.trim()));

export const PROPERTY_TEXTS: readonly PropertyText[] = [
  ...['offsets.topic.compression.codec', 'share.coordinator.state.topic.compression.codec'].map((name) => ({
    name,
    takes: (text: string) => /^\+?[0-4]$/.test(text),
    allowed: '0 (none), 1 (gzip), 2 (snappy), 3 (lz4) or 4 (zstd)',
  })),
  {
    name: 'group.coordinator.rebalance.protocols',
    takes: (text) => elements(text).includes('classic'),
    allowed: 'a list with classic in it, such as classic,consumer,streams',
  },
  {
    name: 'early.start.listeners',
    takes: (text) => elements(text).every((one) => NAMES.some((name) => name === one)),
    allowed: `names of listeners: ${NAMES.join(', ')}`,
  },
  {
    name: 'max.connections.per.ip.overrides',
    takes: (text) => elements(text).every((one) => /^[\w.:%-]+:\+?\d{1,9}$/.test(one)),
    allowed: 'addresses with their limits, such as 10.0.0.1:100,10.0.0.2:200',
  },
  { name: 'log.roll.jitter.ms', takes: (text) => !text.startsWith('-'), allowed: 'at least 0' },
  {
    name: 'metrics.recording.level',
    takes: (text) => ['INFO', 'DEBUG', 'TRACE'].includes(text.toUpperCase()),
    allowed: 'INFO, DEBUG or TRACE',
  },
];
