import { hours, mebibytes } from '../../../src/validation/units';
import { problemsOf, withValues } from '../../../tools/support/config';
import { itRefuses, type Row } from '../../support/refusals';

const ROWS: readonly Row[] = [
  ['a guard on a listener’s port', { 'guard/port': 9093 }, 'guard.port', /already taken by the listener controller/],
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
    'loss of records of a topic that does not exist',
    { 'provisioning/allowDataLoss': ['oders'] },
    'provisioning.allowDataLoss.0',
    /no topic 'oders'.*orders/,
  ],
  [
    'growth where the catalogue has no topic',
    { topics: [], 'provisioning/allowPartitionGrowth': ['orders'] },
    'provisioning.allowPartitionGrowth.0',
    /the catalogue has no topic/,
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

it.each([
  [
    'settings of others, where there is no topic to write them to',
    { topics: [], 'provisioning/ignoreSettings': ['segment.ms'] },
  ],
  ['deletion of a topic that is not in the catalogue', { 'provisioning/delete': ['old'] }],
  [
    'growth and loss of a topic of the catalogue',
    { 'provisioning/allowPartitionGrowth': ['orders'], 'provisioning/allowDataLoss': ['orders'] },
  ],
])('the configuration accepts %s', (_, changes) => {
  expect(problemsOf(withValues(changes))).toEqual([]);
});
