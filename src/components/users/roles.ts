import type { RetryChain } from '../../client/retry/retry-chain';
import type { OperationOf, RoleResource } from './resource-operations';
import type { RoleOf } from './role-props';

/** Writes to a topic, also idempotently. */
export const produces = (topic: string): RoleOf<'produces'> => ({ role: 'produces', topic });

/**
 * Reads a topic without a group. A producer that looks up whether its transaction was committed, as
 * `TransactionalWriter` does, needs it for the topics that it writes.
 */
export const reads = (topic: string): RoleOf<'reads'> => ({ role: 'reads', topic });

/** Reads a topic as a member of a group, and commits offsets. */
export const consumes = (topic: string, { group }: { readonly group: string }): RoleOf<'consumes'> => ({
  role: 'consumes',
  topic,
  group,
});

/**
 * Uses all transactional ids that begin with the prefix. Exactly-once processing from one topic to another is this,
 * `consumes` of the one and `produces` of the other; this client then uses the ids `<group>.<topic>.<partition>`.
 * @param prefix ends with a separator, such as `billing.`: `billing` would include the ids of `billing-audit`
 */
export const transactional = (prefix: string): RoleOf<'transactional'> => ({ role: 'transactional', prefix });

/** All that a `RetryingConsumer` of the chain does: it reads the topic and its retry topics, and copies failed records. */
export const retries = ({
  topic,
  group,
  delays,
}: Pick<RetryChain, 'topic' | 'group' | 'delays'>): RoleOf<'retries'> => ({
  role: 'retries',
  topic,
  group,
  delays: [...delays],
});

/** A resource, or resources whose names begin alike. */
interface Granted<R extends RoleResource> {
  readonly resourceType: R;
  /** Name, `*` for all, or with the pattern `Prefixed` the beginning of names. The cluster is named `kafka-cluster`. */
  readonly name: string;
  /** @default Literal */
  readonly pattern?: 'Literal' | 'Prefixed';
}

/**
 * Any other operations. A topic need not be in the catalogue.
 * `grants({ resourceType: 'Topic', name: 'connect-', pattern: 'Prefixed' }, 'Read', 'Write')`
 */
export const grants = <R extends RoleResource>(
  { resourceType, name, pattern = 'Literal' }: Granted<R>,
  ...operations: readonly [OperationOf<R>, ...OperationOf<R>[]]
): RoleOf<'grants'> => ({ role: 'grants', resourceType, name, pattern, operations: [...operations] });

/** Describes all topics and groups, and reads the offsets of all groups, as an exporter of consumer lag does. */
export const describesAll = (): RoleOf<'describesAll'> => ({ role: 'describesAll' });

/**
 * Finds open transactions and passes over aborted records, as the lag exporter of this platform does. It needs to read
 * all topics.
 */
export const inspectsTransactions = (): RoleOf<'inspectsTransactions'> => ({ role: 'inspectsTransactions' });

/** Sees everything and changes nothing, as a web interface for reading does: records, groups and configurations. */
export const readsAll = (): RoleOf<'readsAll'> => ({ role: 'readsAll' });

/**
 * A schema registry that keeps its schemas in topics, which exist before it starts.
 * @param groupPrefix beginning of its consumer groups
 */
export const schemaRegistry = (
  topics: readonly string[],
  { groupPrefix }: { readonly groupPrefix: string },
): RoleOf<'schemaRegistry'> => ({ role: 'schemaRegistry', topics: [...topics], groupPrefix });

/** Writes and reads the topic of the smoke test. */
export const smokeTests = (): RoleOf<'smokeTests'> => ({ role: 'smokeTests' });
