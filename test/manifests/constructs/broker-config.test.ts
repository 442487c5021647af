import { firstPool } from '../../../tools/support/first-pool';
import { BrokerConfig, type BrokerConfigProps } from '../../../src/components/kafka-cluster/broker-config';
import { mebibytes, minutes } from '../../../src/validation/units';
import { NOT_RENDERED, made, testProps, type TestedProps } from '../../support/construct';
import { clusterConfig, topic, SAME_SECURITY } from '../../support/construct-props';

const { brokers, guard, monitoring } = clusterConfig;
const pool = firstPool(brokers);
const paths = { config: '/etc/files', live: '/etc/live', scratch: '/scratch', metricsReporter: '/opt/reporter' };
const props: BrokerConfigProps = { ...clusterConfig, pool, paths };

const tested: TestedProps<BrokerConfigProps> = {
  name: ['invoices', 'name: invoices-broker-config-'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: [['registry-credentials'], NOT_RENDERED],
  imageRegistry: ['registry.example/mirror', NOT_RENDERED],
  clusterDomain: ['cluster.other', 'svc.cluster.other:9093'],
  brokers: [{ ...brokers, ioThreads: 17 }, 'num.io.threads=17'],
  security: SAME_SECURITY,
  guard: [{ ...guard, stopWaitMs: minutes(3) }, '"stopWaitMs": 180000'],
  // Image of the guards, which is in no file.
  monitoring: [{ ...monitoring, brokerPort: 9555 }, ':9555'],
  topics: [[{ ...topic, retentionMs: minutes(10) }], 'log.retention.check.interval.ms=150000'],
  pool: [{ ...pool, heap: mebibytes(512) }, '-Xmx512m'],
  paths: [{ ...paths, scratch: '/other' }, '/other'],
};

testProps(BrokerConfig, props, tested);

const nameWith = (changed: Partial<BrokerConfigProps>): string =>
  made(BrokerConfig, { ...props, ...changed }).construct.name;

describe('the ConfigMap of a pool', () => {
  it('never changes, and has the name that pods are told', () => {
    const { construct, objects } = made(BrokerConfig, props);
    expect(objects).toMatchObject([{ immutable: true, metadata: { name: construct.name } }]);
    expect(construct.name).toMatch(/^orders-broker-config-[0-9a-f]{10}$/);
  });

  it('has another name when nodes have to read another file, and the same when only new volumes do', () => {
    expect(nameWith({ brokers: { ...brokers, ioThreads: 17 } })).not.toBe(nameWith({}));
    expect(nameWith({ brokers: { ...brokers, metadataVersion: '4.2-IV1' } })).toBe(nameWith({}));
  });

  it('stays the same when a pool of brokers grows or comes, as far as the memory of a broker suffices', () => {
    const data = { ...pool, name: 'data', firstId: 10, replicas: 3, roles: ['broker' as const] };
    const with5 = { ...brokers, nodePools: [pool, { ...data, replicas: 5 }] };
    const with6 = { ...brokers, nodePools: [pool, { ...data, replicas: 6 }] };
    const [before, grown] = [{ ...brokers, nodePools: [pool, data] }, with5];
    expect(nameWith({ brokers: grown, pool: data })).toBe(nameWith({ brokers: before, pool: data }));
    expect(nameWith({ brokers: grown })).toBe(nameWith({}));
    expect(nameWith({ brokers: with6 })).not.toBe(nameWith({}));
  });

  it('has nothing of other pools but how controllers are reached', () => {
    const data = { ...pool, name: 'data', firstId: 100 };
    const withOther = (other: typeof data) => ({ brokers: { ...brokers, nodePools: [pool, other] } });
    const { objects } = made(BrokerConfig, { ...props, ...withOther(data) });
    expect(Object.keys(objects[0]?.data ?? {}).filter((file) => file.includes('data'))).toEqual([]);
    expect(nameWith(withOther({ ...data, heap: mebibytes(512) }))).toBe(nameWith(withOther(data)));
    expect(nameWith(withOther({ ...data, firstId: 200 }))).not.toBe(nameWith(withOther(data)));
  });
});
