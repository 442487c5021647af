import { connectionTo } from '../../../support/connection-to';
import { Inquiry } from '../../../../src/components/lag-exporter/inquiry';
import { LogMemory } from '../../../../src/components/lag-exporter/log-memory';
import { readGroups } from '../../../../src/components/lag-exporter/read-groups';
import type { ClusterBroker } from '../../../../src/protocol/describe-cluster';
import type { CommittedOffsets } from '../../../../src/protocol/offset-fetch';
import type { Assigned } from '../../../../src/protocol/group-members';
import type { Request } from '../../../../src/protocol/request';

const LIST = 16;
const OFFSETS = 9;
const MEMBERS = 15;
const MODERN_MEMBERS = 69;
const SHARE_MEMBERS = 77;
const STREAMS_MEMBERS = 89;
const SHARE_OFFSETS = 90;

const NOT_COORDINATOR = 16;

/** Answers of each broker by request; absent if it does not answer. */
type Answers = Readonly<Record<number, Readonly<Record<number, unknown>>>>;

class Script extends Inquiry {
  readonly asked: string[] = [];

  constructor(private readonly answers: Answers) {
    super(connectionTo(), {});
  }

  override ask<T>({ id }: ClusterBroker, { apiKey }: Request<T>): Promise<T | undefined> {
    this.asked.push(`${id}: ${apiKey}`);
    return Promise.resolve(this.answers[id]?.[apiKey] as T | undefined);
  }
}

const brokers = [0, 1].map((id) => ({ id, host: '127.0.0.1', port: 1, isFenced: false }));
const listed = (group: string, state = 'Stable', type = 'classic') => ({ group, state, type });
const NOTHING: Assigned & CommittedOffsets = new Map();
const assigned = new Map([['orders', new Set([0])]]);
const committed = (offset: number) => new Map([['orders', new Map([[0, BigInt(offset)]])]]);
const offsets = (group: string, offset: number, code = 0) => ({
  group,
  code,
  committed: code === 0 ? committed(offset) : new Map(),
});

it('groups of both protocols have members and offsets', async () => {
  const script = new Script({
    0: {
      [LIST]: [listed('old'), listed('new', 'Stable', 'consumer')],
      [OFFSETS]: [offsets('old', 3), offsets('new', 4)],
      [MEMBERS]: [{ group: 'old', code: 0, members: 2, assigned }],
      [MODERN_MEMBERS]: [{ group: 'new', code: 0, members: 5, assigned }],
    },
  });
  expect((await readGroups(brokers, script)).groups).toEqual([
    { group: 'old', type: 'classic', state: 'Stable', members: 2, assigned, committed: committed(3) },
    { group: 'new', type: 'consumer', state: 'Stable', members: 5, assigned, committed: committed(4) },
  ]);
  expect(script.problems).toEqual([]);
});

it('a group without members has 0 members, without a request for them', async () => {
  const script = new Script({ 0: { [LIST]: [listed('idle', 'Empty')], [OFFSETS]: [offsets('idle', 3)] } });
  expect((await readGroups(brokers, script)).groups).toEqual([
    { group: 'idle', type: 'classic', state: 'Empty', members: 0, assigned: NOTHING, committed: committed(3) },
  ]);
  expect(script.asked).toEqual(['0: 16', '1: 16', '0: 9']);
});

it('dead groups are left out, without a request for them', async () => {
  const script = new Script({ 0: { [LIST]: [listed('gone', 'Dead')] } });
  expect(await readGroups(brokers, script)).toEqual({ groups: [], leftOut: [] });
  expect(script.asked).toEqual(['0: 16', '1: 16']);
});

it('groups whose names match a pattern are left out and named, without a request for them', async () => {
  const script = new Script({
    0: { [LIST]: [listed('console-consumer-1'), listed('told', 'Empty')], [OFFSETS]: [offsets('told', 3)] },
    1: { [LIST]: [listed('console-share-consumer', 'Empty', 'share')] },
  });
  const { groups, leftOut } = await readGroups(brokers, script, {
    ignoreGroups: ['^console-consumer-', '^console-share'],
  });
  expect(groups.map(({ group }) => group)).toEqual(['told']);
  expect(leftOut).toEqual(['console-consumer-1', 'console-share-consumer']);
  expect(script.asked).toEqual(['0: 16', '1: 16', '0: 9']);
});

it('a share group has members, and the lag that its coordinator reports', async () => {
  const partitions = new Map([['orders', new Map([[0, { startOffset: 4n, lag: 9n }]])]]);
  const script = new Script({
    0: {
      [LIST]: [listed('shared', 'Stable', 'share'), listed('silent', 'Stable', 'share')],
      [SHARE_MEMBERS]: [{ group: 'shared', code: 0, members: 2, assigned }],
      [SHARE_OFFSETS]: [{ group: 'shared', code: 0, partitions }],
    },
  });
  const { groups } = await readGroups(brokers, script);
  expect(groups.find(({ group }) => group === 'shared')).toEqual({
    group: 'shared',
    type: 'share',
    state: 'Stable',
    members: 2,
    assigned,
    committed: committed(4),
    lags: committed(9),
  });
  // Without an answer the lag is unknown, unlike that of a group that reads from the beginning.
  expect(groups.find(({ group }) => group === 'silent')?.lags).toEqual(NOTHING);
});

it('a streams group has members, partitions and offsets', async () => {
  const script = new Script({
    0: {
      [LIST]: [listed('flows', 'Stable', 'streams')],
      [OFFSETS]: [offsets('flows', 3)],
      [STREAMS_MEMBERS]: [{ group: 'flows', code: 0, members: 1, assigned }],
    },
  });
  expect((await readGroups(brokers, script)).groups).toEqual([
    { group: 'flows', type: 'streams', state: 'Stable', members: 1, assigned, committed: committed(3) },
  ]);
});

it('members keep their partitions during a rebalance, until they leave', async () => {
  const memory = new LogMemory();
  const held = async (state: string, holds: Assigned): Promise<Assigned | undefined> => {
    const script = new Script({
      0: {
        [LIST]: [listed('failing', state)],
        [MEMBERS]: [{ group: 'failing', code: 0, members: 1, assigned: holds }],
      },
    });
    return (await readGroups(brokers, script, { memory })).groups[0]?.assigned;
  };
  expect(await held('PreparingRebalance', NOTHING)).toEqual(NOTHING);
  expect(await held('Stable', assigned)).toEqual(assigned);
  expect(await held('PreparingRebalance', NOTHING)).toEqual(assigned);
  expect(await held('CompletingRebalance', NOTHING)).toEqual(assigned);
  expect(await held('Empty', NOTHING)).toEqual(NOTHING);
  expect(await held('PreparingRebalance', NOTHING)).toEqual(NOTHING);
});

it('members of an unsupported group type are unknown, not 0', async () => {
  const script = new Script({
    0: { [LIST]: [listed('flows', 'Stable', 'of tomorrow')], [OFFSETS]: [offsets('flows', 3)] },
  });
  expect((await readGroups(brokers, script)).groups).toMatchObject([{ group: 'flows', members: undefined }]);
});

it.each([
  [0, 1],
  [1, 0],
])('a group that moves from %i to %i is listed once, with its offsets', async (from, to) => {
  const script = new Script({
    [from]: { [LIST]: [listed('moving')], [OFFSETS]: [offsets('moving', 0, NOT_COORDINATOR)] },
    [to]: {
      [LIST]: [listed('moving')],
      [OFFSETS]: [offsets('moving', 3)],
      [MEMBERS]: [{ group: 'moving', code: 0, members: 1, assigned }],
    },
  });
  expect((await readGroups(brokers, script)).groups).toEqual([
    { group: 'moving', type: 'classic', state: 'Stable', members: 1, assigned, committed: committed(3) },
  ]);
  expect(script.problems).toEqual([
    expect.stringMatching(`^broker ${from}: .*\\(NOT_COORDINATOR\\).* \\(request 9\\)$`),
  ]);
});

it('values that a broker refuses are unknown, and the other groups stay', async () => {
  const script = new Script({
    0: {
      [LIST]: [listed('refused'), listed('told')],
      [OFFSETS]: [offsets('refused', 0, 14), offsets('told', 3)],
      [MEMBERS]: [
        { group: 'refused', code: 14, members: 0, assigned },
        { group: 'told', code: 0, members: 1, assigned },
      ],
    },
  });
  const { groups } = await readGroups(brokers, script);
  expect(groups.find(({ group }) => group === 'refused')).toEqual({
    group: 'refused',
    type: 'classic',
    state: 'Stable',
    members: undefined,
    assigned: NOTHING,
    committed: NOTHING,
  });
  expect(groups.find(({ group }) => group === 'told')?.committed).toEqual(committed(3));
});
