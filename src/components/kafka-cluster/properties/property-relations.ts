/** A number that must not exceed another. Source: the checks of `KafkaConfig` and of what it is made of. */
export interface Relation {
  readonly smaller: string;
  readonly larger: string;
  /** It must be less. @default it may be the same */
  readonly below?: true;
  /** What breaking it does. @default brokers would not start */
  readonly consequence?: string;
  /** @default to change the one that is given */
  readonly fix?: string;
}

const atMost = (smaller: string, larger: string): Relation => ({ smaller, larger });

/** The least and the largest value that a group may choose, and the one that it has when it chooses none. */
const between = (prefix: string, name: string): readonly Relation[] => [
  atMost(`${prefix}min.${name}`, `${prefix}max.${name}`),
  atMost(`${prefix}min.${name}`, prefix + name),
  atMost(prefix + name, `${prefix}max.${name}`),
];

/** Pairs of numbers that Kafka compares as it starts, or lets pass though nothing would work, beside those of `setting-pairs`. */
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
