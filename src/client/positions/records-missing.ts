import type { RecordsMissing } from '../notices';

type Gap = Omit<RecordsMissing, 'kind' | 'message'>;

/** The notice with its sentence. */
export const recordsMissing = (gap: Gap): RecordsMissing => ({
  kind: 'records-missing',
  ...gap,
  message: sentence(gap),
});

/** Maximum number of missing records, counted in offsets; for a recreated topic it is unknown. */
export const missingOffsets = ({ reason, from, to }: Pick<Gap, 'reason' | 'from' | 'to'>): bigint => {
  if (reason === 'topic-recreated') return 0n;
  return from > to ? from - to : to - from;
};

function sentence(gap: Gap): string {
  const { topic, partition, groupId, from, to, reason } = gap;
  const reader = groupId === undefined ? 'a reader' : `group ${groupId}`;
  const place = `${topic}-${partition}`;
  if (reason === 'topic-recreated') {
    return (
      `topic ${topic} was deleted and created again: offset ${from} of ${reader} in ${place} belongs to the deleted topic; ` +
      `what it had not read there is gone; reads the new one from offset ${to}`
    );
  }
  if (reason === 'log-starts-later') {
    return (
      `records are missing in ${place}: ${reader} was to read offset ${from} next, and the log begins at ${to} ` +
      `(deleted by retention or by a command); reads on from there`
    );
  }
  return (
    `records are missing in ${place}: ${reader} was to read offset ${from} next, and the log has lost records before it ` +
    `(unclean leader election, lost disks, or a position of another log); reads on from offset ${to}`
  );
}
