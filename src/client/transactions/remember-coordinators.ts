import { mend } from '../mend-kafkajs';

const OF_TRANSACTIONS = 1;

/** Far shorter than a coordinator is away when it moves. */
const KNOWN_MS = 1_000;

interface Which {
  readonly groupId: string;
  readonly coordinatorType: number;
}

/** What is used of kafkajs's private view of a cluster; each producer has one of its own. */
interface Cluster {
  findGroupCoordinatorMetadata: (this: Cluster, which: Which) => Promise<unknown>;
}

interface ClusterClass {
  readonly prototype: Cluster;
}

interface Known {
  readonly groupId: string;
  readonly since: number;
  readonly answer: unknown;
}

/**
 * Remembers for a moment who coordinates a transactional id. kafkajs 2.2.4 asks before each request of a transaction, and so
 * each time that it finds the transaction before not quite ended.
 */
export const rememberCoordinators = mend(
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is private may be gone; an import would throw
  () => (require('kafkajs/src/cluster') as ClusterClass).prototype,
  (cluster) => {
    const { findGroupCoordinatorMetadata: find } = cluster;
    const known = new WeakMap<Cluster, Known>();
    cluster.findGroupCoordinatorMetadata = async function (which) {
      const { groupId, coordinatorType } = which;
      if (coordinatorType !== OF_TRANSACTIONS) return find.call(this, which);
      const newest = known.get(this);
      if (newest?.groupId === groupId && Date.now() - newest.since < KNOWN_MS) return newest.answer;
      const answer = await find.call(this, which);
      known.set(this, { groupId, since: Date.now(), answer });
      return answer;
    };
  },
);
