import { ROLE_LABELS } from '../../../src/components/kafka-cluster/labels';
import { withPool } from '../../../tools/support/config';
import { removedBrokers } from '../../../src/deploy/formed';
import type { Claim, StatefulSet } from '../../../src/deploy/objects';
import { parseConfig } from '../../../src/platform/load';
import { SIZE, beginningWith, claimsOf, controllerSet, kind, setOf, told } from '../../support/cluster-facts';

const withPools = (...nodePools: readonly object[]) =>
  parseConfig({ ...kind, brokers: { ...kind.brokers, nodePools } });
const sized = (pool: string, replicas: number) =>
  parseConfig({ ...kind, brokers: withPool(kind.brokers, { replicas }, pool) });

const kind3 = parseConfig(kind);
const ofReplicas = (set: ReturnType<typeof setOf>, replicas: number) => ({ ...set, spec: { ...set.spec, replicas } });
const brokerSet = setOf(SIZE);
const brokerClaims = claimsOf('kafka-broker', [0, 1, 2]);
const controllerClaims = claimsOf('kafka-controller', [100, 101, 102]);

const FORMED = { statefulSets: [brokerSet, controllerSet], claims: [...brokerClaims, ...controllerClaims] };

describe('a formed cluster', () => {
  it('is accepted as it is', () => {
    expect(told(FORMED)).toBe('');
  });

  it('may get more brokers in a pool', () => {
    expect(told(FORMED, sized('broker', 5))).toBe('');
  });

  it('may get a further pool of brokers', () => {
    const more = { name: 'more', roles: ['broker'], firstId: 10 };
    expect(told(FORMED, withPools(...kind.brokers.nodePools, more))).toBe('');
  });

  it.each([
    ['while nodes are scaled down', { ...FORMED, statefulSets: FORMED.statefulSets.map((set) => ofReplicas(set, 0)) }],
    ['when claims of brokers are lost', { ...FORMED, claims: [...brokerClaims.slice(0, 1), ...controllerClaims] }],
    ['when claims of controllers are lost', { ...FORMED, claims: [...brokerClaims, ...controllerClaims.slice(0, 1)] }],
    ['when its sets were deleted', { ...FORMED, statefulSets: [] }],
    [
      'when its sets were deleted and claims are lost',
      { claims: FORMED.claims.filter(({ metadata }) => /0$/.test(metadata.name)) },
    ],
  ])('keeps its numbers of nodes %s', (_when, facts) => {
    expect(told(facts)).toBe('');
  });
});

describe('brokers of a formed cluster that may hold replicas are not removed', () => {
  const set = ofReplicas(brokerSet, 5);
  const claims = [...claimsOf('kafka-broker', [0, 1, 2, 3, 4]), ...controllerClaims];

  it.each([
    ['', { statefulSets: [set, controllerSet], claims }],
    [' while they are scaled down', { statefulSets: [ofReplicas(set, 0), controllerSet], claims }],
    [' where only claims are left', { claims }],
    [' where only sets are left', { statefulSets: [set, controllerSet] }],
  ])('from a pool%s, and the message names them', (_where, facts) => {
    expect(told(facts)).toMatch(
      /^brokers\.nodePools\.0\.replicas: the cluster in namespace kafka of kind-test has 5 brokers in the pool broker; 3, 4 may hold replicas, and the cluster does not answer; 5 or more, or less when these brokers hold nothing; set it to 5, or delete the claims/,
    );
  });

  it('from a pool whose ids begin elsewhere', () => {
    const more = { ...kind.brokers.nodePools[0], name: 'more', firstId: 10, replicas: 1 };
    const facts = {
      statefulSets: [...FORMED.statefulSets, ofReplicas(beginningWith(10, setOf(SIZE, undefined, 'kafka-more')), 3)],
      claims: FORMED.claims,
    };
    const says = told(facts, withPools(...kind.brokers.nodePools, more));
    expect(says).toMatch(
      /^brokers\.nodePools\.2\.replicas: .* has 3 brokers in the pool more; 11, 12 may hold replicas/,
    );
  });
});

describe('a pool of brokers that shrinks', () => {
  const set = ofReplicas(brokerSet, 5);
  const facts = { ...FORMED, statefulSets: [set, controllerSet] };
  const held = (...ids: readonly number[]) => new Map(ids.map((id) => [id, 7]));

  it('is refused while one of the removed brokers holds a replica, and told how they are drained', () => {
    const says = told({ ...facts, held: held(0, 1, 2, 4) });
    expect(says).toMatch(/ has 5 brokers in the pool broker; broker 4 holds replicas of 7 partitions; 5 or more/);
    expect(says).toMatch(/; set it to 5, run `npm run brokers -- drain 3 4`, then deploy with 3$/);
  });

  it('is accepted when they hold nothing, whose claims may stay', () => {
    expect(told({ ...facts, held: held(0, 1, 2) })).toBe('');
    const claims = [...claimsOf('kafka-broker', [0, 1, 2, 3, 4]), ...controllerClaims];
    expect(told({ ...FORMED, claims, held: held(0, 1, 2) })).toBe('');
  });
});

it('the brokers that are removed are those that sets or claims still show', () => {
  const cluster = (statefulSets: readonly StatefulSet[], claims: readonly Claim[]) => ({
    context: 'kind-test',
    storageClasses: [],
    statefulSets,
    claims,
  });
  expect(removedBrokers(kind3, cluster([ofReplicas(brokerSet, 5)], []))).toEqual([3, 4]);
  expect(removedBrokers(kind3, cluster([brokerSet], claimsOf('kafka-broker', [0, 1, 2, 3])))).toEqual([3]);
  expect(removedBrokers(kind3, cluster(FORMED.statefulSets, FORMED.claims))).toEqual([]);
});

const ONE_REPLICA = {
  replicationFactor: 1,
  minInsyncReplicas: 1,
  internalTopics: { replicationFactor: 1, minInsyncReplicas: 1 },
};

/** A pool of nodes that are broker and controller. */
const combined = (replicas: number) => ({ ...kind.brokers.nodePools[0], roles: ['controller', 'broker'], replicas });

describe.each([
  ['in a pool of controllers', 1, FORMED, controllerClaims, (replicas: number) => sized('controller', replicas)],
  [
    'in a pool of nodes that are brokers too',
    0,
    { statefulSets: [brokerSet], claims: brokerClaims },
    brokerClaims,
    (replicas: number) =>
      parseConfig({
        ...kind,
        topics: [],
        applications: {},
        brokers: { ...kind.brokers, nodePools: [combined(replicas)], ...(replicas === 1 && ONE_REPLICA) },
      }),
  ],
])('the controllers of a formed cluster, %s', (_which, index, live, claims, ofSize) => {
  const refused = new RegExp(
    `^brokers\\.nodePools\\.${index}\\.replicas: .* formed with 3 voters in this pool.*; 3, as long as .*; set it to 3, or form`,
  );

  it.each([
    ['added', 5, live],
    ['removed', 1, live],
    ['removed where only claims are left', 1, { claims: live.claims }],
    [
      'removed while they are scaled down',
      1,
      { claims, statefulSets: live.statefulSets.map((set) => ofReplicas(set, 0)) },
    ],
  ])('are not %s', (_what, replicas, facts) => {
    expect(told(facts, ofSize(replicas))).toMatch(refused);
  });

  it('stay as they are', () => {
    expect(told(live, ofSize(3))).toBe('');
  });

  it('may be of any number before it is formed', () => {
    expect([told({}, ofSize(1)), told({}, ofSize(5))]).toEqual(['', '']);
  });
});

describe('a further pool of controllers', () => {
  const more = { name: 'more', roles: ['controller'], firstId: 200, replicas: 2 };
  const refused = (index: number) =>
    new RegExp(
      `^brokers\\.nodePools\\.${index}: .* was formed without these controllers: its voters stay .*; no further pool with the role controller; remove the pool`,
    );

  it.each([
    ['of controllers alone', more],
    ['whose nodes are brokers too', { ...more, roles: ['controller', 'broker'] }],
  ])('is refused by a formed cluster: %s', (_roles, pool) => {
    expect(told(FORMED, withPools(...kind.brokers.nodePools, pool))).toMatch(refused(2));
  });

  it('is refused by a cluster that was formed by its brokers, which then were controllers too', () => {
    expect(told({ statefulSets: [brokerSet], claims: brokerClaims })).toMatch(refused(1));
    expect(told({ claims: brokerClaims })).toMatch(refused(1));
  });

  it('is accepted before the cluster is formed', () => {
    expect(told({}, withPools(...kind.brokers.nodePools, more))).toBe('');
  });

  it('is accepted when the first deploy had made the brokers alone, which form no cluster', () => {
    const labels = { [ROLE_LABELS.broker]: 'true' };
    const brokersAlone = { ...brokerSet, metadata: { ...brokerSet.metadata, labels } };
    expect(told({ statefulSets: [brokersAlone], claims: brokerClaims })).toBe('');
    const voters = { ...labels, [ROLE_LABELS.controller]: 'true' };
    const both = { ...brokerSet, metadata: { ...brokerSet.metadata, labels: voters } };
    expect(told({ statefulSets: [both], claims: brokerClaims })).toMatch(refused(1));
  });
});

describe('the ids of a formed cluster', () => {
  it('do not change', () => {
    const config = parseConfig({ ...kind, brokers: withPool(kind.brokers, { firstId: 10 }, 'broker') });
    expect(told(FORMED, config)).toMatch(
      /^brokers\.nodePools\.0\.firstId: .* begin with 0: .*; 0, as long as .*; set it to 0/,
    );
    const others = parseConfig({ ...kind, brokers: withPool(kind.brokers, { firstId: 200 }, 'controller') });
    expect(told(FORMED, others)).toMatch(/^brokers\.nodePools\.1\.firstId: .* begin with 100: /);
  });
});
