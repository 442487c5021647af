import { PartitionAssigners, type Consumer } from 'kafkajs';
import type { GroupPositions } from '../positions/group-positions';
import { keepPositions } from '../positions/registrations';
import type { NoticeTarget } from '../reachability/notice-target';
import { METADATA_MAX_AGE_MS, connectKafka } from '../kafka-client';
import { nameMember } from '../kafkajs-patches/static-members';
import type { settle } from './options';

/** The default of kafkajs for consumers. It must be repeated, because any other retry setting replaces all defaults. */
const RETRIES = 5;

interface KafkaConsumerProps {
  readonly settings: Omit<ReturnType<typeof settle<string>>, 'topics' | 'onPermanent' | 'handle' | 'handleBatch'>;
  readonly positions: GroupPositions;
  /** Whether kafkajs may restart the consumer after a retriable error. */
  readonly mayRestart: (error: Error) => boolean;
  readonly target: NoticeTarget;
}

/** A consumer of a client of its own: consumers of one client and group share a cache of committed offsets. */
export const kafkaConsumer = ({ settings, positions, mayRestart, target }: KafkaConsumerProps): Consumer =>
  connectKafka(settings.connection, target).consumer({
    groupId: settings.groupId,
    sessionTimeout: settings.sessionTimeoutMs,
    heartbeatInterval: settings.heartbeatIntervalMs,
    rebalanceTimeout: settings.rebalanceTimeoutMs,
    maxWaitTimeInMs: settings.maxWaitMs,
    rackId: settings.rackId ?? '',
    metadataMaxAge: METADATA_MAX_AGE_MS,
    // The only place where kafkajs passes its cluster object to the caller.
    partitionAssigners: [
      (config) => {
        keepPositions(config.cluster, positions);
        if (settings.groupInstanceId !== undefined) nameMember(config.cluster, settings.groupInstanceId);
        return PartitionAssigners.roundRobin(config);
      },
    ],
    retry: { retries: RETRIES, restartOnFailure: (error) => Promise.resolve(mayRestart(error)) },
    allowAutoTopicCreation: false,
  });
