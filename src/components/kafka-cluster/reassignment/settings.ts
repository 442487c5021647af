/** The setting by which a broker receives no new replicas (KIP-1066); `*` stands for all of its log directories. */
export const CORDON = 'cordoned.log.dirs';

/** All log directories. */
export const ALL_DIRECTORIES = '*';

/** Settings of a broker that limit the replication of throttled replicas, in bytes per second. */
export const LEADER_RATE = 'leader.replication.throttled.rate';
export const FOLLOWER_RATE = 'follower.replication.throttled.rate';
export const BROKER_RATES = [LEADER_RATE, FOLLOWER_RATE] as const;

/** Settings of a topic that name the throttled replicas. */
export const LEADER_REPLICAS = 'leader.replication.throttled.replicas';
export const FOLLOWER_REPLICAS = 'follower.replication.throttled.replicas';
export const TOPIC_REPLICAS = [LEADER_REPLICAS, FOLLOWER_REPLICAS] as const;
