import type { ClusterBroker } from '../wire/describe-cluster';
import { describeConsumerGroups } from '../wire/describe-consumer-groups';
import { describeGroups, type GroupMembers } from '../wire/describe-groups';
import { LIST_GROUPS, type ListedGroup } from '../wire/list-groups';
import { offsetFetch, type CommittedOffsets } from '../wire/offset-fetch';
import type { Request } from '../wire/request';
import type { Inquiry } from './inquiry';

/** Share groups acknowledge records one by one: they have no offset from which lag could follow. */
const WITHOUT_OFFSETS = 'share';

const MEMBERS_REQUEST: Readonly<Record<string, typeof describeGroups>> = {
  classic: describeGroups,
  consumer: describeConsumerGroups,
};

/** A group with what its coordinator knows of it. */
export interface GroupSnapshot {
  readonly group: string;
  /** As Kafka names it: `Stable`, `Empty`. */
  readonly state: string;
  /** Nothing when it is not known. */
  readonly members: number | undefined;
  readonly committed: CommittedOffsets;
}

/** Every group once. While a coordinator moves, two brokers may name the same group: who knows its commits is right. */
export async function readGroups(
  brokers: readonly ClusterBroker[],
  inquiry: Inquiry,
): Promise<readonly GroupSnapshot[]> {
  const found = await Promise.all(brokers.map((broker) => coordinatedBy(broker, inquiry)));
  const leastFirst = found.flat().sort((a, b) => a.committed.size - b.committed.size);
  return [...new Map(leastFirst.map((one) => [one.group, one])).values()];
}

async function coordinatedBy(broker: ClusterBroker, inquiry: Inquiry): Promise<readonly GroupSnapshot[]> {
  const listed = ((await inquiry.ask(broker, LIST_GROUPS)) ?? []).filter(
    ({ state, type }) => state !== 'Dead' && type !== WITHOUT_OFFSETS,
  );
  if (listed.length === 0) return [];
  const names = listed.map(({ group }) => group);
  const [offsets, ...described] = await Promise.all([
    inquiry.askEach(broker, offsetFetch(names)),
    ...memberRequests(listed).map((request) => inquiry.askEach(broker, request)),
  ]);
  const committed = new Map(offsets.map((one) => [one.group, one.committed]));
  const members = new Map(described.flat().map((one) => [one.group, one.members]));
  return listed.map(({ group, state }) => ({
    group,
    state,
    members: state === 'Empty' ? 0 : members.get(group),
    committed: committed.get(group) ?? new Map<string, ReadonlyMap<number, bigint>>(),
  }));
}

/** One request for each type of group that has members. */
function memberRequests(listed: readonly ListedGroup[]): readonly Request<readonly GroupMembers[]>[] {
  return Object.entries(MEMBERS_REQUEST).flatMap(([ofType, request]) => {
    const names = listed.filter(({ type, state }) => type === ofType && state !== 'Empty').map(({ group }) => group);
    return names.length > 0 ? [request(names)] : [];
  });
}
