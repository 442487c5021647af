import type { ClusterBroker } from '../../protocol/describe-cluster';
import { describeConsumerGroups } from '../../protocol/describe-consumer-groups';
import { describeGroups } from '../../protocol/describe-groups';
import { describeShareGroupOffsets } from '../../protocol/describe-share-group-offsets';
import { describeShareGroups } from '../../protocol/describe-share-groups';
import { describeStreamsGroups } from '../../protocol/describe-streams-groups';
import type { Assigned, GroupMembers } from '../../protocol/group-members';
import { LIST_GROUPS, type ListedGroup } from '../../protocol/list-groups';
import { offsetFetch, type CommittedOffsets } from '../../protocol/offset-fetch';
import type { Request } from '../../protocol/request';
import type { Inquiry } from './inquiry';
import { LogMemory } from './log-memory';

/**
 * Members of share groups acknowledge single records. The coordinator knows the start offset and the number of
 * remaining records.
 */
const SHARE = 'share';

const MEMBERS_REQUEST: Readonly<Record<string, typeof describeGroups>> = {
  classic: describeGroups,
  consumer: describeConsumerGroups,
  share: describeShareGroups,
  streams: describeStreamsGroups,
};

/** A group as its coordinator describes it. */
export interface GroupSnapshot {
  readonly group: string;
  /** `classic`, `consumer`, `share` or `streams`. */
  readonly type: string;
  /** State in Kafka's terms: `Stable`, `Empty`. */
  readonly state: string;
  /** Number of members; undefined if unknown. */
  readonly members: number | undefined;
  /** Partitions assigned to the members, or assigned before a current rebalance; empty if unknown. */
  readonly assigned: Assigned;
  /** Committed offsets. For a share group: the first record of each partition that may still be delivered. */
  readonly committed: CommittedOffsets;
  /** Lag as reported by the coordinator, -1 if unknown; for share groups only. */
  readonly lags?: CommittedOffsets;
}

export interface GroupsReading {
  readonly groups: readonly GroupSnapshot[];
  /** Names of the groups that the configuration excludes. */
  readonly leftOut: readonly string[];
}

interface GroupsOptions {
  /** Patterns of group names to exclude. @default none */
  readonly ignoreGroups?: readonly string[] | undefined;
  /** Results of earlier readings. @default none */
  readonly memory?: LogMemory | undefined;
}

/**
 * Reads every group once. While a coordinator moves, two brokers may list the same group; the broker that returns its
 * commits is used.
 */
export async function readGroups(
  brokers: readonly ClusterBroker[],
  inquiry: Inquiry,
  { ignoreGroups = [], memory = new LogMemory() }: GroupsOptions = {},
): Promise<GroupsReading> {
  const patterns = ignoreGroups.map((pattern) => new RegExp(pattern));
  const listed = await Promise.all(
    brokers.map(async (broker) => {
      const all = ((await inquiry.ask(broker, LIST_GROUPS)) ?? []).filter(({ state }) => state !== 'Dead');
      return { broker, all };
    }),
  );
  const isLeftOut = ({ group }: ListedGroup): boolean => patterns.some((pattern) => pattern.test(group));
  const found = await Promise.all(
    listed.map(({ broker, all }) =>
      coordinatedBy(
        broker,
        all.filter((one) => !isLeftOut(one)),
        inquiry,
      ),
    ),
  );
  const leastFirst = found.flat().sort((a, b) => a.committed.size - b.committed.size);
  const groups = [...new Map(leastFirst.map((one) => [one.group, one])).values()];
  return {
    groups: withLastAssigned(groups, memory),
    leftOut: [...new Set(listed.flatMap(({ all }) => all.filter(isLeftOut).map(({ group }) => group)))].sort(),
  };
}

/**
 * Coordinators do not report assignments during a rebalance. Without the last known assignment, a group that fails
 * repeatedly at its first record would have no lag half of the time.
 */
function withLastAssigned(groups: readonly GroupSnapshot[], memory: LogMemory): readonly GroupSnapshot[] {
  const all = groups.map((one) => {
    const last = one.assigned.size > 0 || one.state === 'Empty' ? undefined : memory.lastAssigned(one.group);
    return last === undefined ? one : { ...one, assigned: last };
  });
  memory.keepAssigned(new Map(all.map(({ group, assigned }) => [group, assigned])));
  return all;
}

async function coordinatedBy(
  broker: ClusterBroker,
  listed: readonly ListedGroup[],
  inquiry: Inquiry,
): Promise<readonly GroupSnapshot[]> {
  const [offsets, described] = await Promise.all([
    offsetsOf(broker, listed, inquiry),
    Promise.all(memberRequests(listed).map((request) => inquiry.askEach(broker, request))),
  ]);
  const members = new Map(described.flat().map((one) => [one.group, one]));
  return listed.map(({ group, type, state }) => ({
    group,
    type,
    state,
    members: state === 'Empty' ? 0 : members.get(group)?.members,
    assigned: members.get(group)?.assigned ?? new Map<string, ReadonlySet<number>>(),
    ...(offsets.get(group) ?? (type === SHARE ? { committed: NONE, lags: NONE } : { committed: NONE })),
  }));
}

const NONE: CommittedOffsets = new Map();

type Offsets = Pick<GroupSnapshot, 'committed' | 'lags'>;

async function offsetsOf(
  broker: ClusterBroker,
  listed: readonly ListedGroup[],
  inquiry: Inquiry,
): Promise<ReadonlyMap<string, Offsets>> {
  const names = (isShare: boolean): readonly string[] =>
    listed.filter(({ type }) => (type === SHARE) === isShare).map(({ group }) => group);
  const [own, shared] = [names(false), names(true)];
  const [offsets, shares] = await Promise.all([
    own.length === 0 ? [] : inquiry.askEach(broker, offsetFetch(own)),
    shared.length === 0 ? [] : inquiry.askEach(broker, describeShareGroupOffsets(shared)),
  ]);
  return new Map<string, Offsets>([
    ...offsets.map(({ group, committed }) => [group, { committed }] as const),
    ...shares.map(({ group, partitions }) => {
      const each = (key: 'startOffset' | 'lag'): CommittedOffsets =>
        new Map(
          [...partitions].map(([topic, of]) => [topic, new Map([...of].map(([id, one]) => [id, one[key]] as const))]),
        );
      return [group, { committed: each('startOffset'), lags: each('lag') }] as const;
    }),
  ]);
}

/** One request for each type of group with members. */
function memberRequests(listed: readonly ListedGroup[]): readonly Request<readonly GroupMembers[]>[] {
  return Object.entries(MEMBERS_REQUEST).flatMap(([ofType, request]) => {
    const names = listed.filter(({ type, state }) => type === ofType && state !== 'Empty').map(({ group }) => group);
    return names.length > 0 ? [request(names)] : [];
  });
}
