import { parseConfig } from '../../../src/platform/load';
import { gibibytes } from '../../../src/validation/units';
import { firstPool } from '../../../tools/support/first-pool';
import { SIZE, claim, claimsOf, kind, object, setOf, told, DEFAULT } from '../../support/cluster-facts';
import type { StatefulSet } from '../../../src/deploy/objects';

const pool = { ...firstPool(kind.brokers), roles: ['controller' as const, 'broker' as const] };
const withMetadata = (size?: number) =>
  parseConfig({
    ...kind,
    brokers: { ...kind.brokers, nodePools: [{ ...pool, ...(size !== undefined && { metadataStorage: { size } }) }] },
  });
const without = withMetadata();
const wanted = withMetadata(gibibytes(10));

const data = claimsOf('kafka-broker', [0, 1, 2]);
const metadata = [0, 1, 2].map((id) => claim(`metadata-kafka-broker-${id}`, {}, { size: '10Gi' }));

/** A set with a second template. */
function setOfBoth(size: string): StatefulSet {
  const set = setOf(SIZE);
  const [first] = set.spec.volumeClaimTemplates ?? [];
  const second = { metadata: { name: 'metadata' }, spec: { resources: { requests: { storage: size } } } };
  return { ...set, spec: { ...set.spec, volumeClaimTemplates: [second, ...(first ? [first] : [])] } };
}

describe('a volume for the metadata log', () => {
  it('is accepted for a new cluster, and for the pool that was formed with it', () => {
    expect(told({}, wanted)).toBe('');
    expect(told({ claims: [...data, ...metadata], statefulSets: [setOfBoth('10Gi')] }, wanted)).toBe('');
    expect(told({ claims: [...data, ...metadata] }, wanted)).toBe('');
    expect(told({ claims: data, statefulSets: [setOf(SIZE)] }, without)).toBe('');
  });

  it.each([
    ['by its StatefulSet', { claims: data, statefulSets: [setOf(SIZE)] }],
    ['by its claims, when the StatefulSet was deleted', { claims: data }],
  ])('is refused for a pool that was formed without, %s', (_what, facts) => {
    expect(told(facts, wanted)).toMatch(
      /^brokers\.nodePools\.0\.metadataStorage: the pool broker in kind-test was formed without it: .*; not set, as long as this pool exists; remove brokers\.nodePools\.0\.metadataStorage, or form a new cluster/,
    );
  });

  it.each([
    ['by its StatefulSet', { claims: [...data, ...metadata], statefulSets: [setOfBoth('10Gi')] }],
    ['by the template of a StatefulSet without claims', { statefulSets: [setOfBoth('10Gi')] }],
    ['by its claims, when the StatefulSet was deleted', { claims: [...data, ...metadata] }],
  ])('is kept by a pool that was formed with it, %s', (_what, facts) => {
    expect(told(facts, without)).toMatch(
      /^brokers\.nodePools\.0\.metadataStorage: the pool broker in kind-test was formed with it: .*; volumes of 10 GiB, as long as this pool exists; restore/,
    );
  });

  it('grows by commands of its own, which leave the data volumes alone', () => {
    const growing = { ...object('standard', DEFAULT), allowVolumeExpansion: true };
    const facts = { claims: [...data, ...metadata], statefulSets: [setOfBoth('10Gi')], storageClasses: [growing] };
    const says = told(facts, withMetadata(gibibytes(20)));
    expect(says).toMatch(
      /^brokers\.nodePools\.0\.metadataStorage\.size: the volumes of the metadata of the brokers in/,
    );
    expect(says).toContain('patch pvc metadata-kafka-broker-2');
    expect(says).toContain('delete statefulset kafka-broker --cascade=orphan');
    expect(says).not.toContain(' data-kafka-broker');
  });

  it('shows how many nodes its pool was formed with, as the data volumes do', () => {
    const five = [3, 4].map((id) => claim(`metadata-kafka-broker-${id}`, {}, { size: '10Gi' }));
    expect(told({ claims: [...data, ...metadata, ...five] }, wanted)).toMatch(
      /^brokers\.nodePools\.0\.replicas: .* was formed with 5 voters/,
    );
  });
});
