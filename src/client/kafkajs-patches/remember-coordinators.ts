import { patch } from './patch-kafkajs';

const OF_TRANSACTIONS = 1;

/** Much shorter than the time that a coordinator needs to move. */
const KNOWN_MS = 1_000;

interface Which {
  readonly groupId: string;
  readonly coordinatorType: number;
}

/** The used part of kafkajs's private cluster class; each producer has its own cluster. */
interface Cluster {
  findGroupCoordinatorMetadata: (this: Cluster, which: Which) => Promise<unknown>;
}

interface Known {
  readonly groupId: string;
  readonly since: number;
  readonly answer: unknown;
}

/**
 * Caches the coordinator of a transactional id briefly. kafkajs 2.2.4 looks it up before every request of a
 * transaction, including each retry while the previous transaction is still being completed.
 */
export const rememberCoordinators = patch('Cluster', (cluster: Cluster) => {
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
});
