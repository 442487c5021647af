import { rememberCoordinators } from '../../../../src/client/kafkajs-patches/remember-coordinators';

const OF_GROUPS = 0;
const OF_TRANSACTIONS = 1;

interface Cluster {
  findGroupCoordinatorMetadata(which: { groupId: string; coordinatorType: number }): Promise<unknown>;
}

/** Clusters of kafkajs's class, loaded again for each test, which only count their requests. */
function clusters(): () => Cluster {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a private module has no types
  const { prototype } = require('kafkajs/src/cluster') as { readonly prototype: Cluster };
  let asked = 0;
  prototype.findGroupCoordinatorMetadata = () => Promise.resolve((asked += 1));
  return () => Object.create(prototype) as Cluster;
}

const transaction = { groupId: 'a', coordinatorType: OF_TRANSACTIONS };

beforeEach(() => jest.resetModules());
afterEach(() => jest.useRealTimers());

it('each producer requests the coordinator of a transactional id once per second', async () => {
  jest.useFakeTimers();
  const cluster = clusters();
  expect(rememberCoordinators()).toBe(true);
  const [one, other] = [cluster(), cluster()];
  const answers = [
    await one.findGroupCoordinatorMetadata(transaction),
    await one.findGroupCoordinatorMetadata(transaction),
  ];
  expect(answers).toEqual([1, 1]);
  expect(await other.findGroupCoordinatorMetadata(transaction)).toBe(2);
  jest.advanceTimersByTime(1_001);
  expect(await one.findGroupCoordinatorMetadata(transaction)).toBe(3);
});

it('the coordinator of a group or of another id is requested each time', async () => {
  const cluster = clusters();
  rememberCoordinators();
  const one = cluster();
  const group = { groupId: 'a', coordinatorType: OF_GROUPS };
  const ids = [group, group, transaction, { ...transaction, groupId: 'b' }];
  const answers: unknown[] = [];
  for (const id of ids) answers.push(await one.findGroupCoordinatorMetadata(id));
  expect(answers).toEqual([1, 2, 3, 4]);
});

it('any other release of kafkajs is not patched', () => expect(rememberCoordinators('2.2.5')).toBe(false));
