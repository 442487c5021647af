import { Encoder } from '../../../../src/protocol/protocol';
import { Hold } from '../../../support/hold';
import { NEW, OLD, PLACE, RepositionedMember, TOPIC } from '../../../support/repositioned-member';

const UNKNOWN_TOPIC_ID = 100;
const POSITION = `59 of ${OLD}`;
const BEGIN = `0 of ${NEW}`;

/** A broker's answer for the partition of the old topic, without records. */
function answerOfOld(code: number): Buffer {
  const body = new Encoder().noTags().int32(0).int16(0).int32(0);
  body.array([OLD], (topicId) => {
    body.uuid(topicId).array([PLACE.partition], (partition) => {
      body.int32(partition).int16(code).int64(-1n).int64(-1n).int64(-1n);
      body.array([], () => undefined);
      body.int32(-1).varint(1).noTags();
    });
    body.noTags();
  });
  return body.noTags().bytes();
}

/** A member that has requested its position in the old topic. */
async function reading(): Promise<RepositionedMember> {
  const member = new RepositionedMember();
  await member.fetch();
  expect(member.requested.splice(0)).toEqual([POSITION]);
  return member;
}

/** The topic is recreated, and a new generation determines where to begin. */
async function replaced(member: RepositionedMember): Promise<void> {
  member.recreate();
  member.rejoin();
  await member.manager.resolveOffsets();
}

/** The topic is recreated, and something happens before the new generation knows where to begin. */
async function whileReplaced(member: RepositionedMember, then: () => unknown): Promise<void> {
  const { offsets } = member.holds;
  offsets.close();
  member.recreate();
  member.rejoin();
  const begun = member.manager.resolveOffsets();
  await member.settle();
  await then();
  offsets.release();
  await begun;
}

describe('a recreated topic is read from its beginning', () => {
  it('if a fetch waited for its connection while the log was replaced', async () => {
    const member = await reading();
    const { connection } = member.holds;
    connection.close();
    const fetching = member.fetch();
    await member.settle();
    await replaced(member);
    connection.release();
    await fetching;
    await member.fetch();
    expect(member.requested).toEqual([BEGIN]);
  });

  it('if work on records of the old topic ends while the log is being replaced', async () => {
    const member = await reading();
    await whileReplaced(member, () => member.manager.resolveOffset({ ...PLACE, offset: '99' }));
    await member.fetch();
    expect(member.requested).toEqual([BEGIN]);
  });

  it.each(['before', 'while'])(
    'if a commit of an old position is answered %s the log is being replaced',
    async (when) => {
      const member = await reading();
      const { commit } = member.holds;
      commit.close();
      const partitions = [{ partition: PLACE.partition, offset: '100' }];
      const committing = member.manager.commitOffsets({ topics: [{ topic: TOPIC, partitions }] });
      await member.settle();
      const answered = async (): Promise<void> => {
        commit.release();
        await committing;
      };
      if (when === 'while') await whileReplaced(member, answered);
      else {
        member.recreate();
        member.rejoin();
        await answered();
      }
      await member.fetch();
      expect(member.requested).toEqual([BEGIN]);
    },
  );

  it('if the old position was found to be out of range, and the log was replaced meanwhile', async () => {
    const asked = new Hold();
    const standing = { kind: 'log-ends-earlier', to: 40n };
    const member = new RepositionedMember(() => asked.pass().then(() => standing));
    await member.fetch();
    asked.close();
    const repositioning = member.manager.setDefaultOffset(PLACE);
    await member.settle();
    await replaced(member);
    asked.release();
    await repositioning;
    await member.fetch();
    expect(member.requested).toEqual([POSITION, BEGIN]);
  });

  it.each([0, UNKNOWN_TOPIC_ID])('and an answer that concerns the old log is dropped: code %d', async (code) => {
    const member = new RepositionedMember();
    const { answer } = member.holds;
    member.answer = answerOfOld(code);
    expect(await member.fetch()).toHaveLength(1);
    answer.close();
    const fetching = member.fetch();
    await member.settle();
    await replaced(member);
    answer.release();
    expect(await fetching).toEqual([]);
  });
});

it('an earlier generation that learns late where to begin changes nothing', async () => {
  const member = await reading();
  await whileReplaced(member, () => member.rejoin());
  await member.fetch();
  expect(member.requested).toEqual([BEGIN]);
});

it('a position is determined anew if it was changed after the offset was determined', async () => {
  const member = await reading();
  const { connection } = member.holds;
  connection.close();
  const fetching = member.fetch();
  await member.settle();
  member.manager.resolveOffset({ ...PLACE, offset: '69' });
  connection.release();
  await fetching;
  await member.fetch();
  expect(member.requested).toEqual([`70 of ${OLD}`]);
});
