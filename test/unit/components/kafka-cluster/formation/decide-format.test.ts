import {
  decideFormat,
  type FormatDecision,
  type KnownNode,
} from '../../../../../src/components/kafka-cluster/formation/decide-format';
import type { Disk } from '../../../../../src/components/kafka-cluster/formation/disk';

const CLUSTER = 'q1Sh-9_ISia_zwGINzRvyQ';
const own = { clusterId: CLUSTER, nodeId: 0 };

const DISKS: readonly (Disk | undefined)[] = [
  undefined,
  { state: 'empty' },
  { state: 'empty', data: own },
  { state: 'empty', data: { clusterId: 'another', nodeId: 0 } },
  { state: 'fresh', ...own },
  { state: 'formed', ...own },
  { state: 'static', ...own },
  { state: 'formed', clusterId: 'another', nodeId: 0 },
  { state: 'damaged', how: 'unreadable' },
];

interface Case {
  readonly isController: boolean;
  readonly hasLeader: boolean;
  readonly others: readonly KnownNode[];
}

const controller = (id: number, disk: Disk | undefined): KnownNode => ({ id, isController: true, disk });
const broker = (id: number, disk: Disk | undefined): KnownNode => ({ id, isController: false, disk });

/** Every combination of the disks of two other controllers and two brokers, seen by a controller and by a broker. */
const CASES: readonly Case[] = [true, false].flatMap((isController) =>
  [true, false].flatMap((hasLeader) =>
    DISKS.flatMap((a) =>
      DISKS.flatMap((b) =>
        DISKS.flatMap((c) =>
          DISKS.map((d) => ({
            isController,
            hasLeader,
            others: [controller(101, a), controller(102, b), broker(0, c), broker(1, d)],
          })),
        ),
      ),
    ),
  ),
);

const decide = (one: Case): FormatDecision => decideFormat({ clusterId: CLUSTER, ...one });
const formatOf = (one: Case): string => {
  const decision = decide(one);
  return 'format' in decision ? decision.format : 'wait';
};
const casesThat = (are: (one: Case) => boolean): readonly Case[] => CASES.filter(are);
const formatsOf = (cases: readonly Case[]): readonly string[] => [...new Set(cases.map(formatOf))];

const has =
  (...states: readonly string[]) =>
  ({ disk }: KnownNode): boolean =>
    states.includes(disk?.state ?? 'unknown');
const hasData = ({ disk }: KnownNode): boolean => disk?.state === 'empty' && disk.data !== undefined;
const isForeign = ({ disk }: KnownNode): boolean => JSON.stringify(disk ?? {}).includes('another');

describe(`an empty disk, in all ${CASES.length} combinations of the other disks`, () => {
  it('becomes that of a first voter only when every node answers and none has been part of a cluster', () => {
    for (const one of casesThat((one) => formatOf(one) === 'initial')) {
      expect(one.isController).toBe(true);
      expect(one.hasLeader).toBe(false);
      expect(one.others.every(has('empty', 'fresh'))).toBe(true);
      expect(one.others.some(hasData)).toBe(false);
    }
  });

  it('becomes that of a first voter on each controller of a new cluster', () => {
    const isNew = ({ isController, hasLeader, others }: Case): boolean =>
      isController && !hasLeader && others.every(has('empty', 'fresh')) && !others.some(hasData);
    expect(formatsOf(casesThat(isNew))).toEqual(['initial']);
  });

  it('joins a quorum exactly when that has a leader, unless a disk belongs to another cluster', () => {
    const isOwn = ({ others }: Case): boolean => !others.some(isForeign);
    expect(formatsOf(casesThat((one) => one.hasLeader && isOwn(one)))).toEqual(['join']);
    expect(formatsOf(casesThat((one) => one.hasLeader && !isOwn(one)))).toEqual(['wait']);
    expect(formatsOf(casesThat(({ hasLeader }) => !hasLeader))).not.toContain('join');
  });

  it('of a broker is never that of a first voter', () => {
    expect(formatsOf(casesThat(({ isController }) => !isController))).not.toContain('initial');
  });

  it('waits with a reason that names every node it waits for', () => {
    for (const one of casesThat((one) => formatOf(one) === 'wait')) {
      const { wait } = decide(one) as { wait: string };
      expect(wait).toMatch(/node|controller/);
    }
  });
});

describe('an empty disk of a node with data on another volume', () => {
  const decideWithData = (one: Case): FormatDecision => decideFormat({ clusterId: CLUSTER, hasData: true, ...one });

  it('never becomes that of a first voter: the cluster existed', () => {
    const formats = CASES.map(decideWithData).map((decision) => ('format' in decision ? decision.format : 'wait'));
    expect([...new Set(formats)].sort()).toEqual(['join', 'wait']);
  });

  it('joins a quorum that has a leader, as any other', () => {
    for (const one of casesThat(({ hasLeader }) => hasLeader)) expect(decideWithData(one)).toEqual(decide(one));
  });

  it('says so when no other has data either', () => {
    const others = [controller(101, { state: 'empty' }), controller(102, { state: 'empty' })];
    expect(decideWithData({ isController: true, hasLeader: false, others })).toEqual({
      wait: expect.stringMatching(
        /^this cluster existed: this node has data, and no controller has metadata/,
      ) as string,
    });
  });
});

describe('an empty disk says why it waits', () => {
  const formed: Disk = { state: 'formed', ...own };
  const empty: Disk = { state: 'empty' };

  it.each<[string, Case['others'], RegExp]>([
    ['for nodes that do not answer', [controller(101, undefined), controller(102, empty)], /and node 101 does not$/],
    [
      'for an election',
      [controller(101, formed), controller(102, formed)],
      /nodes 101, 102 have metadata, .* no leader yet$/,
    ],
    [
      'after the loss of a majority',
      [controller(101, formed), controller(102, empty)],
      /^2 of 3 controllers have lost their disks; node 101 has the metadata and must be kept: see docs/,
    ],
    [
      'after the loss of all controllers',
      [controller(101, empty), controller(102, empty), broker(0, formed)],
      /^this cluster existed: node 0 has data, and no controller has/,
    ],
    [
      'after the loss of all volumes with metadata, where that has volumes of its own',
      [controller(101, { state: 'empty', data: own }), controller(102, empty)],
      /^this cluster existed: node 101 has data, and no controller has metadata/,
    ],
    ['for a damaged volume', [controller(101, { state: 'damaged', how: '' })], /the volume of node 101 is damaged/],
  ])('%s', (_what, others, reason) => {
    const decision = decideFormat({ clusterId: CLUSTER, isController: true, hasLeader: false, others });
    expect(decision).toEqual({ wait: expect.stringMatching(reason) as string });
  });
});
