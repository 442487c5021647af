import { withPool } from '../../../tools/support/config';
import { firstPool } from '../../../tools/support/first-pool';
import { untilVolumesHold } from '../../../src/deploy/claims';
import { parseConfig } from '../../../src/platform/load';
import { AnsweringKubectl, quickClock, items } from '../../support/answering-kubectl';
import {
  beginningWith,
  DEFAULT,
  SIZE,
  claim,
  config,
  formed,
  object,
  setOf,
  told,
  kind,
} from '../../support/cluster-facts';

describe('volumes that differ from the configuration are refused', () => {
  const growing = { ...object('standard', DEFAULT), allowVolumeExpansion: true };
  const names = ['data-kafka-broker-0', 'data-kafka-broker-1'];
  const small = names.map((name) => claim(name, {}, { size: '1Gi' }));

  it('with the commands that correct them, for these names', () => {
    const says = told(formed({ claims: small, statefulSets: [setOf('1Gi')], storageClasses: [growing] }));
    expect(says).toMatch(
      /^brokers\.nodePools\.0\.storage\.size: .*data-kafka-broker-0 1Gi, data-kafka-broker-1 1Gi.*; 1 GiB, as long/,
    );
    for (const name of names)
      expect(says).toContain(
        `kubectl --context kind-test -n kafka patch pvc ${name} --type merge -p '{"spec":{"resources":{"requests":{"storage":"${SIZE}"}}}}'`,
      );
    expect(says).toContain('kubectl --context kind-test -n kafka delete statefulset kafka-broker --cascade=orphan');
  });

  it('until the set with the old template is deleted', () => {
    const claims = names.map((name) => claim(name));
    expect(told(formed({ claims, statefulSets: [setOf('1Gi')] }))).toMatch(
      /\n {6}kubectl .* delete statefulset kafka-broker/,
    );
    expect(told(formed({ claims, statefulSets: [setOf('1Gi')] }))).not.toContain('patch pvc');
    expect(told(formed({ claims, statefulSets: [] }))).toBe('');
    expect(told(formed({ claims, statefulSets: [setOf(SIZE)] }))).toBe('');
  });

  it('also if the set is deleted and its claims are unchanged', () => {
    const says = told(formed({ claims: small, statefulSets: [], storageClasses: [growing] }));
    expect(says).toContain('patch pvc data-kafka-broker-1');
    expect(says).not.toContain('delete statefulset');
  });

  it('without a command if there is none: volumes never shrink, and some classes do not allow growth', () => {
    expect(told(formed({ claims: small }))).toMatch(
      /restore brokers\.nodePools\.0\.storage\.size: the storage class standard does not let volumes grow/,
    );
    const large = [claim('data-kafka-broker-0', {}, { size: '9Ti' })];
    expect(told(formed({ claims: large, storageClasses: [growing] }))).toMatch(
      /restore brokers\.nodePools\.0\.storage\.size: volumes cannot shrink/,
    );
  });

  it('for controllers as well, by the setting of their pool', () => {
    const claims = [claim('data-kafka-controller-100', {}, { size: '1Gi' })];
    const says = told({
      claims,
      statefulSets: [beginningWith(100, setOf('1Gi', undefined, 'kafka-controller'))],
      storageClasses: [growing],
    });
    expect(says).toMatch(
      /^brokers\.nodePools\.1\.storage\.size: the volumes of the controllers in .*patch pvc data-kafka-controller-100/s,
    );
    expect(says).toContain('delete statefulset kafka-controller --cascade=orphan');
    expect(says).not.toContain('nodePools.0');
  });

  it('for Prometheus as well, by its own setting', () => {
    const claims = [claim('data-kafka-prometheus-0', {}, { size: '1Gi' })];
    expect(told(formed({ claims, storageClasses: [growing] }))).toMatch(
      /^monitoring\.prometheus\.size: .*patch pvc data-kafka-prometheus-0/s,
    );
  });

  it('with the size of the largest as the allowed one', () => {
    const claims = [
      claim('data-kafka-broker-0', {}, { size: '1Gi' }),
      claim('data-kafka-broker-1', {}, { size: '2Gi' }),
    ];
    expect(told(formed({ claims, storageClasses: [growing] }))).toContain('; 2 GiB, as long');
  });

  it('by the expansion of their own storage class, not of others', () => {
    const claims = [claim('data-kafka-broker-0', {}, { size: '1Gi', storageClass: 'local' })];
    const says = told(
      formed({ claims, storageClasses: [growing, { ...object('local'), allowVolumeExpansion: false }] }),
    );
    expect(says).toContain('the storage class local does not let volumes grow');
  });

  it('unless they belong to no set of this configuration', () => {
    const others = ['data-kafka-broker-0-copy', 'backup-data-kafka-broker-0'];
    expect(told(formed({ claims: others.map((name) => claim(name, {}, { size: '1Gi' })) }))).toBe('');
    const left = [claim('data-kafka-prometheus-0', {}, { size: '1Gi' })];
    const withOperator = parseConfig({ ...kind, monitoring: { mode: 'operator' } });
    expect(told(formed({ claims: left }), withOperator)).toBe('');
  });

  it('for a different storage class', () => {
    expect(told(formed({ claims: [claim('data-kafka-broker-0')], statefulSets: [setOf(SIZE, 'fast')] }))).toMatch(
      /^brokers\.nodePools\.0\.storage\.storageClass: .*have the storage class fast.*set brokers\.nodePools\.0\.storage\.storageClass to 'fast'/,
    );
  });

  it.each([
    [
      'the default of their template',
      { statefulSets: [setOf(SIZE)] },
      'not set; remove brokers.nodePools.0.storage.storageClass',
    ],
    ['that of their claims', {}, "standard; set brokers.nodePools.0.storage.storageClass to 'standard'"],
  ])('once for a class that does not exist, with %s as the only allowed one', (_, live, says) => {
    const storage = { ...firstPool(kind.brokers).storage, storageClass: 'fast' };
    const named = parseConfig({ ...kind, brokers: withPool(kind.brokers, { storage }, 'broker') });
    const lines = told(formed({ claims: [claim('data-kafka-broker-0')], ...live }), named).split('\n');
    expect(lines).toEqual([expect.stringContaining(says)]);
  });
});

afterEach(() => jest.restoreAllMocks());

describe('volumes', () => {
  const withCapacity = (name: string, storage: string | undefined, conditions: readonly object[] = []) => ({
    ...claim(name),
    status: { ...(storage !== undefined && { capacity: { storage } }), conditions },
  });
  const hold = (...claims: readonly object[]): Promise<void> => {
    quickClock();
    return untilVolumesHold(new AnsweringKubectl(() => items(...claims)), config);
  };

  it('are sufficient with the configured size or more', async () => {
    await expect(
      hold(withCapacity('data-kafka-broker-0', SIZE), withCapacity('data-kafka-broker-1', '1Pi')),
    ).resolves.toBeUndefined();
  });

  it('that stay smaller are reported, with their size and the obstacle', async () => {
    const pending = { type: 'FileSystemResizePending', message: 'waiting for a restart' };
    const told = hold(
      withCapacity('data-kafka-broker-0', SIZE),
      withCapacity('data-kafka-broker-1', '1Gi', [pending]),
      withCapacity('data-kafka-broker-2', undefined),
      withCapacity('data-kafka-controller-101', '2Gi'),
      withCapacity('data-other-0', '1Gi'),
    );
    await expect(told).rejects.toThrow(
      'Volumes are smaller than configured:\n' +
        '  data-kafka-broker-1 has 1Gi; FileSystemResizePending: waiting for a restart\n' +
        '  data-kafka-broker-2 has none yet\n' +
        '  data-kafka-controller-101 has 2Gi',
    );
  });
});
