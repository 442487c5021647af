import { Formation } from '../../../../../src/components/kafka-cluster/guard/formation';
import { liveSettings } from '../../../../../src/components/kafka-cluster/guard/live-settings';
import {
  nodeWithId,
  type GuardFile,
  type GuardedNode,
} from '../../../../../src/components/kafka-cluster/guard/settings';
import { seconds } from '../../../../../src/validation/units';

const own = {
  kafkaPort: 9094,
  controllerPort: 9093,
  guardPort: 9190,
  isBroker: true,
  isController: false,
  logDirectory: '/data/log',
};

const broker = (id: number): GuardedNode => ({ ...own, id, host: `broker-${id}` });

const file: GuardFile = {
  clusterId: 'a',
  namespace: 'kafka',
  stopWaitMs: seconds(60),
  own,
  controllers: [{ ...broker(100), isBroker: false, isController: true }],
};

const idsOf = (nodes: readonly GuardedNode[]): readonly number[] => nodes.map(({ id }) => id);

describe('the nodes that a guard knows', () => {
  it('are the controllers of its file, and the brokers of this moment', () => {
    let brokers = [broker(0)];
    const settings = liveSettings(file, () => brokers);
    expect(idsOf(settings.nodes)).toEqual([100, 0]);
    brokers = [broker(0), broker(1)];
    expect(idsOf(settings.nodes)).toEqual([100, 0, 1]);
  });

  it('stay as they were while the file of the brokers cannot be read', () => {
    let isThere = true;
    const settings = liveSettings(file, () => {
      if (isThere) return [broker(0)];
      throw new Error('ENOENT');
    });
    expect(idsOf(settings.nodes)).toEqual([100, 0]);
    isThere = false;
    expect(idsOf(settings.nodes)).toEqual([100, 0]);
  });

  it('include its own, that the configuration has no more, as long as it runs', () => {
    const settings = liveSettings(file, () => [broker(0)]);
    expect(nodeWithId(settings, 4)).toEqual({ ...own, id: 4, host: '127.0.0.1' });
    expect(idsOf(settings.nodes)).toEqual([100, 0]);
  });
});

it('the disk of a node that the configuration does not have is not formatted', async () => {
  const decideFor = (nodeId: number) =>
    new Formation({
      settings: liveSettings(file, () => [broker(0)]),
      nodeId,
      call: () => Promise.reject(new Error('no answer')),
      hasLeader: () => Promise.resolve(true),
    }).decide();
  expect(await decideFor(4)).toEqual({ wait: 'node 4 is not part of brokers.nodePools' });
  expect(await decideFor(0)).toEqual({ format: 'join' });
});
