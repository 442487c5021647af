/** A number that must not exceed another. Source: the checks of `KafkaConfig` and its parts. */
export interface Relation {
  readonly smaller: string;
  readonly larger: string;
  /** Requires the smaller number to be less. @default both may be equal */
  readonly below?: true;
  /** Consequence of a violation. @default brokers would not start */
  readonly consequence?: string;
  /** @default to change the given property */
  readonly fix?: string;
}

const atMost = (smaller: string, larger: string): Relation => ({ smaller, larger });

/** Minimum and maximum value that a group may set, and its default. */
const between = (prefix: string, name: string): readonly Relation[] => [
  atMost(`${prefix}min.${name}`, `${prefix}max.${name}`),
  atMost(`${prefix}min.${name}`, prefix + name),
  atMost(prefix + name, `${prefix}max.${name}`),
];

/** Pairs of numbers that Kafka compares at the start, or accepts although they do not work; see also `setting-pairs`. */
export const RELATIONS: readonly Relation[] = [
  ...['delivery.count.limit', 'partition.max.record.locks'].flatMap((name) => between('group.share.', name)),
  atMost('group.share.max.size', 'group.share.max.share.sessions'),
  atMost('group.streams.num.standby.replicas', 'group.streams.max.standby.replicas'),
  {
    smaller: 'log.flush.scheduler.interval.ms',
    larger: 'log.flush.interval.ms',
    consequence: 'logs would be looked at too seldom to be flushed in time, by default never',
    fix: 'set brokers.properties.log.flush.scheduler.interval.ms to log.flush.interval.ms or less',
  },
];
