import { setTimeout as delay } from 'node:timers/promises';
import { quietKafka, withAdmin } from '../quiet-kafka';
import { fetchStability, type LogPlace } from '../../wire/fetch-stability';
import { askServer, requireOk } from '../../wire/request';

const PAUSE_MS = 100;
const REQUEST_MS = 5_000;

interface Question {
  readonly bootstrap: readonly string[];
  /** Of the transaction's first record in a partition. */
  readonly place: LogPlace;
  readonly withinMs: number;
}

/**
 * Whether a transaction that has ended was committed: no other one's first record can stand in its place, so it was
 * aborted if one that begins there was.
 * @throws when no broker tells within the time, as when another transaction before it is still open
 */
export async function wasCommitted({ bootstrap, place, withinMs }: Question): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      const { code, lastStableOffset, abortedFirstOffsets } = await askServer(
        await leaderOf(bootstrap, place),
        fetchStability(place),
        REQUEST_MS,
      );
      requireOk(code);
      if (lastStableOffset > place.offset) return !abortedFirstOffsets.includes(place.offset);
      throw new Error(`a transaction before offset ${place.offset} of ${place.topic} is still open`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(PAUSE_MS);
    }
  }
}

function leaderOf(bootstrap: readonly string[], { topic, partition }: LogPlace): Promise<string> {
  return withAdmin(quietKafka(bootstrap), async (admin) => {
    const [{ topics }, { brokers }] = await Promise.all([
      admin.fetchTopicMetadata({ topics: [topic] }),
      admin.describeCluster(),
    ]);
    const leader = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition)?.leader;
    const broker = brokers.find(({ nodeId }) => nodeId === leader);
    if (broker === undefined) throw new Error(`${topic}-${partition} has no leader`);
    return `${broker.host}:${broker.port}`;
  });
}
