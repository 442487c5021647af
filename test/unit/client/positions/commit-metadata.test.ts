import { commitMetadata, parseCommitMetadata } from '../../../../src/client/positions/commit-metadata';

const TOPIC_ID = '2NQ3cV6hQ3mQ1dR-f1Q_8w';

describe('the metadata of a committed offset', () => {
  it.each([{ topicId: TOPIC_ID }, { topicId: TOPIC_ID, leaderEpoch: 0 }, { topicId: TOPIC_ID, leaderEpoch: 12 }])(
    'names the log: %p',
    (log) => expect(parseCommitMetadata(commitMetadata(log))).toEqual({ leaderEpoch: undefined, ...log }),
  );

  it.each([null, undefined, '', 'consumer-1', 'topic-id=', 'topic-id=short', `topic-id=${TOPIC_ID} leader-epoch=x`])(
    'is ignored if another tool has written it: %p',
    (metadata) => expect(parseCommitMetadata(metadata)).toBeUndefined(),
  );
});
