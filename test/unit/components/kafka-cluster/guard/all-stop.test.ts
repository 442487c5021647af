import { allStop } from '../../../../../src/components/kafka-cluster/guard/all-stop';
import type { StopStatus } from '../../../../../src/components/kafka-cluster/guard/peers';
import { guardedNode } from '../../../../support/guarded-node';

const combined = [0, 1, 2].map((id) => ({ ...guardedNode(id), isBroker: true, isController: true }));
const brokers = [0, 1, 2].map((id) => ({ ...guardedNode(id), isBroker: true }));
const controllers = [100, 101, 102].map((id) => ({ ...guardedNode(id), isController: true }));
const dedicated = [...controllers, ...brokers];

type Statuses = Readonly<Record<number, StopStatus>>;

/** @param statuses of the guards that answer, or answered not long ago */
const seenBy = (nodes: typeof dedicated, id: number, statuses: Statuses, silent: readonly number[] = []) => {
  const self = nodes.find((node) => node.id === id);
  if (self === undefined) throw new Error(`there is no node ${id}`);
  return allStop(nodes, self, {
    statuses: new Map(Object.entries(statuses).map(([other, status]) => [Number(other), status])),
    isAnswering: (other) => !silent.includes(other),
  });
};

describe('a whole cluster stops', () => {
  it('when every other node of both roles is asked, at the same moment', () => {
    expect(seenBy(combined, 0, { 1: 'waiting', 2: 'together' })).toEqual({
      isAsked: true,
      isNext: true,
      statuses: ['waiting', 'together'],
    });
    expect(seenBy(combined, 0, { 1: 'waiting', 2: 'none' }).isAsked).toBe(false);
  });

  it('for a broker when all brokers are asked: dedicated controllers go on', () => {
    const statuses: Statuses = { 1: 'waiting', 2: 'waiting', 100: 'none', 101: 'none', 102: 'none' };
    expect(seenBy(dedicated, 0, statuses)).toMatchObject({ isAsked: true, isNext: true });
    expect(seenBy(dedicated, 0, { ...statuses, 2: 'none' }).isAsked).toBe(false);
  });

  it('for a controller not while a broker goes on', () => {
    const statuses: Statuses = { 0: 'none', 1: 'leaving', 2: 'leaving', 101: 'waiting', 102: 'waiting' };
    expect(seenBy(dedicated, 100, statuses).isAsked).toBe(false);
    expect(seenBy(dedicated, 100, { 101: 'waiting', 102: 'waiting' }).isAsked).toBe(false);
  });

  it('for a controller after the brokers', () => {
    const statuses: Statuses = { 0: 'leaving', 1: 'leaving', 2: 'leaving', 101: 'together', 102: 'together' };
    expect(seenBy(dedicated, 100, statuses)).toMatchObject({ isAsked: true, isNext: false });
    expect(seenBy(dedicated, 100, statuses, [0, 1])).toMatchObject({ isAsked: true, isNext: false });
    expect(seenBy(dedicated, 100, statuses, [0, 1, 2])).toMatchObject({ isAsked: true, isNext: true });
  });

  it('for a controller whose brokers are long gone', () => {
    const gone: Statuses = { 0: 'none', 1: 'none', 2: 'none' };
    const others: Statuses = { ...gone, 101: 'waiting', 102: 'waiting' };
    expect(seenBy(dedicated, 100, others, [0, 1, 2])).toMatchObject({ isAsked: true, isNext: true });
    expect(seenBy(dedicated, 100, { ...others, 102: 'none' }, [0, 1, 2]).isAsked).toBe(false);
  });
});
