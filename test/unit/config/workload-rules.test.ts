import { hours, mebibytes } from '../../../src/config/units';
import { itRefuses, type Row } from '../../support/refusals';

const ROWS: readonly Row[] = [
  [
    'a guard on a listener’s port',
    { 'guard/port': 9093 },
    'guard.port',
    /already taken by brokers\.listeners\.controller/,
  ],
  ['a guard that waits for a day', { 'guard/stopWaitMs': hours(24) }, 'guard.stopWaitMs', /./],
  ['a guard with too little memory for Node', { 'guard/memory': mebibytes(32) }, 'guard.memory', /96 MiB/],
  ['a runtime image without a tag', { 'runtime/image': 'runtime' }, 'runtime.image', /needs a tag or a digest/],
  [
    'the runtime image of whatever day',
    { 'runtime/image': 'runtime:latest' },
    'runtime.image',
    /changes from pull to pull/,
  ],
  [
    'growth of a topic that does not exist',
    { 'provisioning/allowPartitionGrowth': ['oders'] },
    'provisioning.allowPartitionGrowth.0',
    /no topic 'oders'/,
  ],
  [
    'deletion of a topic of the catalogue',
    { 'provisioning/delete': ['orders'] },
    'provisioning.delete.0',
    /still in the catalogue/,
  ],
  ['a schedule that is no cron line', { 'smoke/schedule': 'daily' }, 'smoke.schedule', /five fields/],
];

describe('the configuration refuses, of workloads,', () => itRefuses(ROWS));
