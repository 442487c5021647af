import type { Move } from '../../../src/components/kafka-cluster/reassignment/model';
import { brokersIn, withMoves, withoutMoves } from '../../../src/components/kafka-cluster/reassignment/throttle-lists';

const move = (partition: number, from: readonly number[], to: readonly number[]): Move => ({
  topic: 'orders',
  partition,
  from,
  to,
  bytes: 1,
});

const TO_3 = move(0, [0, 1, 2], [0, 1, 3]);
const REORDERED = move(7, [0, 1, 2], [2, 1, 0]);

describe('throttled replicas', () => {
  it('are those that are copied from, and those that are new', () => {
    expect(withMoves([], [TO_3])).toEqual([{ topic: 'orders', leader: '0:0,0:1,0:2', follower: '0:3' }]);
  });

  it('are added to those that stand, each once', () => {
    const standing = [{ topic: 'orders', leader: '0:1,5:9', follower: '5:8' }];
    expect(withMoves(standing, [TO_3])).toEqual([{ topic: 'orders', leader: '0:1,5:9,0:0,0:2', follower: '5:8,0:3' }]);
  });

  it('stay all where all are, and begin anew where none is', () => {
    const standing = [{ topic: 'orders', leader: '*', follower: 'none' }];
    expect(withMoves(standing, [TO_3])).toEqual([{ topic: 'orders', leader: '*', follower: '0:3' }]);
  });

  it('are not those of a partition whose replicas only change their order', () => {
    expect(withMoves([], [REORDERED])).toEqual([]);
    expect(brokersIn([REORDERED])).toEqual([]);
  });

  it('are removed move by move, and those of others stay', () => {
    const both = withMoves([], [TO_3, move(1, [1, 2, 0], [1, 2, 4])]);
    expect(withoutMoves(both, [TO_3])).toEqual([{ topic: 'orders', leader: '1:1,1:2,1:0', follower: '1:4' }]);
    expect(withoutMoves(withMoves([], [TO_3]), [TO_3])).toEqual([{ topic: 'orders', leader: '', follower: '' }]);
  });

  it('are on the brokers that take part', () => {
    expect(brokersIn([TO_3, move(1, [5, 4], [4, 2])])).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
