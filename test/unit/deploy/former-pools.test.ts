import { POOL_LABEL, ROLE_LABELS } from '../../../src/components/kafka-cluster/labels';
import { parseConfig } from '../../../src/platform/load';
import { withPool } from '../../../tools/support/config';
import { SIZE, beginningWith, claimsOf, controllerSet, kind, setOf, told } from '../../support/cluster-facts';

type Role = keyof typeof ROLE_LABELS;

const labelled = (set: ReturnType<typeof setOf>, pool: string, ...roles: readonly Role[]) => ({
  ...set,
  metadata: {
    ...set.metadata,
    labels: {
      'app.kubernetes.io/component': 'broker',
      [POOL_LABEL]: pool,
      ...Object.fromEntries(roles.map((role) => [ROLE_LABELS[role], 'true'])),
    },
  },
});

const brokers = labelled(setOf(SIZE), 'broker', 'broker');
const controllers = labelled(controllerSet, 'controller', 'controller');
const more = labelled(beginningWith(10, setOf(SIZE, undefined, 'kafka-more')), 'more', 'broker');
const claims = [...claimsOf('kafka-broker', [0, 1, 2]), ...claimsOf('kafka-controller', [100, 101, 102])];
const withSets = (...statefulSets: readonly ReturnType<typeof setOf>[]) => ({ statefulSets, claims });
const held = (...ids: readonly number[]) => new Map(ids.map((id) => [id, 7]));

describe('a pool that the configuration does not have any more', () => {
  it('is refused while its brokers hold replicas, or nobody tells', () => {
    expect(told({ ...withSets(brokers, controllers, more), held: held(0, 11) })).toMatch(
      /^brokers\.nodePools: the pool more in kind-test has brokers that hold replicas: 11; .*brokers -- drain 10 11 12`, then deploy without it$/,
    );
    expect(told(withSets(brokers, controllers, more))).toMatch(
      /^brokers\.nodePools: the pool more in kind-test has brokers, 10, 11, 12, that may hold replicas, and the cluster does not answer;/,
    );
  });

  it('is accepted when its brokers hold nothing', () => {
    expect(told({ ...withSets(brokers, controllers, more), held: held(0, 1, 2) })).toBe('');
  });

  it('is refused if it has controllers', () => {
    const quorum = labelled(beginningWith(200, setOf(SIZE, undefined, 'kafka-quorum')), 'quorum', 'controller');
    expect(told({ ...withSets(brokers, controllers, quorum), held: held() })).toMatch(
      /^brokers\.nodePools: the pool quorum in kind-test has controllers, 200, 201, 202: the quorum keeps the voters/,
    );
  });
});

describe('the roles of a pool', () => {
  it('stay as they are', () => {
    expect(told(withSets(brokers, controllers))).toBe('');
    const config = parseConfig({
      ...kind,
      brokers: withPool(kind.brokers, { roles: ['controller', 'broker'], replicas: 4 }, 'broker'),
    });
    expect(told(withSets(brokers, controllers), config)).toMatch(
      /brokers\.nodePools\.0\.roles: the pool broker in kind-test has the roles broker, and a node keeps the roles/,
    );
  });

  it('are not known of sets that have no labels of roles', () => {
    expect(told(withSets(labelled(setOf(SIZE), 'broker'), controllers))).toBe('');
  });
});
