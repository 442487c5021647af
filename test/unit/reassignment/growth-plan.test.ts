import { formatGrowthPlan } from '../../../src/components/kafka-cluster/reassignment/format-growth-plan';
import {
  planGrowth,
  type GrowthPlan,
  type PlanInput,
} from '../../../src/components/kafka-cluster/reassignment/growth-plan';
import type {
  BrokerState,
  LiveBroker,
  LivePartition,
  Placement,
} from '../../../src/components/kafka-cluster/reassignment/placement';
import { remainsOf } from '../../../src/components/kafka-cluster/reassignment/verify';
import { gibibytes, kibibytesPerSecond, mebibytes } from '../../../src/validation/units';

const RACKS = ['a', 'b', 'c', 'a', 'b'];
const IDS = [0, 1, 2, 3, 4];

const healthy: BrokerState = {
  isCordoned: false,
  throttles: {},
  replicas: [],
  totalBytes: gibibytes(100),
  freeBytes: gibibytes(60),
  failedDirectories: [],
};

const broker = (id: number, state: Partial<BrokerState> = {}): LiveBroker => ({
  id,
  rack: RACKS[id],
  server: `127.0.0.1:${9092 + id}`,
  isFenced: false,
  state: { ...healthy, ...state },
});

const partition = (number: number, replicas: readonly number[]): LivePartition => ({
  topic: 'orders',
  partition: number,
  replicas,
  bytes: gibibytes(1),
  leaderId: replicas[0] ?? -1,
  inSyncReplicas: replicas,
  minInSync: 2,
});

/** Five partitions on the brokers 0 to 2 of five. */
const onOld = Array.from({ length: 5 }, (_, number) =>
  partition(
    number,
    [0, 1, 2].map((id) => (id + number) % 3),
  ),
);

const placement = (override: Partial<Placement> = {}): Placement => ({
  brokers: IDS.map((id) => broker(id)),
  partitions: onOld,
  underWay: [],
  clusterThrottles: {},
  topicThrottles: [],
  ingress: new Map(),
  ...override,
});

const wantedOf = (ids: readonly number[]) => ids.map((id) => ({ id, rack: RACKS[id] }));

const plan = (override: Partial<Placement> = {}, input: Partial<PlanInput> = {}): GrowthPlan =>
  planGrowth({
    placement: placement(override),
    wanted: wantedOf(IDS),
    throttle: kibibytesPerSecond(51_200),
    batch: 2,
    ...input,
  });

const replacing = (changed: LiveBroker): Partial<Placement> => ({
  brokers: IDS.map((id) => (id === changed.id ? changed : broker(id))),
});

const forbidden = ({ steps }: GrowthPlan): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'forbidden' ? [`${step.about}: ${step.reason}`] : []));

describe('a growth', () => {
  it('is planned with what is copied, the time and the disks', () => {
    const planned = plan();
    expect(planned.moves.length).toBeGreaterThan(0);
    const text = formatGrowthPlan(planned);
    expect(text).toMatch(/^~ change {4}orders {2}\d of 5 partitions move, \d GiB to copy$/m);
    expect(text).toMatch(/^ {2}broker 3 {2}receives 2 replicas \(2 GiB\), .* disk at the peak 42 GiB of 100 GiB$/m);
    expect(text).toMatch(
      /^ {2}copies 4 replicas, 4 GiB, at 50 MiB\/s in batches of 2 partitions: at least [\d.]+ (s|min)$/m,
    );
    expect(text.split('\n').at(-1)).toBe('1 to change');
  });

  it('that is done is planned without a step', () => {
    const { moves } = plan();
    const done = onOld.map((one) => ({
      ...one,
      replicas: moves.find((move) => move.partition === one.partition)?.to ?? one.replicas,
    }));
    const planned = plan({ partitions: done });
    expect(planned.moves).toEqual([]);
    expect(formatGrowthPlan(planned)).toBe('1 unchanged');
    expect(remainsOf(planned, wantedOf(IDS))).toEqual([]);
  });

  it('tells of partitions that are being moved already', () => {
    const moving = { topic: 'orders', partition: 3, replicas: [0, 1, 3, 2], adding: [3], removing: [2] };
    expect(formatGrowthPlan(plan({ underWay: [moving] }))).toMatch(
      /^\* differing orders {2}being moved already: 3; apply waits for them first$/m,
    );
  });

  it.each<readonly [string, Partial<Placement>, Partial<PlanInput>, RegExp]>([
    [
      'a broker that is not registered',
      { brokers: [0, 1, 2, 3].map((id) => broker(id)) },
      {},
      /^broker 4: it is part of the configuration, and not registered$/,
    ],
    [
      'a broker that is fenced',
      replacing({ ...broker(4), isFenced: true, state: undefined }),
      {},
      /^broker 4: .*fenced/,
    ],
    [
      'a broker that does not answer',
      replacing({ ...broker(4), state: undefined }),
      {},
      /^broker 4: it does not answer at 127\.0\.0\.1:9096/,
    ],
    ['a cordoned broker', replacing(broker(4, { isCordoned: true })), {}, /^broker 4: it is cordoned/],
    [
      'a failed disk',
      replacing(broker(1, { failedDirectories: ['/data'] })),
      {},
      /^broker 1: its log directory \/data/,
    ],
    [
      'replicas on a broker that is not wanted',
      { partitions: [partition(0, [0, 1, 4])] },
      { wanted: wantedOf([0, 1, 2]) },
      /^broker 4: it is not part of the configuration, and holds 1 replicas$/,
    ],
    [
      'more replicas than brokers',
      {},
      { wanted: wantedOf([0, 1]) },
      /^orders: it has 3 replicas, and there are 2 brokers/,
    ],
    [
      'a partition without a leader',
      { partitions: [{ ...partition(0, [0, 1, 2]), leaderId: -1 }] },
      {},
      /^orders: partition 0 is without a leader/,
    ],
    [
      'a disk that would be full',
      replacing(broker(4, { freeBytes: gibibytes(11) })),
      {},
      /^broker 4: its disk would hold 91 GiB of 100 GiB at the peak; 90 GiB is the most/,
    ],
    [
      'a throttle below what is written',
      { ingress: new Map(IDS.map((id) => [`orders-${id}`, mebibytes(60)])) },
      {},
      /^broker 3: (60|120) MiB\/s are written .* the throttle is 50 MiB\/s/,
    ],
  ])('is forbidden by %s', (_, override, input, expected) => {
    const reasons = forbidden(plan(override, input));
    expect(reasons).toContainEqual(expect.stringMatching(expected));
    expect(forbidden(plan())).toEqual([]);
  });

  it('is not forbidden by what is written to other partitions, or by a full disk that receives nothing', () => {
    expect(forbidden(plan({ ingress: new Map([['other-0', gibibytes(1)]]) }))).toEqual([]);
    const { moves } = plan();
    const idle = IDS.find((id) => !moves.some(({ from, to }) => to.includes(id) && !from.includes(id))) ?? -1;
    expect(forbidden(plan(replacing(broker(idle, { freeBytes: 0 }))))).toEqual([]);
  });

  it('writes what is forbidden with its fix', () => {
    expect(formatGrowthPlan(plan(replacing(broker(4, { isCordoned: true }))))).toMatch(
      /^! forbidden broker 4 {2}it is cordoned, and receives no replicas\n {6}fix: {5}npm run brokers -- drain --cancel 4 /m,
    );
  });
});

describe('what is left of a growth', () => {
  const left = (override: Partial<Placement>, ids = IDS): readonly string[] =>
    remainsOf(plan(override, { wanted: wantedOf(ids) }), wantedOf(ids));

  it.each<readonly [string, Partial<Placement>, RegExp]>([
    [
      'moves',
      { underWay: [{ topic: 'orders', partition: 3, replicas: [0, 1, 3], adding: [3], removing: [] }] },
      /^orders: partition 3 is being moved/,
    ],
    [
      'a throttle of a broker',
      replacing(broker(2, { throttles: { 'leader.replication.throttled.rate': '5' } })),
      /^broker 2: the throttle leader\.replication\.throttled\.rate=5 was left behind/,
    ],
    [
      'a throttle of all brokers',
      { clusterThrottles: { 'follower.replication.throttled.rate': '5' } },
      /^all brokers: the throttle follower.*=5 was left/,
    ],
    [
      'throttled replicas',
      { topicThrottles: [{ topic: 'orders', leader: '', follower: '0:3' }] },
      /^orders: the throttle follower\.replication\.throttled\.replicas=0:3 was left/,
    ],
    ['a cordon', replacing(broker(3, { isCordoned: true })), /^broker 3 is cordoned, and part of the configuration/],
    [
      'a broker that is not there',
      { brokers: [0, 1, 2, 3].map((id) => broker(id)) },
      /^broker 4 is part of the configuration, and not registered$/,
    ],
    [
      'a partition in too few racks',
      { partitions: [partition(0, [0, 1, 3])] },
      /^orders: partition 0 is in fewer racks than there are$/,
    ],
    ['replicas that would move', {}, /^4 replicas would move; npm run brokers -- apply moves them$/],
  ])('is told of %s', (_, override, expected) => {
    expect(left(override)).toContainEqual(expect.stringMatching(expected));
  });

  it('is told of brokers that are not part of the configuration, with what they need', () => {
    const gone = { ...broker(4), isFenced: true, state: undefined };
    const lines = left(replacing(gone), [0, 1, 2]);
    expect(lines).toContain('broker 3 is registered, and not part of the configuration; npm run brokers -- drain 3');
    expect(lines).toContain(
      'broker 4 is registered, and not part of the configuration; npm run brokers -- unregister 4',
    );
  });
});
