import { Inquiry } from '../../../src/exporter/inquiry';
import { readGroups } from '../../../src/exporter/read-groups';
import type { ClusterBroker } from '../../../src/wire/describe-cluster';
import type { Request } from '../../../src/wire/request';

const LIST = 16;
const OFFSETS = 9;
const MEMBERS = 15;
const MODERN_MEMBERS = 69;

const NOT_COORDINATOR = 16;

/** What each broker answers to each request; nothing when it does not. */
type Answers = Readonly<Record<number, Readonly<Record<number, unknown>>>>;

class Script extends Inquiry {
  readonly asked: string[] = [];

  constructor(private readonly answers: Answers) {
    super(0);
  }

  override ask<T>({ id }: ClusterBroker, { apiKey }: Request<T>): Promise<T | undefined> {
    this.asked.push(`${id}: ${apiKey}`);
    return Promise.resolve(this.answers[id]?.[apiKey] as T | undefined);
  }
}

const brokers = [0, 1].map((id) => ({ id, host: '127.0.0.1', port: 1, isFenced: false }));
const listed = (group: string, state = 'Stable', type = 'classic') => ({ group, state, type });
const committed = (offset: number) => new Map([['orders', new Map([[0, BigInt(offset)]])]]);
const offsets = (group: string, offset: number, code = 0) => ({
  group,
  code,
  committed: code === 0 ? committed(offset) : new Map(),
});

it('groups of both protocols are there with members and offsets', async () => {
  const script = new Script({
    0: {
      [LIST]: [listed('old'), listed('new', 'Stable', 'consumer')],
      [OFFSETS]: [offsets('old', 3), offsets('new', 4)],
      [MEMBERS]: [{ group: 'old', code: 0, members: 2 }],
      [MODERN_MEMBERS]: [{ group: 'new', code: 0, members: 5 }],
    },
  });
  expect(await readGroups(brokers, script)).toEqual([
    { group: 'old', state: 'Stable', members: 2, committed: committed(3) },
    { group: 'new', state: 'Stable', members: 5, committed: committed(4) },
  ]);
  expect(script.problems).toEqual([]);
});

it('a group without members is there with 0, and nobody is asked for them', async () => {
  const script = new Script({ 0: { [LIST]: [listed('idle', 'Empty')], [OFFSETS]: [offsets('idle', 3)] } });
  expect(await readGroups(brokers, script)).toEqual([
    { group: 'idle', state: 'Empty', members: 0, committed: committed(3) },
  ]);
  expect(script.asked).toEqual(['0: 16', '1: 16', '0: 9']);
});

it('groups that are dead or have no offsets are left out', async () => {
  const all = [listed('gone', 'Dead'), listed('shared', 'Stable', 'share')];
  const script = new Script({ 0: { [LIST]: all } });
  expect(await readGroups(brokers, script)).toEqual([]);
  expect(script.asked).toEqual(['0: 16', '1: 16']);
});

it('members of a type that nobody can ask for are unknown rather than 0', async () => {
  const script = new Script({
    0: { [LIST]: [listed('flows', 'Stable', 'streams')], [OFFSETS]: [offsets('flows', 3)] },
  });
  expect(await readGroups(brokers, script)).toEqual([
    { group: 'flows', state: 'Stable', members: undefined, committed: committed(3) },
  ]);
});

it.each([
  [0, 1],
  [1, 0],
])('a group that moves from %i to %i is there once, with its offsets', async (from, to) => {
  const script = new Script({
    [from]: { [LIST]: [listed('moving')], [OFFSETS]: [offsets('moving', 0, NOT_COORDINATOR)] },
    [to]: {
      [LIST]: [listed('moving')],
      [OFFSETS]: [offsets('moving', 3)],
      [MEMBERS]: [{ group: 'moving', code: 0, members: 1 }],
    },
  });
  expect(await readGroups(brokers, script)).toEqual([
    { group: 'moving', state: 'Stable', members: 1, committed: committed(3) },
  ]);
  expect(script.problems).toEqual([`broker ${from}: Kafka's error code 16 to request 9`]);
});

it('what a broker refuses is unknown, and the other groups stay', async () => {
  const script = new Script({
    0: {
      [LIST]: [listed('refused'), listed('told')],
      [OFFSETS]: [offsets('refused', 0, 14), offsets('told', 3)],
      [MEMBERS]: [
        { group: 'refused', code: 14, members: 0 },
        { group: 'told', code: 0, members: 1 },
      ],
    },
  });
  const groups = await readGroups(brokers, script);
  expect(groups.find(({ group }) => group === 'refused')).toEqual({
    group: 'refused',
    state: 'Stable',
    members: undefined,
    committed: new Map(),
  });
  expect(groups.find(({ group }) => group === 'told')?.committed).toEqual(committed(3));
});
