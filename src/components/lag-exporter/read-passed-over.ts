import type { ClusterBroker } from '../../protocol/describe-cluster';
import { fetchLog } from '../../protocol/fetch-log';
import type { TopicMetadata } from '../../protocol/metadata';
import { firstVisible } from './first-visible';
import type { Inquiry } from './inquiry';
import { positions, type Position } from './lag';
import type { LogMemory, PassedOver } from './log-memory';
import type { GroupSnapshot } from './read-groups';
import { logKey, type LogOffsets } from './read-logs';

/** These two limits bound the amount of data that a reading fetches to 4 MiB, except for larger batches. */
const FETCHES = 16;
const FETCH_BYTES = 256 * 1024;

/** Ranges of a partition without visible records for `read_committed` consumers: start offset and end offset. */
export type PassedOverByPosition = ReadonlyMap<bigint, bigint>;

interface PassedOverProps {
  readonly brokers: readonly ClusterBroker[];
  readonly topics: readonly TopicMetadata[];
  readonly logs: ReadonlyMap<string, LogOffsets>;
  readonly groups: readonly GroupSnapshot[];
  readonly memory: LogMemory;
}

/**
 * Inspects the log between the positions of groups and the last stable offset. Aborted records and control batches are
 * not lag, and may remain the last entries of a log forever. Positions that have not moved are inspected first; each is
 * inspected once; positions beyond the limit of a reading wait for the next reading.
 * @returns the ranges by {@link logKey}
 */
export async function readPassedOver(
  { brokers, topics, logs, groups, memory }: PassedOverProps,
  inquiry: Inquiry,
): Promise<ReadonlyMap<string, PassedOverByPosition>> {
  const leaderOf = leaders(brokers, topics);
  const ids = new Map(topics.map(({ name, id }) => [name, id]));
  const behind = uniqueBehind({ groups, logs, ids });
  const found = new Map([...behind.keys()].map((place) => [place, memory.passedOver(place)] as const));
  const open = [...behind].filter(([place, { lastStable }]) => {
    const known = found.get(place);
    return known === undefined || (!known.isVisible && known.next < lastStable);
  });
  const stillFirst = open.sort(([a], [b]) => Number(memory.hasMet(b)) - Number(memory.hasMet(a)));
  await Promise.all(
    stillFirst.slice(0, FETCHES).map(async ([place, { topic, partition, offset }]) => {
      const leader = leaderOf.get(logKey(topic, partition));
      const topicId = ids.get(topic);
      if (leader === undefined || topicId === undefined) return;
      const from = found.get(place)?.next ?? offset;
      const part = await inquiry.ask(leader, fetchLog({ topicId, partition, offset: from }, FETCH_BYTES));
      // A partition that was moved or deleted in the meantime is read again by the next reading.
      const passed = part?.code === 0 ? firstVisible(part, from) : undefined;
      if (passed !== undefined) found.set(place, passed);
    }),
  );
  memory.keepPassedOver(found);
  return byPartition(behind, found);
}

interface Behind extends Position {
  readonly lastStable: bigint;
}

/** Positions before the last stable offset. A position that several groups share appears once. */
function uniqueBehind({
  groups,
  logs,
  ids,
}: Pick<PassedOverProps, 'groups' | 'logs'> & { readonly ids: ReadonlyMap<string, string> }): ReadonlyMap<
  string,
  Behind
> {
  const all = groups.flatMap((group) => positions(group, logs));
  return new Map(
    all.flatMap((position) => {
      const { topic, partition, offset } = position;
      const lastStable = logs.get(logKey(topic, partition))?.lastStable ?? 0n;
      return offset < lastStable
        ? [[`${logKey(topic, partition)}@${offset} of ${ids.get(topic) ?? ''}`, { ...position, lastStable }] as const]
        : [];
    }),
  );
}

function byPartition(behind: ReadonlyMap<string, Behind>, found: ReadonlyMap<string, PassedOver | undefined>) {
  const all = new Map<string, Map<bigint, bigint>>();
  for (const [place, { topic, partition, offset }] of behind) {
    const next = found.get(place)?.next;
    if (next === undefined || next === offset) continue;
    const key = logKey(topic, partition);
    all.set(key, (all.get(key) ?? new Map<bigint, bigint>()).set(offset, next));
  }
  return all;
}

/** Leaders of the partitions, by {@link logKey}. */
function leaders(
  brokers: readonly ClusterBroker[],
  topics: readonly TopicMetadata[],
): ReadonlyMap<string, ClusterBroker> {
  const byId = new Map(brokers.map((broker) => [broker.id, broker]));
  return new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.flatMap(({ partition, leaderId }) => {
        const leader = byId.get(leaderId);
        return leader === undefined ? [] : [[logKey(name, partition), leader] as const];
      }),
    ),
  );
}
