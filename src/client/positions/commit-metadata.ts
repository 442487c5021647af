/** Identifies the log that an offset belongs to. The same offset in a recreated topic is a different record. */
export interface LogIdentity {
  /** Topic id in the notation of Kafka's tools. */
  readonly topicId: string;
  /** Leader epoch of the newest record read up to the offset; undefined if none was read. */
  readonly leaderEpoch?: number | undefined;
}

const FORMAT = /^topic-id=([\w-]{22})(?: leader-epoch=(\d+))?$/;

/** Metadata of a committed offset, such as `topic-id=2NQ3cV6hQ3mQ1dR0f1Qd8w leader-epoch=4`. */
export const commitMetadata = ({ topicId, leaderEpoch }: LogIdentity): string =>
  leaderEpoch === undefined ? `topic-id=${topicId}` : `topic-id=${topicId} leader-epoch=${leaderEpoch}`;

/** Undefined for a commit of another tool or client, whose metadata does not identify the log. */
export function parseCommitMetadata(metadata: string | null | undefined): LogIdentity | undefined {
  const [, topicId, leaderEpoch] = FORMAT.exec(metadata ?? '') ?? [];
  if (topicId === undefined) return undefined;
  return { topicId, leaderEpoch: leaderEpoch === undefined ? undefined : Number(leaderEpoch) };
}
