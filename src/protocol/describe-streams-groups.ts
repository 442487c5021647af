import { together, type GroupMembers, type TopicAssignment } from './group-members';
import type { Decoder } from './protocol';
import type { Request } from './request';
import { decodeGroupHead, describeGroupsRequest } from './describe-groups-request';

const PORT_BYTES = 2;

/** StreamsGroupDescribe v0 for groups of type `streams` (KIP-1071). */
export const describeStreamsGroups = (groups: readonly string[]): Request<readonly GroupMembers[]> =>
  describeGroupsRequest({ apiKey: 89, version: 0 }, groups, (body) => {
    const head = decodeGroupHead(body);
    const topicsOf = decodeTopology(body);
    const tasks = body.array(() => decodeMember(body));
    const assigned = tasks
      .flat()
      .flatMap(([subtopology, partitions]) =>
        (topicsOf.get(subtopology) ?? []).map((topic): TopicAssignment => [topic, partitions]),
      );
    return { ...head, members: tasks.length, assigned: together(assigned) };
  });

type Tasks = readonly [subtopology: string, partitions: readonly number[]];

/** Topics read by each part of the application; empty before the application has reported them. */
function decodeTopology(body: Decoder): ReadonlyMap<string, readonly string[]> {
  if (body.int8() < 0) return new Map();
  body.int32();
  const parts = body.array(() => {
    const id = body.string();
    const sources = body.array(() => body.string());
    body.array(() => body.string());
    body.array(() => decodeTopic(body));
    const repartitioned = body.array(() => decodeTopic(body));
    body.skipTags();
    return [id, [...sources, ...repartitioned]] as const;
  });
  body.skipTags();
  return new Map(parts);
}

function decodeTopic(body: Decoder): string {
  const name = body.string();
  body.int32();
  body.int16();
  body.array(() => skipKeyValue(body));
  body.skipTags();
  return name;
}

/** @returns the active tasks */
function decodeMember(body: Decoder): readonly Tasks[] {
  body.string();
  body.int32();
  body.nullableString();
  body.nullableString();
  body.string();
  body.string();
  body.int32();
  body.string();
  skipEndpoint(body);
  body.array(() => skipKeyValue(body));
  body.array(() => skipTaskOffset(body));
  body.array(() => skipTaskOffset(body));
  const active = decodeTasks(body);
  decodeTasks(body);
  body.boolean();
  body.skipTags();
  return active;
}

/** The active tasks; standby and warm-up tasks do not read source topics. */
function decodeTasks(body: Decoder): readonly Tasks[] {
  const tasks = (): readonly Tasks[] =>
    body.array(() => {
      const own = [body.string(), body.array(() => body.int32())] as const;
      body.skipTags();
      return own;
    });
  const active = tasks();
  tasks();
  tasks();
  body.skipTags();
  return active;
}

function skipEndpoint(body: Decoder): void {
  if (body.int8() < 0) return;
  body.string();
  body.skip(PORT_BYTES).skipTags();
}

function skipKeyValue(body: Decoder): void {
  body.string();
  body.string();
  body.skipTags();
}

function skipTaskOffset(body: Decoder): void {
  body.string();
  body.int32();
  body.int64();
  body.skipTags();
}
