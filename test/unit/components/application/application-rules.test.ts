import { applicationsOf, topicsOf } from '../../../../src/components/application/applications';
import { parseConfig } from '../../../../src/platform/load';
import { bytes, mebibytes, seconds } from '../../../../src/validation/units';
import { problemsOf } from '../../../../tools/support/config';
import { withCatalogue } from '../../../../tools/support/with-catalogue';
import { itRefuses, type Row } from '../../../support/refusals';

const reader = { image: 'registry.example/reader:1', group: 'reader', reads: ['orders'] };
const one = (change: object, name = 'reader') => ({ applications: { [name]: { ...reader, ...change } } });

const { kind } = withCatalogue;

const ROWS: readonly Row[] = [
  [
    'without the registry that it needs',
    { ...one({ registry: true }), 'registry/provider': 'none' },
    'applications.reader.registry',
    /reader needs the schema registry/,
  ],
  [
    'without topics that it reads',
    one({ reads: ['orders', 'none', 'neither'] }),
    'applications.reader.reads',
    /topics that do not exist: none, neither/,
  ],
  ['without a topic that it writes', one({ writes: ['none'] }), 'applications.reader.writes', /do not exist: none/],
  [
    'with more members than its group has partitions to share',
    one({ replicas: 7 }),
    'applications.reader.replicas',
    /6 partitions of orders: 1 of 7 replicas would have no partition 0 to 6/,
  ],
  ['with hardly any memory', one({ memory: bytes(1_024) }), 'applications.reader.memory', /16 MiB/],
  ['that must be gone at once', one({ shutdownMs: seconds(0) }), 'applications.reader.shutdownMs', /1 s/],
  ['whose image changes', one({ image: 'reader:latest' }), 'applications.reader.image', /changes from pull to pull/],
  ['whose image has no tag', one({ image: 'reader' }), 'applications.reader.image', /a tag or a digest/],
  ['without an image', one({ image: undefined }), 'applications.reader.image', /fixed tag/],
  ['with an empty command', one({ command: [] }), 'applications.reader.command', /a program and its arguments/],
  ['whose health is no path', one({ readyPath: 'ready' }), 'applications.reader.readyPath', /begins with \//],
  [
    'that sets a variable of the platform',
    one({ environment: { SERVICE_PORT: '1' } }),
    'applications.reader.environment.SERVICE_PORT',
    /the platform sets this variable itself/,
  ],
  [
    'with a variable that cannot be one',
    one({ environment: { 'A=B': '1' } }),
    'applications.reader.environment.A=B',
    /not a valid name of an environment variable/,
  ],
  [
    'that has the name of a component',
    one({}, 'registry'),
    'applications.registry',
    /is the name of a component of the platform/,
  ],
  [
    'whose disruption budget would have the name of that of the controllers',
    one({}, 'controller'),
    'applications.controller',
    /is the name of a component of the platform and of its objects/,
  ],
  [
    'that has the name of a local broker',
    one({}, 'broker-0'),
    'applications.broker-0',
    /is the name of a component of the platform/,
  ],
  ['whose name is no label', one({}, 'My_Reader'), 'applications.My_Reader', /lower-case letters/],
  ['whose name is too long', one({}, 'a'.repeat(23)), `applications.${'a'.repeat(23)}`, /at most 22 /],
  ['with a setting that does not exist', one({ replica: 2 }), 'applications.reader.replica', /replicas/],
];

describe('the configuration refuses an application', () => itRefuses(ROWS));

describe('applications', () => {
  const kindWithout = (...topics: readonly string[]) => ({
    ...kind,
    topics: kind.topics.filter(({ name }) => !topics.includes(name)),
  });

  it('are empty if none is configured', () => {
    const config = parseConfig({ ...kind, topics: [], registry: { provider: 'none' }, applications: {} });
    expect(applicationsOf(config)).toEqual([]);
  });

  it('have one replica if no number is set', () => {
    expect(applicationsOf(parseConfig(kind)).map(({ name, replicas }) => [name, replicas])).toEqual([
      ['order-service', 1],
      ['email', 1],
    ]);
  });

  it('need only the topics of enabled applications', () => {
    const paths = (some: object) =>
      problemsOf({ ...kindWithout('revenue'), applications: some }).map(({ path }) => path);
    const payment = { ...reader, writes: ['revenue'] };
    expect(paths({ reader, payment })).toEqual(['applications.payment.writes']);
    expect(paths({ reader, payment: { ...payment, replicas: 0 } })).toEqual([]);
  });

  it('may have as many members as there are partitions', () => {
    const analytics = (replicas: number) => ({ analytics: { ...reader, reads: ['page-views'], replicas } });
    expect(problemsOf({ ...kind, applications: analytics(12) })).toEqual([]);
    expect(problemsOf({ ...kind, applications: analytics(13) })).toHaveLength(1);
  });

  it('without a group may have any number of replicas', () => {
    const config = {
      ...kind,
      applications: { writer: { ...reader, group: undefined, replicas: 50, memory: mebibytes(64) } },
    };
    expect(problemsOf(config)).toEqual([]);
  });

  it('use the topics that they read or write, each once', () => {
    const inventory = {
      reads: ['orders', 'orders.inventory.retry.5s'],
      writes: ['orders.inventory.retry.5s', 'payments'],
    };
    expect(topicsOf(inventory)).toEqual(['orders', 'orders.inventory.retry.5s', 'payments']);
  });
});
